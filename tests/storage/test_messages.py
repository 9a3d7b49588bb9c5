"""Conversations, inbox and outbox."""

from datetime import timedelta

import pytest

from storage.database import Database
from tests.fakes.clock import ManualClock
from tests.fakes.households import start_chat
from tests.fakes.threads import in_parallel

CHAT = ("rest", "bot", "s1")


def test_twenty_parallel_copies_of_an_update_are_stored_once(database: Database) -> None:
    def put(number: int) -> tuple[int, bool]:
        with database.write() as uow:
            return uow.inbox.put(*CHAT, "update-1", "p", {"text": f"copy {number}"})

    results = in_parallel(20, put)
    assert len({inbox_id for inbox_id, _ in results}) == 1
    assert [is_new for _, is_new in results].count(True) == 1


def test_one_conversation_is_made_by_parallel_first_messages(database: Database) -> None:
    def lock(_: int) -> int:
        with database.write() as uow:
            return uow.conversations.locked(*CHAT).id

    assert len(set(in_parallel(10, lock))) == 1


def test_messages_of_a_chat_come_in_the_order_received(database: Database) -> None:
    with database.write() as uow:
        first, _ = uow.inbox.put(*CHAT, "1", "p", {"text": "a"})
        second, _ = uow.inbox.put(*CHAT, "2", "p", {"text": "b"})
        uow.inbox.put("rest", "bot", "other", "1", "p", {"text": "c"})
        following = uow.inbox.next(*CHAT)
        assert following is not None
        assert following.id == first
        uow.inbox.finish(first)
        following = uow.inbox.next(*CHAT)
        assert following is not None
        assert following.id == second
        assert sorted(uow.inbox.waiting()) == [("rest", "bot", "other"), CHAT]


def test_a_finished_message_keeps_no_text(database: Database) -> None:
    with database.write() as uow:
        inbox_id, _ = uow.inbox.put(*CHAT, "1", "p", {"text": "private"})
        uow.inbox.finish(inbox_id)
    with database.read() as uow:
        row = uow.inbox.get(inbox_id)
    assert row is not None
    assert row.body is None
    assert row.done_at is not None


def test_a_parked_message_lets_the_next_one_through(database: Database) -> None:
    with database.write() as uow:
        poison, _ = uow.inbox.put(*CHAT, "1", "p", {"text": "a"})
        after, _ = uow.inbox.put(*CHAT, "2", "p", {"text": "b"})
        assert [uow.inbox.fail(poison, "boom") for _ in range(3)] == [1, 2, 3]
        uow.inbox.park(poison, "boom")
        following = uow.inbox.next(*CHAT)
        parked = uow.inbox.get(poison)
    assert following is not None
    assert following.id == after
    assert parked is not None
    assert (parked.error, parked.body) == ("boom", {"text": "a"})


@pytest.mark.parametrize(
    "text", ["nul \0 here", "lone \ud800 surrogate", "👪🏽", "'; DROP TABLE x;--"]
)
def test_any_text_of_a_person_can_be_stored(database: Database, text: str) -> None:
    with database.write() as uow:
        inbox_id, _ = uow.inbox.put("rest", "bot", text, text, text, {"text": text})
        again, is_new = uow.inbox.put("rest", "bot", text, text, text, {"text": text})
        uow.inbox.fail(inbox_id, text)
        row = uow.inbox.get(inbox_id)
    assert (again, is_new) == (inbox_id, False)
    assert row is not None
    assert row.body == {"text": text}


def test_an_exception_leaves_nothing_behind(database: Database) -> None:
    class BoomError(Exception): ...

    def turn() -> None:
        with database.write() as uow:
            conversation = uow.conversations.locked(*CHAT)
            uow.conversations.append(conversation.id, [{"event": "user"}])
            uow.inbox.put(*CHAT, "1", "p", {})
            raise BoomError

    with pytest.raises(BoomError):
        turn()
    with database.read() as uow:
        assert uow.conversations.find(*CHAT) is None
        assert uow.inbox.waiting() == []


def test_what_is_written_while_reading_is_never_kept(database: Database) -> None:
    with database.read() as uow:
        uow.inbox.put(*CHAT, "1", "p", {})
    with database.read() as uow:
        assert uow.inbox.find(*CHAT, "1") is None


def test_a_conversation_comes_back_as_it_was_saved(database: Database) -> None:
    with database.write() as uow:
        made = uow.conversations.locked(*CHAT)
        state = {"slots": {"new_email": "é@example.com"}, "stack": []}
        uow.conversations.save(made.id, language="fr", awaits_code=True, state=state)
    with database.read() as uow:
        found = uow.conversations.find(*CHAT)
    assert found is not None
    assert (found.language, found.owner, found.awaits_code) == ("fr", "bot", True)
    assert found.state == state
    assert (made.language, made.owner, made.awaits_code, made.state) == (None, "bot", False, {})


def test_the_newest_events_come_oldest_first(database: Database) -> None:
    conversation_id = start_chat(database)
    with database.write() as uow:
        uow.conversations.append(conversation_id, [{"n": 1}, {"n": 2}])
        uow.conversations.append(conversation_id, [])
        uow.conversations.append(conversation_id, [{"n": 3}])
        assert uow.conversations.events(conversation_id, limit=2) == [{"n": 2}, {"n": 3}]


def say(database: Database, conversation_id: int, inbox_id: int | None, text: str) -> int:
    with database.write() as uow:
        return uow.outbox.reply(
            conversation_id=conversation_id,
            inbox_id=inbox_id,
            channel="rest",
            template="utter_ask_confirmation",
            text=text,
            language="fr",
            parameters={"first_name": "Zoé"},
            buttons=[{"title": "Oui", "payload": "x"}],
            question="q1",
            sent=inbox_id is not None,
        )


def test_what_was_said_outside_a_turn_comes_first_in_the_next_answer(database: Database) -> None:
    conversation_id = start_chat(database)
    say(database, conversation_id, None, "from an agent")
    with database.write() as uow:
        inbox_id, _ = uow.inbox.put(*CHAT, "1", "p", {})
        uow.outbox.adopt(conversation_id, inbox_id)
    say(database, conversation_id, inbox_id, "the answer")
    with database.read() as uow:
        replies = uow.outbox.replies(inbox_id)
    assert [row.text for row in replies] == ["from an agent", "the answer"]
    assert all(row.sent_at for row in replies)
    assert replies[1].buttons == [{"title": "Oui", "payload": "x"}]


def queue_mail(database: Database) -> int:
    with database.write() as uow:
        return uow.outbox.mail(
            "one_time_code", to="a@example.com", language="en", parameters={"minutes": 10},
            secrets={"code": "12345678"},
        )  # fmt: skip


def test_health_sees_how_long_the_oldest_mail_waits(database: Database, clock: ManualClock) -> None:
    queue_mail(database)
    queued = clock()
    clock.advance(minutes=5)
    with database.read() as uow:
        counts = uow.outbox.counts()
    assert counts.waiting == 1
    assert counts.oldest_waiting is not None
    assert clock() - counts.oldest_waiting == timedelta(minutes=5)
    assert counts.oldest_waiting == queued
