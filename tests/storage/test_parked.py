"""What failed, and what an operator decides about it."""

from storage.database import Database
from storage.messages.inbox import InboxRow
from tests.fakes.clock import ManualClock
from tests.fakes.households import make_household, start_chat

CHAT = ("telegram", "bot", "4711")


def park(database: Database, update_id: str = "1") -> int:
    with database.write() as uow:
        inbox_id, _ = uow.inbox.put(*CHAT, update_id, "p", {"text": "private"})
        for _ in range(3):
            uow.inbox.fail(inbox_id, "boom")
        uow.inbox.park(inbox_id, "boom")
    return inbox_id


def look_up(database: Database, inbox_id: int) -> InboxRow:
    with database.read() as uow:
        row = uow.inbox.get(inbox_id)
    assert row is not None
    return row


def kill_mail(database: Database) -> int:
    with database.write() as uow:
        mail = uow.outbox.mail(
            "one_time_code", to="a@example.com", language="en", parameters={"minutes": 10},
            secrets={"code": "12345678"},
        )  # fmt: skip
        [due] = uow.outbox.due_mails(1)
        assert uow.outbox.claim(due)
        uow.outbox.kill(due, "550 no such user")
    return mail


def test_only_parked_messages_are_listed_oldest_first(database: Database) -> None:
    parked = [park(database, "1"), park(database, "2")]
    with database.write() as uow:
        uow.inbox.put(*CHAT, "3", "p", {"text": "waits"})
        assert [row.id for row in uow.inbox.parked()] == parked


def test_a_retried_message_comes_before_younger_ones_and_starts_from_nothing(
    database: Database,
) -> None:
    parked = park(database)
    with database.write() as uow:
        uow.inbox.put(*CHAT, "2", "p", {"text": "younger"})
        assert uow.inbox.retry(parked)
        following = uow.inbox.next(*CHAT)
        assert uow.inbox.parked() == []
    assert following is not None
    assert (following.id, following.attempts, following.parked_at) == (parked, 0, None)
    assert following.body == {"text": "private"}


def test_a_dropped_message_is_done_keeps_its_error_and_loses_its_text(
    database: Database, clock: ManualClock
) -> None:
    parked = park(database)
    with database.write() as uow:
        assert uow.inbox.drop(parked)
        assert uow.inbox.parked() == []
        assert uow.inbox.next(*CHAT) is None
    row = look_up(database, parked)
    assert (row.body, row.error, row.done_at) == (None, "boom", clock())


def test_nothing_is_decided_twice_nor_about_a_message_that_is_not_parked(
    database: Database,
) -> None:
    parked = park(database)
    with database.write() as uow:
        waiting, _ = uow.inbox.put(*CHAT, "2", "p", {"text": "waits"})
        assert uow.inbox.drop(parked)
        assert not uow.inbox.retry(parked)
        assert not uow.inbox.drop(parked)
        assert not uow.inbox.drop(waiting)
        assert not uow.inbox.retry(12345)
    assert look_up(database, waiting).body == {"text": "waits"}


def test_a_dead_mail_is_listed_with_its_error_and_without_its_secret(
    database: Database, clock: ManualClock
) -> None:
    mail = kill_mail(database)
    with database.read() as uow:
        [row] = uow.outbox.dead()
    assert (row.id, row.template, row.error) == (mail, "one_time_code", "550 no such user")
    assert (row.attempts, row.dead_at) == (1, clock())
    assert "12345678" not in repr(row)


def test_a_dead_reply_is_listed_with_its_chat(database: Database) -> None:
    household = make_household(database)
    conversation_id = start_chat(database, "4711")
    with database.write() as uow:
        reply = uow.outbox.reply(
            conversation_id=conversation_id, inbox_id=None, channel="terminal",
            template="utter_greet", text="Hello", language="en", parameters={}, buttons=[],
            sent=False,
        )  # fmt: skip
        uow.chat_outbox.kill_chat(conversation_id, "blocked")
        uow.outbox.mail(
            "unlocked", to="b@example.com", language="fr", parameters={},
            member_id=household.members[0].id,
        )  # fmt: skip
        [row] = uow.outbox.dead()
    assert (row.id, row.kind, row.channel, row.chat_id) == (reply, "chat", "terminal", "4711")


def test_a_retried_mail_is_due_at_once_with_all_its_attempts_and_its_secret(
    database: Database, clock: ManualClock
) -> None:
    mail = kill_mail(database)
    clock.advance(days=1)
    with database.write() as uow:
        assert uow.outbox.retry(mail)
        assert uow.outbox.dead() == []
        assert uow.outbox.counts().dead == 0
        [due] = uow.outbox.due_mails(10)
    assert (due.id, due.attempts, due.next_attempt_at) == (mail, 0, clock())
    assert due.secrets == {"code": "12345678"}
