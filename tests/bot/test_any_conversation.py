"""Whatever people say and tap, in whatever order: what always holds (Hypothesis)."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.texts import placeholders
from storage.authority import Operator
from storage.import_records import HouseholdRecord
from storage.outbox import OutboxRow
from tests.fakes.chats import Chat, World
from tests.fakes.people import person
from tests.fakes.records import Records
from tests.fakes.talks import open_question

MOST_REPLIES = 6
FAMILY = ["Diane Tremblay", "Hugo Tremblay", "Léa Tremblay-Roy"]
TEXTS = [
    "add a person",
    "ajoute ma fille",
    "who is on my account?",
    "qui est à mon compte?",
    "how many users can I have?",
    "C'est quoi un utilisateur secondaire?",
    "diane",
    "hugo",
    "Zoé Lavoie",
    "Zoé",
    "zoe@example.com",
    "zoe@",
    "English",
    "français",
    "the bills",
    "la télé",
    "yes",
    "oui",
    "no",
    "non, le courriel est lavoie@exemple.ca",
    "back",
    "annuler",
    "help",
    "repeat",
    "répète",
    "skip",
    "start over",
    "un agent",
    "sign me out",
    "unlock my son's account",
    "1",
    "3",
    "1234",
    "5678",
    "1111 1111",
    "hello",
    "merci",
    "xyzzy",
    "😀",
    "",
]
TYPED = st.sampled_from(TEXTS).map(lambda text: ("say", text))
TAPPED = st.integers(0, 8).map(lambda index: ("tap", index))
THE_CODE = st.just(("code", None))
PAUSED = st.sampled_from([1, 6, 16]).map(lambda minutes: ("wait", minutes))
LUCKY = st.just(("go on", None))
BEGINNINGS = st.lists(LUCKY, max_size=8)
"""Good answers: up to any question, the card or beyond."""
STEPS = st.lists(st.one_of(TYPED, TAPPED, THE_CODE, LUCKY, LUCKY, PAUSED), min_size=12, max_size=12)
GOOD = {
    "new_first_name": "Zoé Lavoie",
    "new_last_name": "Lavoie",
    "new_email": "zoe@example.com",
    "new_language": "2",
    "new_services": "2",
    "create_confirmation": "yes",
}
accounts = count(1)


@pytest.fixture
def house(world: World) -> Callable[[], World]:
    """The world, behind a call: Hypothesis would print all of it."""
    return lambda: world


@given(steps=st.builds(list.__add__, BEGINNINGS, STEPS))
@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_message_is_answered_and_nothing_changes_without_a_yes(
    house: Callable[[], World], steps: list[tuple[str, object]]
) -> None:
    world = house()
    records = Records(world)
    account = new_household(world)
    chat = world.chat(account)
    for step in steps:
        names, question, card = records.names(account), open_card(chat), newest_card(chat)
        if not take(chat, step):
            continue
        assert 1 <= len(chat.replies) <= MOST_REPLIES, [one.template for one in chat.replies]
        assert len({one.language for one in chat.replies}) == 1
        for reply in chat.replies:
            assert speaks(world, reply, reply.language), (reply.language, reply.text)
        if records.names(account) != names:
            assert question in {"create_confirmation", "one_time_code"}
            assert records.names(account)[-1] in card
    assert records.audit_is_whole(account)
    assert records.names() == FAMILY


def new_household(world: World) -> str:
    """A household of its own for each example; its number is its holder's user name too."""
    account = f"rosa{next(accounts)}"
    holder = replace(person("holder", "Rosa Diaz"), username=account)
    with world.app.database.write() as uow:
        uow.importing.apply(Operator("tests"), [HouseholdRecord(account, "en", (holder,))])
    return account


def take(chat: Chat, step: tuple[str, object]) -> bool:
    """Do the step; false when it is not a message."""
    kind, what = step
    world = chat.world
    if kind == "go on":
        kind, what = good(chat)
    if kind == "wait":
        world.clock.advance(minutes=float(str(what)))
        return False
    if kind == "code":
        world.collect_mails()
        codes = [one.secrets["code"] for one in world.mailbox if one.template == "one_time_code"]
        kind, what = "say", codes[-1] if codes else "00000000"
    if kind == "tap":
        buttons = [one for reply in chat.replies for one in reply.buttons]
        if not buttons:
            return False
        chat.post(buttons[int(str(what)) % len(buttons)]["payload"])
    else:
        chat.say(str(what))
    return True


def good(chat: Chat) -> tuple[str, object]:
    """What takes the conversation on from where it is."""
    question = open_card(chat) or ""
    if question == "one_time_code":
        return "code", None
    return "say", chat.name if question == "username" else GOOD.get(question, "add a person")


def open_card(chat: Chat) -> str | None:
    with chat.world.app.database.read() as uow:
        known = uow.conversations.find("rest", "rest", chat.name)
    return open_question(chat) if known and known.state else None


def newest_card(chat: Chat) -> str:
    """The text of the last card that this chat was shown."""
    cards = Records(chat.world).rows(
        "SELECT o.text FROM outbox o JOIN conversation c ON c.id = o.conversation_id"
        f" WHERE c.chat_id = '{chat.name}' AND o.template = 'utter_ask_create_confirmation'"
        " ORDER BY o.id DESC LIMIT 1"
    )
    return str(cards[0][0]) if cards else ""


def speaks(world: World, reply: OutboxRow, language: str) -> bool:
    """Whether the reply is one of the wordings that its response has in that language."""
    variations = world.app.domain.responses[reply.template]
    return any(
        re.fullmatch(pattern(one.texts[language]), reply.text or "", re.DOTALL)
        for one in variations
    )


def pattern(template: str) -> str:
    for name in placeholders(template):
        template = template.replace(f"{{{name}}}", "\0")
    return ".*".join(map(re.escape, template.split("\0")))
