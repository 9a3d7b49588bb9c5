"""Six at most, whatever races."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from storage.clock import system_clock
from storage.database import Database
from storage.errors import HouseholdFull
from storage.households.members import Members
from storage.households.tables import member
from storage.keys import Keys
from storage.transaction import Transaction
from tests.fakes.clock import ManualClock
from tests.fakes.households import acting, make_household, newcomer, start_chat, verify
from tests.fakes.rush import creators, rush

ROLES = st.sampled_from(["holder", "secondary"])
SEATS = st.one_of(st.none(), st.integers(-1, 8))
ONE_DATABASE_IS_ENOUGH = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def populated(database: Database) -> Database:
    make_household(database)
    return database


@contextmanager
def scratch(database: Database) -> Iterator[Transaction]:
    """A transaction past the product, forgotten at its end."""
    with database.read() as uow:
        yield uow.transaction


def seats(connection: Connection) -> list[int]:
    rows = connection.execute(member.select())
    return [row.seat for row in rows if row.deleted_at is None]


def test_a_seventh_member_is_refused_kindly(database: Database) -> None:
    household = make_household(database)
    holder = acting(verify(database, "holder-90210001", start_chat(database)))
    for number in range(5):
        with database.write() as uow:
            receipt = uow.households.create_member(holder, newcomer(number))
            assert receipt.member.seat == number + 2
    with database.write() as uow, pytest.raises(HouseholdFull) as refusal:
        uow.households.create_member(holder, newcomer(7))
    assert refusal.value.reason == "household_full"
    with database.read() as uow:
        assert uow.households.of(household.id).places_left == 0


@pytest.mark.slow
def test_of_fifty_creators_from_several_processes_five_succeed(database_url: str) -> None:
    secret = "the secret of all these processes"
    database = Database(database_url, clock=system_clock(), keys=Keys(secret))
    household = make_household(database)
    holder = acting(verify(database, "holder-90210001", start_chat(database)))
    outcomes = rush(creators(database_url, secret, holder), processes=5, each=10)
    assert outcomes == {"created": 5, "household_full": 45}
    with database.read() as uow:
        people = uow.households.of(household.id).members
        assert [one.seat for one in people] == [1, 2, 3, 4, 5, 6]
        assert uow.audit.verify(household.id)
    database.close()


@ONE_DATABASE_IS_ENOUGH
@given(rows=st.lists(st.tuples(ROLES, SEATS, st.booleans()), max_size=14))
def test_the_database_itself_holds_no_seventh(
    populated: Database, rows: list[tuple[str, int | None, bool]]
) -> None:
    """Whoever writes rows past the product still cannot seat more than six, or two holders."""
    with scratch(populated) as transaction:
        connection = transaction.connection
        for number, (role, seat, deleted) in enumerate(rows):
            try:
                with connection.begin_nested():
                    connection.execute(member.insert(), raw(number, role, seat, deleted=deleted))
            except IntegrityError:
                continue
        taken = seats(connection)
    assert len(taken) == len(set(taken)) <= 6
    assert set(taken) <= set(range(1, 7))


@ONE_DATABASE_IS_ENOUGH
@given(steps=st.lists(st.integers(0, 9), max_size=30))
def test_coming_and_going_never_makes_more_than_six(populated: Database, steps: list[int]) -> None:
    with scratch(populated) as transaction:
        connection, members, gone = transaction.connection, Members(transaction), list[int]()
        for number, step in enumerate(steps):
            present = [one.id for one in members.of(1) if one.role == "secondary"]
            is_full = len(present) == 5
            if 5 <= step < 8 and present:
                gone.append(present[step % len(present)])
                members.vacate(gone[-1])
            elif step >= 8 and gone and not is_full:
                members.reseat(gone.pop(), 1, "secondary")
            elif is_full:
                with pytest.raises(HouseholdFull):
                    add(members, number)
            else:
                add(members, number)
            assert len(seats(connection)) <= 6


def add(members: Members, number: int) -> None:
    members.add(
        1,
        "secondary",
        status="invited",
        language="en",
        first_name="A",
        last_name="B",
        email=f"{number}@example.com",
    )


def raw(number: int, role: str, seat: int | None, *, deleted: bool) -> dict[str, object]:
    now = ManualClock()()
    return {
        "household_id": 1,
        "role": role,
        "status": "active",
        "seat": seat,
        "first_name": "A",
        "last_name": "B",
        "email": f"{number}@example.com",
        "email_key": f"{number}@example.com",
        "language": "en",
        "created_at": now,
        "deleted_at": now if deleted else None,
    }
