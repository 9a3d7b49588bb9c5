"""Five failed sign-ins lock the sign-in page; a holder or a new password frees it."""

import pytest

from storage.database import Database
from storage.households.households import Household
from storage.households.members import Member
from tests.fakes.households import OPERATOR, mailed, make_household, record_of, start_chat, verify
from tests.fakes.threads import in_parallel


@pytest.fixture
def household(database: Database) -> Household:
    return make_household(database, secondaries=1)


@pytest.fixture
def leo(household: Household) -> Member:
    return household.members[1]


def fail(database: Database, who: Member, times: int = 1) -> None:
    for _ in range(times):
        with database.write() as uow:
            uow.lockout.failed(str(who.username), who.id)


def status(database: Database, who: Member) -> str:
    with database.read() as uow:
        return next(
            one for one in uow.households.of(who.household_id).members if one.id == who.id
        ).status


def kinds(database: Database) -> list[str]:
    with database.read() as uow:
        return [row.template for row in uow.outbox.due_mails(100)]


def test_the_fifth_failure_in_a_row_locks_and_the_person_is_told_once(
    database: Database, leo: Member
) -> None:
    fail(database, leo, 4)
    assert status(database, leo) == "active"
    fail(database, leo, 3)
    assert status(database, leo) == "locked"
    assert kinds(database).count("locked") == 1
    with database.read() as uow:
        assert uow.audit.verify(leo.household_id)


def test_whoever_is_freed_is_active_and_has_all_five_tries_again(
    database: Database, leo: Member
) -> None:
    fail(database, leo, 5)
    with database.write() as uow:
        assert uow.lockout.free(leo.id)
    assert status(database, leo) == "active"
    fail(database, leo, 4)
    assert status(database, leo) == "active"
    fail(database, leo)
    assert status(database, leo) == "locked"


def test_freeing_forgets_failures_before_a_lock_too(database: Database, leo: Member) -> None:
    fail(database, leo, 4)
    with database.write() as uow:
        assert not uow.lockout.free(leo.id)
    fail(database, leo)
    assert status(database, leo) == "active"


def test_an_imported_lock_is_freed_like_any_other(database: Database) -> None:
    household = make_household(database, secondaries=1, status="locked")
    leo = household.members[1]
    assert leo.status == "locked"
    with database.write() as uow:
        assert uow.lockout.free(leo.id)
    fail(database, leo, 4)
    assert status(database, leo) == "active"


def test_an_import_that_unlocks_gives_all_tries_back(database: Database, leo: Member) -> None:
    fail(database, leo, 5)
    with database.write() as uow:
        uow.importing.apply(OPERATOR, [record_of(secondaries=1)], frozenset({"status"}))
    fail(database, leo, 4)
    assert status(database, leo) == "active"


def test_signing_in_begins_the_count_anew(database: Database, leo: Member) -> None:
    fail(database, leo, 4)
    with database.write() as uow:
        uow.lockout.succeeded(str(leo.username), leo.id)
    fail(database, leo, 4)
    assert status(database, leo) == "active"


def test_names_that_nobody_has_are_counted_and_lock_nobody(
    database: Database, household: Household
) -> None:
    for _ in range(6):
        with database.write() as uow:
            uow.lockout.failed("nobody", None)
    assert {status(database, one) for one in household.members} == {"active"}
    assert "locked" not in kinds(database)


def test_failures_of_one_person_do_not_lock_another(
    database: Database, household: Household
) -> None:
    holder, leo = household.members
    fail(database, holder, 4)
    fail(database, leo, 4)
    assert {status(database, one) for one in household.members} == {"active"}


def test_failures_at_the_same_time_are_all_counted(database: Database, leo: Member) -> None:
    in_parallel(8, lambda _: fail(database, leo))
    assert status(database, leo) == "locked"
    assert kinds(database).count("locked") == 1


def test_a_locked_person_still_verifies_in_a_chat_and_keeps_the_session(
    database: Database, leo: Member
) -> None:
    chat = start_chat(database)
    session = verify(database, str(leo.username), chat)
    fail(database, leo, 5)
    with database.read() as uow:
        live = uow.sessions.live(chat, session.person_id, touch=False)
    assert live is not None
    assert live.id == session.id
    assert verify(database, str(leo.username), start_chat(database, "other")).member_id == leo.id


def test_the_notice_of_a_lock_is_in_the_persons_language(
    database: Database, household: Household
) -> None:
    fail(database, household.holder, 5)
    with database.read() as uow:
        [notice] = [row for row in uow.outbox.due_mails(100) if row.template == "locked"]
    assert (notice.recipient, notice.language) == ("holder@90210001.example.com", "fr")
    assert mailed(database, "locked") == {}
