"""The audit: complete, append-only, and honest about tampering."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.identity.sessions import Session
from tests.fakes.clock import ManualClock
from tests.fakes.households import acting, make_household, newcomer, start_chat, verify


@pytest.fixture
def session(database: Database, clock: ManualClock) -> Session:
    """A household with several entries: imported, verified, two created, one refused."""
    make_household(database)
    session = verify(database, "holder-90210001", start_chat(database))
    for number in range(2):
        clock.advance(seconds=1)
        with database.write(request_id=7) as uow:
            uow.households.create_member(acting(session), newcomer(number))
    with database.write() as uow:
        uow.audit.refused(session, "delete", "not_holder")
    return session


def run(database: Database, statement: str) -> None:
    """As somebody who has the database, but not the key."""
    with database._engine.connect() as connection:
        connection.execute(text(statement))
        connection.commit()


def tamper(database: Database, statement: str) -> None:
    """As somebody who may also switch the triggers off."""
    if database.dialect == "postgresql":
        run(database, f"SET session_replication_role = replica; {statement}")
    else:
        run(database, "DROP TRIGGER audit_no_UPDATE")
        run(database, "DROP TRIGGER audit_no_DELETE")
        run(database, statement)


def is_whole(database: Database, session: Session) -> bool:
    with database.read() as uow:
        return uow.audit.verify(session.household_id)


def test_an_untouched_chain_is_whole(database: Database, session: Session) -> None:
    assert is_whole(database, session)


def test_households_have_chains_of_their_own(database: Database, session: Session) -> None:
    other = make_household(database, "90210002")
    assert is_whole(database, session)
    with database.read() as uow:
        assert uow.audit.verify(other.id)


def test_a_refusal_of_a_verified_person_has_a_receipt(database: Database, session: Session) -> None:
    with database.write() as uow:
        first = uow.audit.refused(session, "create", "not_holder")
        second = uow.audit.refused(session, "create", "not_holder")
    assert first.startswith("F-")
    assert first != second
    assert is_whole(database, session)


@pytest.mark.parametrize(
    "change",
    [
        "id = id + 100000 WHERE seq = 6",
        "seq = 77 WHERE seq = 3",
        "receipt = 'F-999999' WHERE seq = 3",
        "actor_kind = 'operator' WHERE seq = 3",
        "actor_member_id = 99 WHERE seq = 3",
        "session_id = NULL WHERE seq = 4",
        "action = 'rights' WHERE seq = 4",
        "target_member_id = 1 WHERE seq = 4",
        "outcome = 'done' WHERE seq = 6",
        "reason = 'other' WHERE seq = 6",
        "request_id = 8 WHERE seq = 4",
        "digest = 'x' WHERE seq = 4",
        "at = '2020-01-01 00:00:00.000000' WHERE seq = 3",
        "prev_mac = 'x' WHERE seq = 3",
        "mac = 'x' WHERE seq = 3",
    ],
)
def test_any_changed_column_is_noticed(database: Database, session: Session, change: str) -> None:
    tamper(database, f"UPDATE audit SET {change}")
    assert not is_whole(database, session)


@pytest.mark.parametrize("seq", [3, 6])
def test_a_missing_entry_is_noticed(database: Database, session: Session, seq: int) -> None:
    run(database, "DELETE FROM audit_detail")
    tamper(database, f"DELETE FROM audit WHERE seq = {seq}")
    assert not is_whole(database, session)


def test_a_changed_detail_is_noticed(database: Database, session: Session) -> None:
    run(database, 'UPDATE audit_detail SET after = \'{"first_name": "Eve"}\'')
    assert not is_whole(database, session)


def test_erased_details_leave_the_chain_whole(database: Database, session: Session) -> None:
    run(database, "DELETE FROM audit_detail")
    assert is_whole(database, session)


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'x'", "DELETE FROM audit"])
def test_the_database_refuses_to_rewrite_history(
    database: Database, session: Session, statement: str
) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        run(database, statement)
    assert is_whole(database, session)


def test_a_change_whose_entry_cannot_be_written_does_not_happen(
    database: Database, session: Session
) -> None:
    in_the_way = "SELECT id + 1, household_id, seq + 1, 'F-000008', actor_kind, action, outcome"
    run(
        database,
        "INSERT INTO audit (id, household_id, seq, receipt, actor_kind, action, outcome, at,"
        f" prev_mac, mac) {in_the_way}, at, prev_mac, mac FROM audit WHERE id = 6",
    )
    with pytest.raises(DBAPIError), database.write() as uow:
        uow.households.create_member(acting(session), newcomer(5))
    with database.read() as uow:
        assert len(uow.households.of(session.household_id).members) == 3


def test_personal_values_stand_only_in_the_erasable_part(
    database: Database, session: Session
) -> None:
    with database._engine.connect() as connection:
        entries = str(connection.execute(text("SELECT * FROM audit")).all())
        details = str(connection.execute(text("SELECT * FROM audit_detail")).all())
    assert "zoe1@example.com" in details
    assert "zoe1@example.com" not in entries
    assert "Zoé" not in entries


def test_what_was_entered_is_linked_beside_the_changes_in_its_order(
    database: Database, session: Session
) -> None:
    other = make_household(database, "90210002")
    with database.read() as uow:
        assert len(uow.audit_verifying.verify().unlinked) == 2
    with database.write() as uow:
        reach, flaws, more = uow.audit_links.link_new()
    assert (flaws, more) == ((), False)
    with database.write() as uow:
        assert uow.audit_links.link_new() == (None, (), False), "there is nothing new"
    with database.read() as uow:
        verdict = uow.audit_verifying.verify()
        links = [link["household_id"] for link in uow.audit_verifying.links()]
    assert (verdict.flaws, verdict.unlinked, verdict.reach) == ((), (), reach)
    assert links == [session.household_id, other.id]


@pytest.mark.parametrize("statement", ["UPDATE audit_link SET mac = 'x'", "DELETE FROM audit_link"])
def test_the_database_refuses_to_rewrite_links(
    database: Database, session: Session, statement: str
) -> None:
    with database.write() as uow:
        uow.audit_links.link_new()
    with pytest.raises(DBAPIError, match="append-only"):
        run(database, statement)


def test_the_last_look_at_all_chains_is_kept(database: Database, session: Session) -> None:
    for _ in range(2):
        with database.write() as uow:
            uow.audit_checks.note(uow.audit_verifying.verify())
    with database.read() as uow:
        last = uow.audit_checks.last()
    assert last is not None
    assert (last.flaws, last.unlinked, last.links) == (0, 6, 0)
