"""New households of an import, many at once: every row of every table goes in together."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from storage.audit.founding import First, Founding
from storage.bulk import insert_rows, next_ids
from storage.errors import ImportRefused, Overtaken
from storage.households.actors import Operator
from storage.households.authority import Authority
from storage.households.catalogue import Catalogue
from storage.households.importing.records import HouseholdRecord, MemberRecord
from storage.households.members import Member, personal
from storage.households.tables import access_right, household, member
from storage.identity.lockout import Lockout
from storage.identity.tables import credential
from storage.limits import SEATS
from storage.names import folded
from storage.transaction import Repository, part

_COLUMNS = (
    "id",
    "household_id",
    "role",
    "status",
    "seat",
    "first_name",
    "last_name",
    "email",
    "language",
    "username",
)


@dataclass(slots=True)
class _Rows:
    """What is to be written, by table, and who is locked already."""

    now: datetime
    services: Mapping[str, int]
    households: list[dict[str, Any]] = field(default_factory=list)
    members: list[dict[str, Any]] = field(default_factory=list)
    rights: list[dict[str, Any]] = field(default_factory=list)
    credentials: list[dict[str, Any]] = field(default_factory=list)
    chains: dict[int, list[First]] = field(default_factory=dict)
    locked: list[tuple[str, int]] = field(default_factory=list)

    def add_household(self, household_id: int, record: HouseholdRecord) -> None:
        row = {"id": household_id, "account_number": record.account_number}
        self.households.append({**row, "language": record.language, "created_at": self.now})
        self.chains[household_id] = [First()]

    def add_person(self, person: Member, password_hash: str | None) -> None:
        values = {name: getattr(person, name) for name in _COLUMNS}
        keys = {"email_key": folded(person.email), "username_key": folded(str(person.username))}
        self.members.append({**values, **keys, "created_at": self.now})
        self.rights += [
            {"member_id": person.id, "service_id": self.services[code]} for code in person.services
        ]
        if password_hash is not None:
            row = {"member_id": person.id, "password_hash": password_hash}
            self.credentials.append({**row, "changed_at": self.now})
        if person.status == "locked":
            self.locked.append((str(person.username), person.id))
        self.chains[person.household_id].append(First(person.id, personal(person)))


class Newcomers(Repository):
    _authority = part(Authority)
    _catalogue = part(Catalogue)
    _founding = part(Founding)
    _lockout = part(Lockout)

    def create(self, actor: Operator, records: Sequence[HouseholdRecord]) -> None:
        """Make households of which neither the account nor anybody is there.

        Raises ImportRefused or NotAuthorised, and Overtaken where somebody else was faster.
        """
        if not records:
            return
        services = self._catalogue.numbers()
        for username, reason in _refusals(records, services):
            raise ImportRefused(username, reason)
        ids = next_ids(self._connection, household, len(records))
        mandates = [self._authority.check(actor, "import", number) for number in ids]
        rows = self._rows(dict(zip(ids, records, strict=True)), services)
        chains = self._founding.seal(mandates[0].signature, "import", rows.chains)
        for row in rows.households:
            row["audit_head"] = chains[row["id"]][-1].head
        try:
            self._write(rows)
        except IntegrityError as error:
            raise Overtaken from error
        self._founding.write(chains)
        for username, member_id in rows.locked:
            self._lockout.impose(username, member_id)

    def _rows(self, records: Mapping[int, HouseholdRecord], services: Mapping[str, int]) -> _Rows:
        people = sum(len(record.members) for record in records.values())
        ids = iter(next_ids(self._connection, member, people))
        rows = _Rows(self._clock(), services)
        for household_id, record in records.items():
            rows.add_household(household_id, record)
            seats = iter(range(2, SEATS + 1))
            for person in record.members:
                seat = 1 if person.role == "holder" else next(seats)
                newcomer = _member(
                    person, next(ids), household_id, seat, record.language, services=services
                )
                rows.add_person(newcomer, person.password_hash)
        return rows

    def _write(self, rows: _Rows) -> None:
        insert_rows(self._connection, household, rows.households)
        insert_rows(self._connection, member, rows.members)
        insert_rows(self._connection, access_right, rows.rights)
        insert_rows(self._connection, credential, rows.credentials)


def _member(
    record: MemberRecord,
    number: int,
    household_id: int,
    seat: int,
    language: str,
    *,
    services: Mapping[str, int],
) -> Member:
    return Member(
        id=number,
        household_id=household_id,
        role=record.role,
        status=record.status or "active",
        seat=seat,
        first_name=record.first_name,
        last_name=record.last_name,
        email=record.email,
        proved_email=record.email,
        email_counts_at=None,
        language=record.language or language,
        username=record.username,
        stood=record.status or "active",
        services=tuple(sorted(set(record.rights or ()), key=services.__getitem__)),
    )


def _refusals(
    records: Sequence[HouseholdRecord], services: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    """Who does not fit in, and why: what the rows of a new household cannot be."""
    usernames: set[str] = set()
    for record in records:
        emails: set[str] = set()
        roles = Counter[str]()
        for person in record.members:
            roles[person.role] += 1
            if roles["holder"] > 1 or roles["secondary"] >= SEATS:
                yield person.username, "household_full"
            if folded(person.email) in emails:
                yield person.username, "email_taken"
            if folded(person.username) in usernames:
                yield person.username, "username_taken"
            if not services.keys() >= set(person.rights or ()):
                yield person.username, "unknown_service"
            emails.add(folded(person.email))
            usernames.add(folded(person.username))
        if roles["holder"] != 1:
            yield record.account_number, "no_holder"
