"""One row that cannot leave, whatever is wrong with it, holds nothing up and is seen."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import JSON, bindparam, text

from storage.database import Database
from storage.handoff.desk_rows import DeskRow
from storage.handoff.handoffs import Case
from storage.keys import Keys
from storage.limits import CHAT_PATIENCE
from tests.fakes.clock import ManualClock

DESK = ("telegram", "bot", "-100")
CHAT = ("telegram", "bot", "42")


@pytest.fixture
def elsewhere(database_url: str, clock: ManualClock) -> Iterator[Database]:
    """The same database, in a process with another key."""
    opened = Database(database_url, clock=clock, keys=Keys("quite another key, for these tests"))
    yield opened
    opened.close()


def mail(database: Database, name: str, *, sealed: bool = False) -> int:
    secrets = {"code": "12345678"} if sealed else None
    with database.write() as uow:
        return uow.outbox.mail("unlocked", to=name, language="en", parameters={}, secrets=secrets)


def case(database: Database, chat: str) -> Case:
    with database.write() as uow:
        conversation = uow.conversations.locked("telegram", "bot", chat)
        desk = uow.conversations.ensure(*DESK)
        opened = uow.handoffs.open(
            conversation.id, desk, reason="asked", language="en", summary={"title": chat}
        )
        uow.handoffs.has_topic(opened.id, chat)
        return uow.handoffs.get(opened.id)


def show(database: Database, opened: Case, words: str) -> None:
    with database.write() as uow:
        uow.desk_outbox.put(opened, "copy", words)


def take(database: Database) -> DeskRow | None:
    with database.write() as uow:
        return uow.desk_outbox.take(uow.conversations.ensure(*DESK), pace=False)


def spoil(database: Database, act: Any) -> None:
    """Have the oldest row say something that makes no sense."""
    statement = text("UPDATE outbox SET act = :act WHERE id = (SELECT min(id) FROM outbox)")
    with database.write() as uow:
        uow._connection.execute(statement.bindparams(bindparam("act", act, type_=JSON)))


def dead(database: Database) -> list[str]:
    with database.read() as uow:
        return [str(row.error) for row in uow.outbox.dead()]


def test_a_mail_that_no_key_opens_is_told_from_the_others(
    database: Database, elsewhere: Database
) -> None:
    mail(database, "sealed@example.com", sealed=True)
    mail(database, "open@example.com")
    with elsewhere.read() as uow:
        rows = uow.outbox.due_mails(10)
    assert [(row.recipient, row.unopened) for row in rows] == [
        ("sealed@example.com", True),
        ("open@example.com", False),
    ]
    with database.read() as uow:
        assert [row.unopened for row in uow.outbox.due_mails(10)] == [False, False]


@pytest.mark.parametrize(
    "act",
    [{}, {"kind": "ping"}, {"kind": "ping", "case": 77}, {"kind": "ping", "case": "x"}, [1], "x"],
)
def test_what_no_case_can_show_is_seen_and_the_other_cases_go_on(
    database: Database, act: Any
) -> None:
    opened = case(database, "1")
    show(database, opened, "spoiled")
    show(database, opened, "whole")
    spoil(database, act)
    row = take(database)
    assert row is not None
    assert row.text == "whole"
    assert len(dead(database)) == 1


def test_a_case_whose_request_fails_holds_up_no_other_case_and_keeps_its_own_order(
    database: Database, clock: ManualClock
) -> None:
    first, second = case(database, "1"), case(database, "2")
    for opened, words in ((first, "a1"), (first, "a2"), (second, "b1"), (second, "b2")):
        show(database, opened, words)
    shown = []
    for _ in range(CHAT_PATIENCE.attempts * 40):
        row = take(database)
        if row is None:
            clock.advance(seconds=1)
            continue
        shown.append(row.text)
        with database.write() as uow:
            if row.text == "a1" and shown.count("a1") < 4:
                uow.desk_outbox.postpone(row, "RuntimeError: whatever")
            else:
                uow.desk_outbox.sent(row)
        if len(shown) == 7:
            break
    assert shown == ["a1", "b1", "b2", "a1", "a1", "a1", "a2"]


def test_where_the_group_wants_to_be_left_alone_nothing_of_any_case_is_tried(
    database: Database, clock: ManualClock
) -> None:
    for chat in ("1", "2"):
        show(database, case(database, chat), chat)
    row = take(database)
    assert row is not None
    with database.write() as uow:
        uow.desk_outbox.postpone(row, "RetryAfter: 30", CHAT_PATIENCE.longest)
    clock.advance(seconds=59)
    assert take(database) is None
    clock.advance(seconds=1)
    assert take(database) is not None


@pytest.mark.parametrize("act", [{"of": 1}, {"of": None}, {"of": "x"}])
def test_a_reply_that_cannot_be_aimed_is_seen_and_the_chat_goes_on(
    database: Database, act: dict[str, Any]
) -> None:
    with database.write() as uow:
        chat = uow.conversations.ensure(*CHAT)
        for words in ("spoiled", "whole"):
            uow.outbox.reply(
                conversation_id=chat, inbox_id=None, channel="telegram", template="utter_greet",
                text=words, language="en", parameters={}, buttons=[], sent=False,
            )  # fmt: skip
    spoil(database, act)
    texts = []
    for _ in range(2):
        with database.write() as uow:
            row = uow.chat_outbox.take(chat)
            texts.append(row and row.text)
            if row is not None:
                uow.chat_outbox.sent(row)
    assert texts == [None, "whole"]
    assert len(dead(database)) == 1
