"""Members of a household: how they are read, seated, and given services."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.exc import IntegrityError

from storage.households.moments import AT_MOMENT
from storage.households.rights import Moments, RightRows, Rights
from storage.households.seats import Seats, refusal
from storage.households.tables import household, member
from storage.names import called, folded
from storage.statements import insert_row
from storage.transaction import Repository, part


@dataclass(frozen=True, slots=True)
class Member:
    """`role`: "holder", "secondary". `status`: "invited", "active", "locked", "suspended".

    `services` by code; those in `ends` fall back at that moment, and what is in `pauses` is one
    again at its own (`storage.households.rights`). `stood` is the status that
    somebody suspended has again at `suspended_until`, or when the holder says so; else the same.

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
    stood: str = ""
    suspended_until: datetime | None = None
    services: tuple[str, ...] = ()
    ends: Moments = ()
    pauses: Moments = ()
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
        "proved_email": None if person.stood == "invited" else person.proved_email,
        "email_counts_at": person.email_counts_at and person.email_counts_at.isoformat(),
        "language": person.language,
        "status": person.status,
        "suspended_until": person.suspended_until and person.suspended_until.isoformat(),
        "role": person.role,
        "services": list(person.services),
        "ends": {code: ends_at.isoformat() for code, ends_at in person.ends},
        "pauses": {code: resumes_at.isoformat() for code, resumes_at in person.pauses},
    }


def addresses_of(person: Member) -> tuple[str, ...]:
    """Where a person hears of what happens: at a new address, and at the one that counts yet."""
    return tuple(dict.fromkeys((person.email, person.proved_email)))


def is_unconfirmed(person: Member) -> bool:
    """Has nobody said yet that they read the mails at the address on file?"""
    return folded(person.email) != folded(person.proved_email)


def holder_of(people: Iterable[Member]) -> Member:
    return next(person for person in people if person.role == "holder")


_NEVER: Mapping[str, datetime] = MappingProxyType({})
_DERIVED = {"services", "ends", "pauses", "called", "name"}
COLUMNS = [
    AT_MOMENT[name].label(name) if name in AT_MOMENT else member.c[name]
    for name in Member.__dataclass_fields__
    if name not in _DERIVED
]
_OF = (
    select(*COLUMNS)
    .where(member.c.household_id == bindparam("of_household"), member.c.deleted_at.is_(None))
    .order_by(member.c.seat)
)


def somebody(row: Sequence[Any], rights: Rights) -> Member:
    """A person by a row of `COLUMNS`, whatever else is in it, and by what they may use."""
    return Member(*(*row[: len(COLUMNS)], rights.services, rights.ends, rights.pauses))


class Members(Repository):
    """Rows only: who may change them, and what must be told, is decided by the callers."""

    _seats = part(Seats)
    _rights = part(RightRows)

    def hold(self, household_id: int) -> bool:
        """One change of a household at a time (a row lock; SQLite has one writer anyway).

        False where it was closed, perhaps while this waited.
        """
        held = select(household.c.closed_at).where(household.c.id == household_id).with_for_update()
        return self._connection.execute(held).scalar_one() is None

    def of(self, household_id: int) -> tuple[Member, ...]:
        """Everybody who is not deleted, by seat."""
        now = self._clock()
        rows = self._connection.execute(_OF, {"of_household": household_id, "of_now": now}).all()
        rights = self._rights.of([row.id for row in rows], now)
        people = [somebody(row, rights[row.id]) for row in rows]
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

        return self._seats.take(household_id, role, insert)

    def change(self, member_id: int, **values: Any) -> None:
        """Whoever is given a status is not suspended any more, unless that is the one.

        Raises EmailTaken or UsernameTaken.
        """
        if "status" in values:
            values = {"status_before": None, "suspended_until": None, **values}
        try:
            with self._connection.begin_nested():
                self._update(member_id, **_keyed(values))
        except IntegrityError as error:
            raise refusal(error) from error

    def vacate(self, member_id: int, at: datetime | None = None) -> None:
        """Leave the seat, as deleted members do; now unless a moment is given."""
        self._update(member_id, seat=None, deleted_at=at or self._clock())

    def reseat(self, member_id: int, household_id: int, role: str) -> None:
        """Give somebody who left a seat again; raises HouseholdFull or EmailTaken."""
        row = {"household_id": household_id, "role": role, "deleted_at": None}

        def update(seat: int) -> None:
            self._update(member_id, **row, seat=seat)

        self._seats.take(household_id, role, update)

    def set_services(
        self,
        member_id: int,
        codes: Collection[str],
        ends: Mapping[str, datetime] = _NEVER,
        pauses: Mapping[str, datetime] = _NEVER,
    ) -> None:
        """Exactly these services from now on, some until a moment, and others from one.

        Raises UnknownService.
        """
        self._rights.write(member_id, codes, ends, pauses)

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


def _keyed(values: Mapping[str, Any]) -> dict[str, Any]:
    """With the keys under which addresses and user names are compared."""
    keys = {
        f"{name}_key": folded(values[name])
        for name in ("email", "username")
        if values.get(name) is not None
    }
    return {**values, **keys}
