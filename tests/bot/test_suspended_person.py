"""Somebody whom the holder suspends, met in a chat: no card, no task and no proof lets them in."""

import pytest

from bot.app import App
from storage.households.actors import Holder
from tests.bot.test_a_yes_belongs_to_its_session import CARDS, YESES, to_card
from tests.fakes.chats import Chat, World
from tests.fakes.records import Records
from tests.fakes.talks import button, open_question
from tests.fakes.ways import VERIFYING, asks

OF_HUGO = [slot for slot, way in CARDS.items() if way.username == "hugo"]


def by_holder(world: World, change: str) -> None:
    """Diane does it, in a chat of her own."""
    chat = world.chat("Diane's own")
    chat.say("who is on my account?")
    chat.sign_in("diane")
    with world.app.database.write() as uow:
        session = uow.sessions.live(chat.row.id, chat.person, touch=False)
        assert session is not None
        actor = Holder(session.id, session.conversation_id, session.person_id)
        people = uow.households.of(session.household_id).members
        hugo = next(person for person in people if person.username == "hugo")
        getattr(uow.changes, change)(actor, hugo.id)


def suspend(world: World) -> None:
    by_holder(world, "suspend")


def changes(records: Records) -> list[tuple[object, ...]]:
    return records.rows("SELECT id FROM audit WHERE action NOT IN ('verified', 'suspend')")


def signed_in(world: World) -> Chat:
    chat = world.chat()
    chat.say("what can I use?")
    chat.sign_in("hugo")
    return chat


@pytest.mark.parametrize("slot", OF_HUGO)
@pytest.mark.parametrize("how", ["tapped", "typed"])
def test_a_yes_to_any_card_of_theirs_does_nothing_any_more(
    world: World, records: Records, slot: str, how: str
) -> None:
    chat = to_card(world, slot)
    yes, before = button(chat, "Yes"), changes(records)
    suspend(world)
    YESES[how](chat, yes)
    assert open_question(chat) == "username"
    assert changes(records) == before


def test_every_task_asks_them_who_they_are_and_tells_them_nothing(
    product: App, world: World
) -> None:
    domain = product.domain
    chat = signed_in(world)
    suspend(world)
    private = [name for name, flow in domain.triggers.items() if VERIFYING & asks(domain, flow)]
    for intent in private:
        chat.say("/restart")
        chat.say(f"/{intent}")
        assert open_question(chat) in {"username", "sign_in_number", None}, intent
        assert "Tremblay" not in "".join(reply.text or "" for reply in chat.replies)


def test_a_right_code_begins_nothing_and_says_whom_to_ask(world: World) -> None:
    suspend(world)
    chat = world.chat()
    for _ in range(2):
        chat.say("what can I use?")
        chat.say("hugo")
        chat.say(world.code())
        assert chat.templates() == ["utter_suspended_self"]
        assert open_question(chat) is None
    chat.say("How many people can I have?")
    assert "utter_suspended_self" not in chat.templates()


def test_until_the_code_is_right_nothing_tells_them_from_anybody_else(world: World) -> None:
    suspend(world)
    answers = []
    for username in ("hugo", "lea", "nobody-at-all"):
        chat = world.chat(f"asks as {username}")
        chat.say("what can I use?")
        chat.say(username)
        chat.say("1234 5678")
        answers.append([reply.text for reply in chat.replies])
    assert answers[0] == answers[1] == answers[2]


def test_once_let_back_in_they_go_on_as_before_after_a_proof(world: World) -> None:
    chat = signed_in(world)
    suspend(world)
    by_holder(world, "resume")
    chat.say("what can I use?")
    assert open_question(chat) == "username"
    chat.sign_in("hugo")
    assert "utter_my_access" in chat.templates()
