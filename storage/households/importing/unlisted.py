"""Households that a file does not have: compared inside the database, however many there are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Column, MetaData, Table, Text, func, select

from storage.bulk import insert_rows
from storage.households.tables import household
from storage.transaction import Repository

_AT_A_TIME = 5000
_listed = Table(
    "listed_account",
    MetaData(),
    Column("account_number", Text, primary_key=True),
    prefixes=["TEMPORARY"],
)

_is_open = household.c.closed_at.is_(None)


@dataclass(frozen=True, slots=True)
class Missing:
    """Account numbers of open households that were not listed, of so many open ones in all."""

    accounts: tuple[str, ...]
    households: int


class Unlisted(Repository):
    def households(self) -> int:
        """How many are open."""
        count = select(func.count()).select_from(household).where(_is_open)
        return self._connection.execute(count).scalar_one()

    def among(self, listed: Iterable[str]) -> Missing:
        """Which open households are not among these account numbers, each given once.

        For `Database.read`: it makes a table that goes with the transaction.
        """
        _listed.create(self._connection)
        numbers = iter(listed)
        while rows := list(_rows(numbers)):
            insert_rows(self._connection, _listed, rows)
        missing = (
            select(household.c.account_number)
            .outerjoin(_listed, _listed.c.account_number == household.c.account_number)
            .where(_is_open, _listed.c.account_number.is_(None))
            .order_by(household.c.account_number)
        )
        return Missing(tuple(self._connection.scalars(missing)), self.households())


def _rows(numbers: Iterator[str]) -> Iterator[dict[str, str]]:
    for number in islice(numbers, _AT_A_TIME):
        yield {"account_number": number}
