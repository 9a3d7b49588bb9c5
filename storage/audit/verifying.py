"""Reading the chains to see whether they are whole, and how far the links reach."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain as joined
from typing import Any

from sqlalchemy import Column, ColumnElement, func, select

from storage.audit.judging import Chain, Flaw, judge, judge_links
from storage.audit.macs import Values
from storage.audit.tables import audit, audit_detail, audit_link
from storage.households.tables import household
from storage.transaction import Repository

_HOUSEHOLDS_AT_A_TIME = 500
_ENTRIES = select(
    audit, audit_detail.c.salt, audit_detail.c.before, audit_detail.c.after
).outerjoin_from(audit, audit_detail)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link as it was written down outside of the database."""

    number: int
    mac: str

    @property
    def text(self) -> str:
        """How it is logged, and given to `foyer audit verify --anchor`."""
        return f"{self.number}:{self.mac}"


@dataclass(frozen=True, slots=True)
class Unlinked:
    """Entries of a household that no link reaches yet."""

    household_id: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Reach:
    """The newest link, and the entry (`audit.id`) that it reaches."""

    link: Anchor
    entry_id: int


@dataclass(frozen=True, slots=True)
class Verdict:
    flaws: tuple[Flaw, ...]
    unlinked: tuple[Unlinked, ...]
    reach: Reach | None
    """None while nothing is linked."""
    households: int
    entries: int


class Verifying(Repository):
    def is_whole(self, household_id: int) -> bool:
        """Does everything hold that is known about the household's chain?"""
        [chain] = self._chains(household_id, household_id)
        return judge(self._keys, chain) is None

    def verify(self, anchors: Iterable[Anchor] = (), *, fewest_links: int = 0) -> Verdict:
        """Look at every chain, and at the one over all.

        That one must have these `anchors`, and at least so many links.
        """
        reach = self.reach()
        flaws = list(self._judge_links(anchors))
        if fewest_links > (0 if reach is None else reach.link.number):
            flaws.append(Flaw("anchor", None, fewest_links))
        unlinked, households, entries = [], 0, 0
        for household_chain in self._all():
            households += 1
            entries += len(household_chain.entries)
            flaw = judge(self._keys, household_chain)
            if flaw is not None:
                flaws.append(flaw)
            if left := household_chain.unlinked:
                unlinked.append(Unlinked(household_chain.household_id, left[0], left[-1]))
        return Verdict(tuple(flaws), tuple(unlinked), reach, households, entries)

    def reach(self) -> Reach | None:
        newest = select(audit_link).order_by(audit_link.c.number.desc()).limit(1)
        link = self._connection.execute(newest).one_or_none()
        return None if link is None else Reach(Anchor(link.number, link.mac), link.entry_id)

    def account_numbers(self) -> dict[int, str]:
        """What operators call a household, by its id."""
        rows = self._connection.execute(select(household.c.id, household.c.account_number))
        return dict(map(tuple, rows))

    def entries(self, household_id: int | None = None) -> Iterator[dict[str, Any]]:
        """Every entry with its values, in the order of the chains."""
        chosen = _ENTRIES.order_by(audit.c.household_id, audit.c.seq)
        if household_id is not None:
            chosen = chosen.where(audit.c.household_id == household_id)
        return self._stream(chosen)

    def links(self, household_id: int | None = None) -> Iterator[dict[str, Any]]:
        """The links of the chain over all households, in its order."""
        chosen = select(audit_link).order_by(audit_link.c.number)
        if household_id is not None:
            chosen = chosen.where(audit_link.c.household_id == household_id)
        return self._stream(chosen)

    def _judge_links(self, anchors: Iterable[Anchor]) -> Iterator[Flaw]:
        flaw = judge_links(self._keys, self.links())
        if flaw is not None:
            yield flaw
        for anchor in anchors:
            link = select(audit_link.c.mac).where(audit_link.c.number == anchor.number)
            if self._connection.scalar(link) != anchor.mac:
                yield Flaw("anchor", None, anchor.number)

    def _all(self) -> Iterator[Chain]:
        """Every household that is there, that has entries, or that was ever linked."""
        ids = (household.c.id, audit.c.household_id, audit_link.c.household_id)
        last = max(self._connection.scalar(select(func.max(column))) or 0 for column in ids)
        for first in range(1, last + 1, _HOUSEHOLDS_AT_A_TIME):
            yield from self._chains(first, first + _HOUSEHOLDS_AT_A_TIME - 1)

    def _chains(self, first: int, last: int) -> Iterator[Chain]:
        sealed = select(household.c.id, household.c.audit_head).where(
            household.c.id.between(first, last)
        )
        heads: dict[int, str | None] = dict(map(tuple, self._connection.execute(sealed)))
        entries = self._by_household(_ENTRIES, audit.c.household_id, audit.c.seq, first, last)
        links = self._by_household(
            select(audit_link), audit_link.c.household_id, audit_link.c.number, first, last
        )
        for household_id in sorted({*joined(heads, entries, links)}):
            yield Chain(
                household_id,
                heads.get(household_id),
                entries.get(household_id, ()),
                links.get(household_id, ()),
            )

    def _by_household(
        self, rows: Any, of: Column[int], order: ColumnElement[int], first: int, last: int
    ) -> dict[int, list[Values]]:
        chosen = rows.where(of.between(first, last)).order_by(of, order)
        by_household = defaultdict[int, list[Values]](list)
        for row in self._connection.execute(chosen).mappings():
            by_household[row["household_id"]].append(dict(row))
        return by_household

    def _stream(self, chosen: Any) -> Iterator[dict[str, Any]]:
        """A million rows are not held at once."""
        rows = self._connection.execute(chosen.execution_options(yield_per=1000))
        return map(dict, rows.mappings())
