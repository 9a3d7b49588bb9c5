"""Verified sessions and what a verification tells the holder."""

import pytest

from storage.database import Database
from storage.identity.sessions import Session
from tests.fakes.clock import ManualClock
from tests.fakes.households import PERSON, mailed, make_household, start_chat, verify


@pytest.fixture
def chat(database: Database) -> int:
    make_household(database, secondaries=1)
    return start_chat(database)


def live(database: Database, chat: int, person_id: str = PERSON) -> Session | None:
    with database.write() as uow:
        return uow.sessions.live(chat, person_id)


def test_a_session_lapses_after_five_idle_minutes(
    database: Database, chat: int, clock: ManualClock
) -> None:
    verify(database, "holder-90210001", chat)
    clock.advance(minutes=4, seconds=59)
    assert live(database, chat)
    clock.advance(minutes=5)
    assert live(database, chat) is None


def test_a_session_ends_after_fifteen_minutes_however_busy(
    database: Database, chat: int, clock: ManualClock
) -> None:
    opened = verify(database, "holder-90210001", chat)
    for _ in range(3):
        clock.advance(minutes=4)
        touched = live(database, chat)
        assert touched is not None
        assert touched.idle_until <= opened.ends_at
    clock.advance(minutes=3)
    assert live(database, chat) is None


def test_looking_without_touching_does_not_prolong(
    database: Database, chat: int, clock: ManualClock
) -> None:
    verify(database, "holder-90210001", chat)
    clock.advance(minutes=4)
    with database.write() as uow:
        assert uow.sessions.live(chat, PERSON, touch=False)
    clock.advance(minutes=1)
    assert live(database, chat) is None


def test_a_session_is_of_one_person_in_one_chat(database: Database, chat: int) -> None:
    verify(database, "holder-90210001", chat)
    assert live(database, chat, "somebody else") is None
    assert live(database, start_chat(database, "chat-2")) is None


def test_signing_out_ends_it(database: Database, chat: int) -> None:
    verify(database, "holder-90210001", chat)
    with database.write() as uow:
        uow.sessions.end(chat)
    assert live(database, chat) is None


def test_verifying_as_somebody_else_ends_the_former_session(database: Database, chat: int) -> None:
    verify(database, "holder-90210001", chat)
    verify(database, "second1-90210001", chat)
    session = live(database, chat)
    assert session is not None
    assert session.role == "secondary"


def test_the_holder_is_told_of_every_verification(database: Database, chat: int) -> None:
    session = verify(database, "second1-90210001", chat)
    with database.read() as uow:
        [notice] = [
            row for row in uow.outbox.due_mails(10) if row.template == "verification_notice"
        ]
    assert notice.recipient == "holder@90210001.example.com"
    assert notice.language == "fr"
    assert notice.parameters["who"] == "Léo Gagnon"
    assert notice.parameters["chat"] == "Terminal"
    assert notice.parameters["when"] == session.created_at.isoformat()
    assert mailed(database, "verification_notice")["not_me_url"].startswith(
        "http://127.0.0.1:8080/not-me/"
    )


def test_a_verification_is_audited(database: Database, chat: int) -> None:
    session = verify(database, "holder-90210001", chat)
    with database.read() as uow:
        [entry] = uow.history.entries(session.household_id, limit=9, actions=["verified"])
        assert (entry.outcome, entry.at) == ("done", session.created_at)
        assert uow.audit.verify(session.household_id)
