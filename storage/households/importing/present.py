"""What is there already of the households of a file: read for many of them at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.bulk import is_among
from storage.households.importing.records import HouseholdRecord
from storage.households.members import COLUMNS, Member, somebody
from storage.households.rights import Rights, rights_among, rights_of
from storage.households.tables import household, member
from storage.identity.tables import credential
from storage.names import folded
from storage.transaction import Repository


@dataclass(frozen=True, slots=True)
class Home:
    id: int
    language: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Known:
    """`people` by the key of their user name, `kept` the keys of those who were deleted.

    What tells people of a household apart (`Member.called`, `Member.name`) is left out.
    """

    people: Mapping[str, Member]
    kept: Collection[str]
    with_password: Collection[int]

    def knows(self, record: HouseholdRecord) -> bool:
        """Has anybody of it been here before?"""
        keys = {folded(person.username) for person in record.members}
        return not (keys.isdisjoint(self.people) and keys.isdisjoint(self.kept))


class Present(Repository):
    def homes(self, records: Iterable[HouseholdRecord]) -> dict[str, Home]:
        """The households that are there, closed ones too, by account number."""
        numbers = [record.account_number for record in records]
        statement = select(
            household.c.account_number, household.c.id, household.c.language, household.c.closed_at
        ).where(is_among(self._connection, household.c.account_number, numbers))
        return {number: Home(*rest) for number, *rest in self._connection.execute(statement)}

    def known(self, records: Iterable[HouseholdRecord]) -> Known:
        """Who is there of the people of a file, wherever they live."""
        keys = {folded(person.username) for record in records for person in record.members}
        statement = select(*COLUMNS, member.c.username_key, member.c.deleted_at).where(
            is_among(self._connection, member.c.username_key, keys)
        )
        rows = self._connection.execute(statement, {"of_now": self._clock()}).all()
        here = [row for row in rows if row.deleted_at is None]
        rights = self._rights([row.id for row in here])
        people = {row.username_key: somebody(row, rights[row.id]) for row in here}
        kept = frozenset(row.username_key for row in rows if row.deleted_at is not None)
        return Known(people, kept, self._with_password([row.id for row in here]))

    def _rights(self, member_ids: Sequence[int]) -> dict[int, Rights]:
        statement = rights_among(lambda column: is_among(self._connection, column, member_ids))
        rows = self._connection.execute(statement, {"of_now": self._clock()})
        return rights_of(member_ids, rows)

    def _with_password(self, member_ids: Sequence[int]) -> frozenset[int]:
        statement = select(credential.c.member_id).where(
            is_among(self._connection, credential.c.member_id, member_ids)
        )
        return frozenset(self._connection.scalars(statement))
