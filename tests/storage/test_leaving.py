"""A secondary user asks to be let go: the holder hears of it, and nothing else happens."""

from datetime import datetime
from typing import Any

import pytest

from storage.errors import AskedToday, NotAuthorised
from storage.households.actors import Secondary
from storage.identity.sessions import Session
from tests.fakes.changes import Desk, block_audit
from tests.fakes.clock import ManualClock
from tests.fakes.households import start_chat, verify


def session_of_leo(desk: Desk, chat: str = "Léo's chat") -> Session:
    return verify(desk.database, f"second1-{desk.account}", start_chat(desk.database, chat))


def ask(desk: Desk, session: Session) -> None:
    with desk.database.write() as uow:
        uow.leaving.ask(session)


def events(desk: Desk) -> list[dict[str, Any]]:
    """What the holder's chat is told of it."""
    told = []
    with desk.database.write() as uow:
        while row := uow.inbox.next("terminal", "bot", desk.account):
            assert row.body is not None
            told.append(row.body["event"])
            uow.inbox.finish(row.id)
    return [one for one in told if one["pattern"] == "pattern_leave_request"]


def test_the_holder_is_told_by_mail_and_in_the_linked_chat(desk: Desk) -> None:
    holder, leo = desk.holder, desk.leo
    del holder
    before = desk.household
    ask(desk, session_of_leo(desk))
    [mail] = desk.mails("leave_request")
    assert (mail.recipient, mail.secrets) == (before.holder.email, {})
    assert mail.parameters["who"] == leo.name
    [event] = events(desk)
    assert event["context"] == {"who": leo.name, "number": leo.id}
    assert event["member_id"] == before.holder.id
    assert desk.household == before, "nothing has changed"


def test_once_a_day_and_person_from_whatever_chat(desk: Desk, clock: ManualClock) -> None:
    ask(desk, session_of_leo(desk))
    with pytest.raises(AskedToday):
        ask(desk, session_of_leo(desk, "another chat"))
    assert len(desk.mails("leave_request")) == 1
    clock.advance(days=1, seconds=1)
    ask(desk, session_of_leo(desk))
    assert len(desk.mails("leave_request")) == 2


def test_a_session_that_has_ended_asks_for_nothing(desk: Desk, clock: ManualClock) -> None:
    session = session_of_leo(desk)
    clock.advance(minutes=16)
    with pytest.raises(NotAuthorised):
        ask(desk, session)
    assert desk.mails("leave_request") == []


def test_a_holder_does_not_ask_and_somebody_suspended_cannot(desk: Desk) -> None:
    with pytest.raises(NotAuthorised):
        ask(desk, verify(desk.database, f"holder-{desk.account}", desk.chat))
    session = session_of_leo(desk)
    desk.do("suspend", desk.leo.id)
    with pytest.raises(NotAuthorised):
        ask(desk, session)
    assert desk.mails("leave_request") == []


def test_whoever_asks_removes_nobody(desk: Desk) -> None:
    session = session_of_leo(desk)
    ask(desk, session)
    actor = Secondary(session.id, session.conversation_id, session.person_id)
    with pytest.raises(NotAuthorised), desk.database.write() as uow:
        uow.changes.delete(actor, desk.leo.id)
    assert desk.get(desk.leo.id) is not None


def test_without_its_entry_nobody_is_told(desk: Desk) -> None:
    session = session_of_leo(desk)
    block_audit(desk.database)
    with pytest.raises(Exception, match=r"(?i)unique"):
        ask(desk, session)
    assert desk.mails("leave_request") == []


def test_whoever_asked_waits_for_a_week_and_as_long_as_they_are_there(
    desk: Desk, clock: ManualClock
) -> None:
    def waiting() -> dict[int, datetime]:
        with desk.database.read() as uow:
            return uow.leaving.waiting(desk.household.id)

    assert waiting() == {}
    ask(desk, session_of_leo(desk))
    assert set(waiting()) == {desk.leo.id}
    clock.advance(days=7, seconds=1)
    assert waiting() == {}
