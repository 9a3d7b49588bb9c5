"""What is there already of the households of a file: read for many of them at once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.bulk import is_among
from storage.households.import_records import HouseholdRecord
from storage.households.members import Member, Members
from storage.households.tables import household
from storage.identity.tables import credential
from storage.names import folded
from storage.transaction import Repository, part


@dataclass(frozen=True, slots=True)
class Home:
    id: int
    language: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Known:
    """`people` by the key of their user name, `kept` the keys of those who were deleted."""

    people: Mapping[str, Member]
    kept: Collection[str]
    with_password: Collection[int]

    def knows(self, record: HouseholdRecord) -> bool:
        """Has anybody of it been here before?"""
        keys = {folded(person.username) for person in record.members}
        return not (keys.isdisjoint(self.people) and keys.isdisjoint(self.kept))


class Present(Repository):
    _members = part(Members)

    def homes(self, records: Iterable[HouseholdRecord]) -> dict[str, Home]:
        """The households that are there, closed ones too, by account number."""
        numbers = [record.account_number for record in records]
        statement = select(
            household.c.account_number, household.c.id, household.c.language, household.c.closed_at
        ).where(is_among(self._connection, household.c.account_number, numbers))
        return {number: Home(*rest) for number, *rest in self._connection.execute(statement)}

    def known(self, records: Iterable[HouseholdRecord]) -> Known:
        """Who is there of the people of a file, wherever they live."""
        names = [person.username for record in records for person in record.members]
        people, kept = self._members.named(names)
        ids = [person.id for person in people.values()]
        statement = select(credential.c.member_id).where(
            is_among(self._connection, credential.c.member_id, ids)
        )
        return Known(people, kept, frozenset(self._connection.scalars(statement)))
