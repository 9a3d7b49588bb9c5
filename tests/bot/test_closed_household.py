"""A household that was closed, met in a chat and at the command line: nobody of it is anybody."""

import pytest

from bot.app import App
from storage.households.actors import Operator as Actor
from tests.bot.test_a_yes_belongs_to_its_session import CARDS, YESES, to_card
from tests.fakes.chats import Chat, World
from tests.fakes.operators import Operator
from tests.fakes.records import DIANE, Records
from tests.fakes.talks import button, open_question
from tests.fakes.ways import VERIFYING, asks


def close(world: World) -> None:
    with world.app.database.write() as uow:
        uow.closing.close(Actor("foyer close"), DIANE)


def changes(records: Records) -> list[tuple[object, ...]]:
    return records.rows("SELECT id FROM audit WHERE action NOT IN ('verified', 'close')")


def nobody_gets_in(chat: Chat, username: str) -> None:
    """The user name is taken as any other is, and no code comes."""
    mailed = len(chat.world.mailbox) + len(chat.world.collect_mails())
    chat.say(username)
    assert open_question(chat) == "one_time_code"
    chat.world.collect_mails()
    assert len(chat.world.mailbox) == mailed


@pytest.mark.parametrize("slot", CARDS)
@pytest.mark.parametrize("how", ["tapped", "typed"])
def test_a_yes_to_any_card_does_nothing_any_more(
    world: World, records: Records, slot: str, how: str
) -> None:
    chat = to_card(world, slot)
    yes, before = button(chat, "Yes"), changes(records)
    close(world)
    YESES[how](chat, yes)
    assert open_question(chat) == "username"
    nobody_gets_in(chat, CARDS[slot].username)
    assert changes(records) == before


def test_every_task_asks_a_verified_chat_who_it_is_again(product: App, world: World) -> None:
    domain = product.domain
    chat = world.chat()
    chat.say("who is on my account?")
    chat.sign_in("diane")
    close(world)
    private = [name for name, flow in domain.triggers.items() if VERIFYING & asks(domain, flow)]
    asked = [asked_first(chat, intent) for intent in private]
    assert set(asked) <= {"username", "sign_in_number", None}  # None: told what else is needed
    assert asked.count("username") > 10


def asked_first(chat: Chat, intent: str) -> str | None:
    """What a task asks, having named nobody."""
    chat.say("/restart")
    chat.say(f"/{intent}")
    assert "Tremblay" not in "".join(reply.text or "" for reply in chat.replies)
    return open_question(chat)


def test_a_chat_is_told_once_without_a_name_and_goes_on_as_a_strangers(world: World) -> None:
    chat = world.chat()
    chat.say("who is on my account?")
    chat.sign_in("diane")
    close(world)
    said = chat.say("hello")
    assert chat.templates() == ["utter_household_closed", "utter_greet"]
    assert "Diane" not in said[0]
    chat.say("How many people can I have?")
    assert "utter_household_closed" not in chat.templates()


def test_an_operator_closes_and_reopens(world: World, records: Records, operator: Operator) -> None:
    asked = operator.foyer("close", DIANE, typed="n\n")
    assert asked.exit_code == 1
    assert "of its 3 people" in asked.output
    assert len(records.names()) == 3
    closed = operator.foyer("close", DIANE, "--yes")
    assert (closed.exit_code, closed.output[:31]) == (0, "Closed, and 3 people are told. ")
    assert records.names() == []
    opened = operator.foyer("reopen", DIANE)
    assert (opened.exit_code, opened.output[:26]) == (0, "Open again, with 3 people.")
    assert records.audit_is_whole()
    assert len(records.names()) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("close", "1", "--yes"), "No household has that account number."),
        (("reopen", "1"), "No household has that account number."),
        (("reopen", DIANE), "That household is not closed."),
    ],
)
def test_what_cannot_be_done_is_said(
    world: World, operator: Operator, words: tuple[str, ...], said: str
) -> None:
    result = operator.foyer(*words)
    assert (result.exit_code, result.output.strip()) == (1, said)


def test_it_is_closed_once_and_after_thirty_days_there_is_nobody_to_bring_back(
    world: World, operator: Operator
) -> None:
    close(world)
    again = operator.foyer("close", DIANE, "--yes")
    assert (again.exit_code, again.output.strip()) == (1, "That household is closed already.")
    world.clock.advance(days=30)
    with world.app.database.write() as uow:
        uow.sweeping.sweep_records()
    late = operator.foyer("reopen", DIANE)
    assert late.exit_code == 1
    assert "Its people are erased" in late.output
