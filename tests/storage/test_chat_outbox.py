"""Chat messages on their way out: in order in each chat, claimed once, never lost."""

from datetime import datetime, timedelta

import pytest

from storage.database import Database
from tests.fakes.clock import ManualClock

BOT = "5550001"


@pytest.fixture
def chat(database: Database) -> int:
    return conversation(database, "42")


def conversation(database: Database, chat_id: str) -> int:
    with database.write() as uow:
        return uow.conversations.locked("telegram", BOT, chat_id).id


def say(database: Database, conversation_id: int, text: str, question: str | None = None) -> int:
    with database.write() as uow:
        return uow.outbox.reply(
            conversation_id=conversation_id,
            inbox_id=None,
            channel="telegram",
            template="utter_greet",
            text=text,
            language="en",
            parameters={},
            buttons=[{"title": "Yes", "payload": "bA"}],
            question=question,
            protected=True,
            sent=False,
        )


def take(database: Database, conversation_id: int) -> str | None:
    with database.write() as uow:
        row = uow.chat_outbox.take(conversation_id)
    return row.text if row else None


def due(database: Database, bot_id: str = BOT) -> list[int]:
    with database.read() as uow:
        return uow.chat_outbox.due("telegram", bot_id)


def test_a_message_is_claimed_with_all_that_it_needs(database: Database, chat: int) -> None:
    say(database, chat, "hello")
    with database.write() as uow:
        row = uow.chat_outbox.take(chat)
    assert row is not None
    assert (row.chat_id, row.text, row.protected) == ("42", "hello", True)
    assert row.buttons == [{"title": "Yes", "payload": "bA"}]


def test_a_younger_message_waits_for_the_one_before_it(database: Database, chat: int) -> None:
    say(database, chat, "one")
    say(database, chat, "two")
    with database.write() as uow:
        first = uow.chat_outbox.take(chat)
    assert first is not None
    assert first.text == "one"
    assert take(database, chat) is None
    with database.write() as uow:
        uow.chat_outbox.sent(first)
    assert take(database, chat) == "two"


def test_when_nobody_is_there_any_more_nothing_waits_for_that_chat_alone(
    database: Database, chat: int
) -> None:
    other = conversation(database, "43")
    for number in (chat, chat, other):
        say(database, number, "hello")
    with database.write() as uow:
        uow.chat_outbox.kill_chat(chat, "Forbidden: bot was blocked by the user")
    assert take(database, chat) is None
    assert take(database, other) == "hello"


def test_each_bot_has_its_own_messages(database: Database, chat: int) -> None:
    say(database, chat, "hello")
    assert due(database) == [chat]
    assert due(database, "another bot") == []


def test_mails_are_none_of_its_business(database: Database, chat: int) -> None:
    with database.write() as uow:
        uow.outbox.mail("activation", to="a@example.com", language="en", parameters={})
    assert due(database) == []


def test_a_message_to_be_deleted_names_it(database: Database, chat: int) -> None:
    with database.write() as uow:
        inbox_id, _ = uow.inbox.put("telegram", BOT, "42", "1", "42", {"text": ""})
        uow.outbox.remove(
            conversation_id=chat, inbox_id=inbox_id, channel="telegram", message_id="77"
        )
        row = uow.chat_outbox.take(chat)
    assert row is not None
    assert (row.removes, row.text) == ("77", None)


def test_a_card_has_left_as_soon_as_it_is_being_sent(
    database: Database, clock: ManualClock, chat: int
) -> None:
    say(database, chat, "Shall I go ahead?", question="q1")
    assert left_at(database, chat) is None
    began = clock()
    with database.write() as uow:
        row = uow.chat_outbox.take(chat)
    assert row is not None
    clock.advance(seconds=3)
    assert left_at(database, chat) == began
    with database.write() as uow:
        uow.chat_outbox.sent(row)
    assert left_at(database, chat) == began
    assert left_at(database, chat, "another question") is None


def test_a_card_that_was_refused_for_now_has_not_left(database: Database, chat: int) -> None:
    say(database, chat, "Shall I go ahead?", question="q1")
    with database.write() as uow:
        row = uow.chat_outbox.take(chat)
        assert row is not None
        uow.chat_outbox.postpone(row, "429")
    assert left_at(database, chat) is None


def left_at(database: Database, conversation_id: int, question: str = "q1") -> datetime | None:
    with database.read() as uow:
        return uow.outbox.left_at(conversation_id, question)


def flood(database: Database, conversation_id: int, seconds: float) -> None:
    with database.write() as uow:
        uow.chat_outbox.flooded(conversation_id, timedelta(seconds=seconds))


def test_one_chat_that_is_flooded_holds_up_no_other_and_a_second_one_all_of_the_bot(
    database: Database, clock: ManualClock, chat: int
) -> None:
    second, third = conversation(database, "43"), conversation(database, "44")
    flood(database, chat, 30)
    say(database, third, "hello")
    assert take(database, third) == "hello"
    flood(database, second, 20)
    fourth = conversation(database, "45")
    say(database, fourth, "hello")
    with database.write() as uow:
        assert uow.chat_outbox.due_in(fourth) == timedelta(seconds=30)
    assert take(database, fourth) is None
    clock.advance(seconds=21)
    assert take(database, fourth) == "hello"


def test_what_floods_one_bot_is_nothing_to_another(database: Database, chat: int) -> None:
    for number in (chat, conversation(database, "43")):
        flood(database, number, 30)
    with database.write() as uow:
        elsewhere = uow.conversations.locked("telegram", "another bot", "42").id
    say(database, elsewhere, "hello")
    assert take(database, elsewhere) == "hello"
