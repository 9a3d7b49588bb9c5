"""A yes counts only in the live session that carries it out, in every task, tapped or typed."""

import itertools
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import App
from bot.dialogue.flows.domain import Collect
from bot.dialogue.message import Message
from storage.keys import Keys
from tests.fakes.chats import Chat, World
from tests.fakes.clock import ManualClock
from tests.fakes.records import Records
from tests.fakes.scale import examples
from tests.fakes.talks import button, open_question
from tests.fakes.worlds import world_of

ADD_ZOE = "Add Zoé Roy, zoe@example.com, in English, she only needs to see the bills"


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody gets to a card, by words alone; `before`: what was done here already."""

    username: str
    words: str
    before: tuple[str, ...] = ()
    asked_by: str | None = None
    """Who asks for access first, in a chat of their own."""


HOLDER = "diane"
CARDS = {
    "create_confirmation": Way(HOLDER, ADD_ZOE),
    "rights_confirmation": Way(HOLDER, "give Hugo TV"),
    "edit_confirmation": Way(HOLDER, "rename Hugo to Alex Roy"),
    "reset_confirmation": Way(HOLDER, "reset the password of Hugo"),
    "unlock_confirmation": Way(HOLDER, "unlock Léa"),
    "suspend_confirmation": Way(HOLDER, "suspend Hugo"),
    "resume_confirmation": Way(HOLDER, "let Hugo back in", ("suspend Hugo",)),
    "delete_confirmation": Way(HOLDER, "remove Hugo"),
    "undo_confirmation": Way(HOLDER, "undo that", ("take the bills away from Hugo",)),
    "invitation_confirmation": Way(HOLDER, "resend the invitation to Zoé", (ADD_ZOE,)),
    "approval_confirmation": Way(HOLDER, "approve the request", asked_by="hugo"),
    "declining_confirmation": Way(HOLDER, "decline the request", asked_by="hugo"),
    "request_confirmation": Way("hugo", "I want access to the internet usage"),
    "withdrawal_confirmation": Way(
        "hugo", "withdraw my request", ("I want access to the internet usage",)
    ),
    "note_confirmation": Way(
        "hugo", "tell her it is for school", ("I want access to the internet usage",)
    ),
    "reminder_confirmation": Way(
        "hugo", "remind the holder of my request", ("I want access to the internet usage",)
    ),
    "leave_confirmation": Way("hugo", "I want to leave this account"),
}


def end_session(chat: Chat) -> None:
    with chat.world.app.database.write() as uow:
        uow.sessions.end(chat.row.id)


LAPSES: Mapping[str, Callable[[Chat], object]] = {
    "idle": lambda chat: chat.world.clock.advance(minutes=6),
    "as long as it may last": lambda chat: chat.world.clock.advance(minutes=16),
    "days ago": lambda chat: chat.world.clock.advance(days=3),
    "ended elsewhere": end_session,
}
TOO_LATE = ("undo_confirmation", "days ago")
IN_TIME = [pair for pair in itertools.product(CARDS, LAPSES) if pair != TOO_LATE]
"""An undo is offered for a day."""
YESES: Mapping[str, Callable[[Chat, str], object]] = {
    "tapped": lambda chat, yes: chat.post(yes),
    "typed": lambda chat, _: chat.say("yes"),
    "typed warmly": lambda chat, _: chat.say("Yes please, go ahead"),
    "its number": lambda chat, _: chat.say("1"),
    "in French": lambda chat, _: chat.say("oui"),
}


@contextmanager
def home_of(app: App, template: Path, keys: Keys) -> Iterator[World]:
    """A home of its own for every example."""
    with TemporaryDirectory() as folder:
        file = Path(shutil.copy(template, folder))
        with world_of(app, f"sqlite:///{file}", ManualClock(), keys) as world:
            yield world


def to_card(world: World, slot: str) -> Chat:
    """Get to the card of a slot, with a live session."""
    way = CARDS[slot]
    if way.asked_by is not None:
        other = world.chat("other", way.asked_by)
        carry_out(other, "I want access to the internet usage", way.asked_by)
    chat = world.chat("here", way.username)
    for words in way.before:
        carry_out(chat, words, way.username)
    say_and_prove(chat, way.words, way.username)
    assert open_question(chat) == slot, chat.templates()
    return chat


def carry_out(chat: Chat, words: str, username: str) -> None:
    say_and_prove(chat, words, username)
    chat.tap("Yes")


def say_and_prove(chat: Chat, words: str, username: str) -> None:
    chat.say(words)
    if open_question(chat) == "username":
        chat.sign_in(username)
    if open_question(chat) == "reset_user":
        chat.tap("Hugo")


def everything(world: World) -> Any:
    """All that a change of a household could leave behind."""
    records = Records(world)
    done = "SELECT count(*) FROM audit WHERE outcome = 'done' AND action NOT IN ('verified')"
    asked = "SELECT id, status, decided_at FROM access_request ORDER BY id"
    return records.household(), records.rows(done), records.rows(asked)


def test_every_card_of_every_task_is_attacked_here(product: App) -> None:
    cards = {
        step.slot
        for flow in product.domain.flows.values()
        if not flow.is_pattern
        for step in flow.steps.values()
        if isinstance(step, Collect) and step.ask_before_filling
    }
    assert cards == CARDS.keys()


@pytest.mark.parametrize(
    ("slot", "lapse"),
    [
        pair
        for pair in itertools.product(CARDS, LAPSES)
        if pair != ("undo_confirmation", "days ago")
    ],
)
@pytest.mark.parametrize("how", ["tapped", "typed"])
def test_a_yes_without_a_session_is_asked_for_again_after_the_proof(
    world: World, slot: str, lapse: str, how: str
) -> None:
    chat = to_card(world, slot)
    yes, before = button(chat, "Yes"), everything(world)
    LAPSES[lapse](chat)
    YESES[how](chat, yes)
    assert open_question(chat) == "username"
    chat.sign_in(CARDS[slot].username)
    assert open_question(chat) == slot
    assert everything(world) == before
    chat.tap("Yes")
    assert everything(world) != before


@pytest.mark.parametrize("slot", CARDS)
def test_a_yes_that_came_before_the_proof_was_judged_counts_for_nothing(
    world: World, slot: str
) -> None:
    """A burst: the code, and the yes to the old card, sent before either was looked at."""
    chat = to_card(world, slot)
    yes, before = button(chat, "Yes"), everything(world)
    world.clock.advance(minutes=6)
    chat.post(yes)
    chat.say(CARDS[slot].username)
    chat.receive_text(world.code())
    chat.receive(Message("", button=yes))
    chat.receive_text("yes")
    world.clock.advance(seconds=1)
    chat.work_off()
    assert open_question(chat) == slot
    assert everything(world) == before


said_before_the_proof = st.lists(
    st.sampled_from([*YESES, "what is a secondary user?", "help", "repeat", "back", "Hugo"]),
    min_size=1,
    max_size=5,
)


@pytest.mark.soak
@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    slot=st.sampled_from(sorted(CARDS)),
    lapse=st.sampled_from(sorted(LAPSES)),
    words=said_before_the_proof,
)
def test_nothing_that_was_said_before_the_session_changes_a_household(  # noqa: PLR0917
    product: App,
    home_template: Path,
    keys: Keys,
    slot: str,
    lapse: str,
    words: list[str],
) -> None:
    with home_of(product, home_template, keys) as world:
        chat = to_card(world, slot)
        yes, before = button(chat, "Yes"), everything(world)
        LAPSES[lapse](chat)
        for said in words:
            if said in YESES:
                YESES[said](chat, yes)
            else:
                chat.say(said)
            assert everything(world) == before
        if open_question(chat) != "username":
            chat.say("/restart")
            chat.say("sign me in")
        chat.sign_in(CARDS[slot].username)
        assert everything(world) == before
