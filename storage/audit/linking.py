"""The chain over all households: made beside the changes, so that no change waits for another's.

Once a minute it links what was entered since. A link names an entry of one household; its hash
covers the link before. Whoever restores an older state of a household, with its old head, leaves
a link to an entry that is not there any more; whoever restores an older state of this chain too
cannot restore what a log elsewhere says about its newest link.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, func, select

from storage.audit.judging import Flaw, judge_entries
from storage.audit.macs import link_mac
from storage.audit.tables import audit, audit_detail, audit_link
from storage.audit.verifying import Anchor, Reach
from storage.transaction import Repository

_LOCK = 0x_F0_7E_14  # any number of our own: names the advisory lock of the links
_AT_A_TIME = 8000
"""Entries that one round looks at."""
_OVERLAP = 3000
"""Entries are looked at again that had a number, but no commit yet, when others were linked.

An import draws up to a thousand numbers for one transaction.
"""


class Linking(Repository):
    def link_new(self) -> tuple[Reach | None, tuple[Flaw, ...], bool]:
        """Link the newest entry of every household that has one since; in their order.

        The newest link, if there is a new one; what is not linked, because it does not go on from
        what was; and whether there is more to link.
        """
        if not self._is_alone():
            return None, (), False
        last = self._last()
        flaws, newest = [], None
        for row in self._candidates(0 if last is None else last.entry_id):
            if (flaw := self._judge(row)) is not None:
                flaws.append(flaw)
            else:
                last = newest = self._append(last, row)
        more = newest is not None and self._goes_on(newest.entry_id)
        return newest, tuple(flaws), more

    def _last(self) -> Reach | None:
        newest = select(audit_link).order_by(audit_link.c.number.desc()).limit(1)
        link = self._connection.execute(newest).one_or_none()
        if link is None:
            return None
        reached = self._connection.scalar(select(func.max(audit_link.c.entry_id)))
        return Reach(Anchor(link.number, link.mac), reached or link.entry_id)

    def _candidates(self, reached: int) -> list[Row[Any]]:
        """The newest entry of each household in what is looked at, where no link reaches it."""
        seen = (
            select(audit.c.id, audit.c.household_id, audit.c.seq)
            .where(audit.c.id > reached - _OVERLAP)
            .order_by(audit.c.id)
            .limit(_AT_A_TIME)
            .subquery()
        )
        linked = (
            select(func.coalesce(func.max(audit_link.c.seq), 0))
            .where(audit_link.c.household_id == seen.c.household_id)
            .scalar_subquery()
        )
        newest = (
            select(
                seen.c.household_id,
                func.max(seen.c.seq).label("seq"),
                func.max(seen.c.id).label("entry_id"),
                linked.label("linked"),
            )
            .group_by(seen.c.household_id)
            .having(func.max(seen.c.seq) > linked)
            .order_by(func.max(seen.c.id))
        )
        return list(self._connection.execute(newest))

    def _judge(self, row: Row[Any]) -> Flaw | None:
        """Only what goes on from the entry that was linked last is linked."""
        before = select(audit.c.mac).where(
            audit.c.household_id == row.household_id, audit.c.seq == row.linked
        )
        previous = self._connection.scalar(before) if row.linked else ""
        linked = select(audit_link.c.entry_mac).where(
            audit_link.c.household_id == row.household_id, audit_link.c.seq == row.linked
        )
        if row.linked and self._connection.scalar(linked) != previous:
            return Flaw("lost", row.household_id, row.linked)
        return judge_entries(
            self._keys,
            row.household_id,
            self._since(row),
            linked=row.linked,
            previous=previous or "",
        )

    def _since(self, row: Row[Any]) -> Iterator[Any]:
        entries = (
            select(audit, audit_detail.c.salt, audit_detail.c.before, audit_detail.c.after)
            .outerjoin_from(audit, audit_detail)
            .where(audit.c.household_id == row.household_id)
            .where(audit.c.seq > row.linked, audit.c.seq <= row.seq)
            .order_by(audit.c.seq)
        )
        return iter(self._connection.execute(entries).mappings().all())

    def _append(self, last: Reach | None, row: Row[Any]) -> Reach:
        key = self._keys.names[0]
        entry = select(audit.c.id, audit.c.mac).where(
            audit.c.household_id == row.household_id, audit.c.seq == row.seq
        )
        entry_id, entry_mac = self._connection.execute(entry).one()
        link = {
            "number": 1 if last is None else last.link.number + 1,
            "household_id": row.household_id,
            "entry_id": entry_id,
            "seq": row.seq,
            "entry_mac": entry_mac,
            "at": self._clock(),
            "key_id": key,
            "prev_mac": "" if last is None else last.link.mac,
        }
        mac = link_mac(self._keys, key, link)
        self._connection.execute(audit_link.insert(), {**link, "mac": mac})
        return Reach(Anchor(link["number"], mac), entry_id)

    def _goes_on(self, reached: int) -> bool:
        beyond = select(audit.c.id).where(audit.c.id > reached).limit(1)
        return self._connection.scalar(beyond) is not None

    def _is_alone(self) -> bool:
        """One process links at a time; SQLite has one writer anyway."""
        if self._connection.dialect.name != "postgresql":
            return True
        return bool(self._connection.scalar(select(func.pg_try_advisory_xact_lock(_LOCK))))
