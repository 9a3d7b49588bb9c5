"""Loading households from a file: the database's side."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storage.database import Database
from storage.errors import ImportRefused
from storage.households.importing.records import HouseholdRecord, MemberRecord, Outcome
from storage.households.members import Member
from storage.messages.outbox_rows import OutboxRow
from tests.fakes.clock import ManualClock
from tests.fakes.households import OPERATOR, acting, record_of, start_chat, verify

ACCOUNT = "90210001"
SECOND = f"second1-{ACCOUNT}"


@pytest.fixture
def record(database: Database) -> HouseholdRecord:
    """A household that is already there: a holder and two secondary users."""
    there = record_of(ACCOUNT, secondaries=2)
    apply(database, there)
    return there


def apply(
    database: Database, *records: HouseholdRecord, overwrite: frozenset[str] = frozenset()
) -> list[Outcome]:
    with database.write() as uow:
        return uow.importing.apply(OPERATOR, records, overwrite)


def with_second(record: HouseholdRecord, **values: object) -> HouseholdRecord:
    """The same file, but for these values of the first secondary user."""
    holder, second, *others = record.members
    changed: MemberRecord = replace(second, **values)  # type: ignore[arg-type]  # any field
    return replace(record, members=(holder, changed, *others))


def second(database: Database) -> Member:
    with database.read() as uow:
        household = uow.households.find(ACCOUNT)
        assert household is not None
        assert uow.audit.verify(household.id)
        return next(one for one in household.members if one.username == SECOND)


def mails(database: Database) -> list[tuple[str, str | None]]:
    with database.read() as uow:
        return [(row.template, row.recipient) for row in uow.outbox.due_mails(100)]


def test_a_new_household_is_created_whole(database: Database) -> None:
    changes = apply(database, record_of(ACCOUNT, secondaries=1))
    assert changes == [
        Outcome("created", ACCOUNT),
        Outcome("created", f"holder-{ACCOUNT}"),
        Outcome("created", SECOND),
    ]
    assert second(database).services == ("view_invoice",)
    assert second(database).language == "en"
    assert mails(database) == []


def test_the_same_file_again_changes_nothing(database: Database, record: HouseholdRecord) -> None:
    assert {change.kind for change in apply(database, record)} == {"kept"}


def test_names_and_language_follow_the_file(database: Database, record: HouseholdRecord) -> None:
    changes = apply(database, with_second(record, first_name="Léa", language="fr"))
    assert [one for one in changes if one.kind == "changed"] == [
        Outcome("changed", SECOND, "first_name"),
        Outcome("changed", SECOND, "language"),
    ]
    assert (second(database).first_name, second(database).language) == ("Léa", "fr")


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("email", {"email": "new@example.com"}),
        ("rights", {"rights": ("pay_bill",)}),
        ("status", {"status": "locked"}),
    ],
)
def test_what_matters_is_left_unless_it_is_to_be_overwritten(
    database: Database, record: HouseholdRecord, field: str, values: dict[str, object]
) -> None:
    before = second(database)
    changed = with_second(record, **values)
    assert Outcome("left", SECOND, field) in apply(database, changed)
    assert second(database) == before
    assert mails(database) == []
    assert Outcome("changed", SECOND, field) in apply(
        database, changed, overwrite=frozenset({field})
    )
    assert second(database) != before
    assert mails(database) != []
    assert {one.kind for one in apply(database, changed)} == {"kept"}


RIGHTS = frozenset({"rights"})
BILL, PAY, TV = "view_invoice", "pay_bill", "tv_channels"


def change_rights(database: Database, **values: Any) -> None:
    """The holder changes what the first secondary user may use."""
    holder = acting(verify(database, f"holder-{ACCOUNT}", start_chat(database)))
    with database.write() as uow:
        uow.changes.change_rights(holder, second(database).id, **values)
    with database.write() as uow:
        for row in uow.outbox.due_mails(100):
            uow.outbox.sent(row)


def test_an_end_that_the_file_does_not_speak_of_is_kept(
    database: Database, clock: ManualClock, record: HouseholdRecord
) -> None:
    sunday = clock() + timedelta(days=2)
    change_rights(database, grant=[TV], until=sunday)
    listed = with_second(record, rights=(BILL, TV))
    assert Outcome("kept", SECOND) in apply(database, listed, overwrite=RIGHTS)
    more = with_second(record, rights=(BILL, TV, PAY))
    assert Outcome("changed", SECOND, "rights") in apply(database, more, overwrite=RIGHTS)
    assert set(second(database).services) == {BILL, TV, PAY}
    assert second(database).ends == ((TV, sunday),)
    [mail] = due(database)
    assert len(mail.parameters["granted"]) == 1, "the television is as it was"


def test_what_is_paused_is_a_right_of_the_file_and_stays_paused(
    database: Database, clock: ManualClock, record: HouseholdRecord
) -> None:
    saturday, sunday = clock() + timedelta(days=1), clock() + timedelta(days=2)
    change_rights(database, grant=[TV], until=sunday)
    change_rights(database, revoke=[TV], pauses={TV: saturday})
    listed = with_second(record, rights=(BILL, TV))
    assert Outcome("kept", SECOND) in apply(database, listed)
    assert Outcome("kept", SECOND) in apply(database, listed, overwrite=RIGHTS)
    apply(database, with_second(record, rights=(PAY, TV)), overwrite=RIGHTS)
    assert second(database).services == (PAY,)
    assert (second(database).pauses, second(database).ends) == (((TV, saturday),), ((TV, sunday),))
    clock.advance(days=1)
    assert set(second(database).services) == {PAY, TV}


def test_what_is_paused_and_not_in_the_file_is_taken_for_good_and_told(
    database: Database, clock: ManualClock, record: HouseholdRecord
) -> None:
    change_rights(database, grant=[TV])
    change_rights(database, revoke=[TV], pauses={TV: clock() + timedelta(days=1)})
    assert Outcome("left", SECOND, "rights") in apply(database, record)
    assert second(database).pauses != ()
    assert Outcome("changed", SECOND, "rights") in apply(database, record, overwrite=RIGHTS)
    assert second(database).pauses == ()
    [mail] = due(database)
    assert (mail.template, mail.recipient) == ("rights_changed", second(database).email)
    [revoked] = mail.parameters["revoked"]
    assert "parameters" not in revoked, "there is no moment any more at which it is back"


def test_what_time_has_ended_is_entered_before_a_file_overwrites_it(
    database: Database, clock: ManualClock, record: HouseholdRecord
) -> None:
    change_rights(database, grant=[TV, PAY], ends={PAY: clock() + timedelta(hours=1)})
    change_rights(database, revoke=[TV], pauses={TV: clock() + timedelta(hours=1)})
    clock.advance(hours=2)
    apply(database, record, overwrite=RIGHTS)
    assert {"access_ended", "pause_ended"} <= {mail.template for mail in due(database)}
    assert second(database).services == (BILL,)


def due(database: Database) -> list[OutboxRow]:
    with database.read() as uow:
        return [row for row in uow.outbox.due_mails(100) if row.template != "verified"]


def test_both_addresses_are_told_of_a_new_one(database: Database, record: HouseholdRecord) -> None:
    moved = with_second(record, email="new@example.com")
    apply(database, moved, overwrite=frozenset({"email"}))
    assert sorted(mails(database)) == [
        ("profile_changed", "new@example.com"),
        ("profile_changed", f"second1@{ACCOUNT}.example.com"),
    ]


def test_a_password_is_set_where_there_is_none_and_never_replaced_unasked(
    database: Database, record: HouseholdRecord
) -> None:
    given = with_second(record, password_hash="first hash")
    assert Outcome("changed", SECOND, "password") in apply(database, given)
    assert {one.kind for one in apply(database, given)} == {"kept"}
    asked = apply(database, given, overwrite=frozenset({"password"}))
    assert Outcome("changed", SECOND, "password") in asked


def test_a_holder_and_a_secondary_user_of_a_full_household_can_swap(database: Database) -> None:
    full = record_of(ACCOUNT, secondaries=5)
    apply(database, full)
    holder, first, *others = full.members
    swapped = (replace(holder, role="secondary"), replace(first, role="holder"), *others)
    apply(database, replace(full, members=swapped), overwrite=frozenset({"role"}))
    assert (second(database).role, second(database).seat) == ("holder", 1)


def test_somebody_can_move_to_another_household(
    database: Database, record: HouseholdRecord
) -> None:
    other = record_of("90210002")
    apply(database, other)
    moved = replace(other, members=(*other.members, record.members[1]))
    assert Outcome("left", SECOND, "household") in apply(database, moved)
    apply(database, moved, overwrite=frozenset({"household"}))
    with database.read() as uow:
        household = uow.households.find("90210002")
        assert household is not None
        assert [one.username for one in household.members] == ["holder-90210002", SECOND]


def test_a_file_that_would_leave_no_holder_is_refused_whole(
    database: Database, record: HouseholdRecord
) -> None:
    holder, *others = record.members
    without = replace(record, members=(replace(holder, role="secondary"), *others))
    with pytest.raises(ImportRefused) as refusal:
        apply(database, without, overwrite=frozenset({"role"}))
    assert refusal.value.reason == "no_holder"
    assert {change.kind for change in apply(database, record)} == {"kept"}


def test_a_seventh_person_is_refused_and_named(database: Database) -> None:
    with pytest.raises(ImportRefused) as refusal:
        apply(database, record_of(ACCOUNT, secondaries=6))
    assert (refusal.value.subject, refusal.value.reason) == (f"second6-{ACCOUNT}", "household_full")
    with database.read() as uow:
        assert uow.households.find(ACCOUNT) is None


def test_a_dry_run_says_the_same_and_keeps_nothing(database: Database) -> None:
    with database.read() as uow:
        planned = uow.importing.apply(OPERATOR, [record_of(ACCOUNT)])
    with database.read() as uow:
        assert uow.households.find(ACCOUNT) is None
    assert apply(database, record_of(ACCOUNT)) == planned


def test_an_overwritten_address_ends_what_was_open(
    database: Database, record: HouseholdRecord
) -> None:
    session = verify(database, SECOND, start_chat(database))
    moved = with_second(record, email="new@example.com")
    apply(database, moved, overwrite=frozenset({"email"}))
    with database.read() as uow:
        assert uow.sessions.live(session.conversation_id, session.person_id, touch=False) is None


def test_a_file_brings_nobody_back_whom_the_holder_has_just_deleted(
    database: Database, record: HouseholdRecord
) -> None:
    holder = acting(verify(database, f"holder-{ACCOUNT}", start_chat(database)))
    person = second(database)
    with database.write() as uow:
        receipt = uow.changes.delete(holder, person.id)
    changes = apply(database, record, overwrite=frozenset({"email", "rights", "status"}))
    assert Outcome("left", SECOND, "deleted") in changes
    with database.write() as uow:
        assert len(uow.undoing.undo(holder, receipt.number).member.services) == 1
    assert Outcome("kept", SECOND) in apply(database, record)
