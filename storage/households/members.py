"""Members of a household: how they are read, seated, and given services."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, bindparam, case, select
from sqlalchemy.exc import IntegrityError

from storage.errors import EmailTaken, HouseholdFull, UnknownService, UsernameTaken
from storage.households.tables import (
    access_right,
    household,
    member,
    one_per_email,
    one_per_seat,
    one_per_username,
    service,
)
from storage.limits import SEATS
from storage.names import called, folded
from storage.statements import insert_row, violates
from storage.transaction import Repository


@dataclass(frozen=True, slots=True)
class Member:
    """`role`: "holder", "secondary". `status`: "invited", "active", "locked". Services by code.

    `called` and `name` are the first and the whole name, and as much more as it takes to tell the
    person apart from the others of the household (`storage.names.called`).

    Codes and resets go to `proved_email`: the address before `email` until the person has
    confirmed that one, or until `email_counts_at`.
    """

    id: int
    household_id: int
    role: str
    status: str
    seat: int
    first_name: str
    last_name: str
    email: str
    proved_email: str
    email_counts_at: datetime | None
    language: str
    username: str | None
    services: tuple[str, ...] = ()
    called: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """`called` and `whole` tell people apart as `Member.called` and `Member.name` do."""

    first: str
    last: str
    called: str
    whole: str


def personal(person: Member) -> dict[str, object]:
    """The values about a person that the audit keeps in its erasable part."""
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "proved_email": None if person.status == "invited" else person.proved_email,
        "email_counts_at": person.email_counts_at and person.email_counts_at.isoformat(),
        "language": person.language,
        "status": person.status,
        "role": person.role,
        "services": list(person.services),
    }


def addresses_of(person: Member) -> tuple[str, ...]:
    """Where a person hears of what happens: at a new address, and at the one that counts yet."""
    return tuple(dict.fromkeys((person.email, person.proved_email)))


def is_unconfirmed(person: Member) -> bool:
    """Has nobody said yet that they read the mails at the address on file?"""
    return folded(person.email) != folded(person.proved_email)


def holder_of(people: Iterable[Member]) -> Member:
    return next(person for person in people if person.role == "holder")


Taken = TypeVar("Taken")

_DERIVED = {"services", "called", "name"}
_IS_COUNTING = member.c.confirmed_email.is_(None) | (
    member.c.email_counts_at <= bindparam("of_now")
)
_PROVED = case((_IS_COUNTING, member.c.email), else_=member.c.confirmed_email)
COLUMNS = [
    _PROVED.label(name) if name == "proved_email" else member.c[name]
    for name in Member.__dataclass_fields__
    if name not in _DERIVED
]
_OF = (
    select(*COLUMNS)
    .where(member.c.household_id == bindparam("of_household"), member.c.deleted_at.is_(None))
    .order_by(member.c.seat)
)
_SERVICES = (
    select(access_right.c.member_id, service.c.code)
    .join_from(access_right, service)
    .where(
        access_right.c.member_id.in_(bindparam("of_members", expanding=True)),
        service.c.retired_at.is_(None),
    )
    .order_by(service.c.id)
)


class Members(Repository):
    """Rows only: who may change them, and what must be told, is decided by the callers."""

    def hold(self, household_id: int) -> bool:
        """One change of a household at a time (a row lock; SQLite has one writer anyway).

        False where it was closed, perhaps while this waited.
        """
        held = select(household.c.closed_at).where(household.c.id == household_id).with_for_update()
        return self._connection.execute(held).scalar_one() is None

    def of(self, household_id: int) -> tuple[Member, ...]:
        """Everybody who is not deleted, by seat."""
        of = {"of_household": household_id, "of_now": self._clock()}
        rows = self._connection.execute(_OF, of).all()
        services = self._services([row.id for row in rows])
        people = [Member(*(*row, services.get(row.id, ()))) for row in rows]
        return tuple(
            replace(person, called=called(person, people), name=called(person, people, whole=True))
            for person in people
        )

    def get(self, member_id: int | None) -> Member | None:
        return self._one(member.c.id == member_id)

    def present(self, member_id: int) -> Member:
        """Somebody of whom the caller knows that they are there."""
        person = self.get(member_id)
        assert person is not None, "who was just read, written or let in is there"
        return person

    def home(self, member_id: int) -> int:
        """The household of somebody who is kept, deleted or not."""
        statement = select(member.c.household_id).where(member.c.id == member_id)
        return int(self._connection.execute(statement).scalar_one())

    def names(self, member_ids: Collection[int | None]) -> dict[int | None, Name]:
        """What these people are called, also who was deleted; not who was erased."""
        homes = select(member.c.household_id).where(member.c.id.in_(member_ids))
        statement = select(*COLUMNS).where(member.c.household_id.in_(homes))
        rows = self._connection.execute(statement, {"of_now": self._clock()})
        people = [Member(*row) for row in rows]
        names: dict[int | None, Name] = {}
        for person in people:
            if person.id in member_ids:
                forms = called(person, people), called(person, people, whole=True)
                names[person.id] = Name(person.first_name, person.last_name, *forms)
        return names

    def by_username(self, username: str) -> Member | None:
        return self._one(member.c.username_key == folded(username))

    def is_kept(self, username: str) -> bool:
        """Is it the name of somebody deleted, whom an undo may still bring back?"""
        statement = select(member.c.id).where(
            member.c.username_key == folded(username), member.c.deleted_at.is_not(None)
        )
        return self._connection.scalar(statement) is not None

    def add(self, household_id: int, role: str, **values: Any) -> int:
        """Insert on the lowest free seat; seat 1 is the holder's.

        Raises HouseholdFull, EmailTaken or UsernameTaken.
        """
        row = {**_keyed(values), "household_id": household_id, "role": role}

        def insert(seat: int) -> int:
            return insert_row(self._connection, member, **row, seat=seat, created_at=self._clock())

        return self._on_free_seat(household_id, role, insert)

    def change(self, member_id: int, **values: Any) -> None:
        """Raises EmailTaken or UsernameTaken."""
        try:
            with self._connection.begin_nested():
                self._update(member_id, **_keyed(values))
        except IntegrityError as error:
            raise _refusal(error) from error

    def vacate(self, member_id: int, at: datetime | None = None) -> None:
        """Leave the seat, as deleted members do; now unless a moment is given."""
        self._update(member_id, seat=None, deleted_at=at or self._clock())

    def reseat(self, member_id: int, household_id: int, role: str) -> None:
        """Give somebody who left a seat again; raises HouseholdFull or EmailTaken."""
        row = {"household_id": household_id, "role": role, "deleted_at": None}

        def update(seat: int) -> None:
            self._update(member_id, **row, seat=seat)

        self._on_free_seat(household_id, role, update)

    def set_services(self, member_id: int, codes: Collection[str]) -> None:
        """Exactly these services from now on; raises UnknownService."""
        wanted = set(codes)
        offered = service.c.code.in_(wanted) & service.c.retired_at.is_(None)
        service_ids = self._connection.scalars(select(service.c.id).where(offered))
        rows = [{"member_id": member_id, "service_id": service_id} for service_id in service_ids]
        if len(rows) != len(wanted):
            raise UnknownService
        self._connection.execute(access_right.delete().where(access_right.c.member_id == member_id))
        if rows:
            self._connection.execute(access_right.insert(), rows)

    def _on_free_seat(self, household_id: int, role: str, take: Callable[[int], Taken]) -> Taken:
        """The unique seat decides, not a count: whoever loses a race tries the next one."""
        for seat in self._free_seats(household_id, role):
            try:
                with self._connection.begin_nested():
                    return take(seat)
            except IntegrityError as error:
                if not violates(error, one_per_seat):
                    raise _refusal(error) from error
        raise HouseholdFull

    def _free_seats(self, household_id: int, role: str) -> list[int]:
        of_role = range(1, 2) if role == "holder" else range(2, SEATS + 1)
        statement = select(member.c.seat).where(
            member.c.household_id == household_id, member.c.seat.is_not(None)
        )
        return sorted(set(of_role) - set(self._connection.scalars(statement)))

    def _update(self, member_id: int, **values: Any) -> None:
        self._connection.execute(member.update().where(member.c.id == member_id).values(**values))

    def _one(self, which: ColumnElement[bool]) -> Member | None:
        """Somebody who is not deleted, told apart from everybody they live with.

        For nobody it takes as many looks, so that no stopwatch tells which names there are.
        """
        statement = select(member.c.id, member.c.household_id).where(
            which, member.c.deleted_at.is_(None)
        )
        sought = self._connection.execute(statement).one_or_none()
        people = self.of(sought.household_id if sought else 0)
        return next((person for person in people if sought and person.id == sought.id), None)

    def _services(self, member_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
        codes: dict[int, tuple[str, ...]] = {}
        for member_id, code in self._connection.execute(_SERVICES, {"of_members": member_ids}):
            codes[member_id] = (*codes.get(member_id, ()), code)
        return codes


def _keyed(values: Mapping[str, Any]) -> dict[str, Any]:
    """With the keys under which addresses and user names are compared."""
    keys = {
        f"{name}_key": folded(values[name])
        for name in ("email", "username")
        if values.get(name) is not None
    }
    return {**values, **keys}


def _refusal(error: IntegrityError) -> Exception:
    """What a violated key means to people; any other error stays itself."""
    if violates(error, one_per_email):
        return EmailTaken()
    if violates(error, one_per_username):
        return UsernameTaken()
    return error
