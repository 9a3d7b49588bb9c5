"""Reading the audit: what was done, with the personal values where they still stand."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from storage.audit.tables import audit, audit_detail
from storage.names import folded
from storage.transaction import Repository


@dataclass(frozen=True, slots=True)
class PastEntry:
    """An entry; `before` and `after` are empty when there were none, or they are erased."""

    seq: int
    receipt: str
    at: datetime
    actor_kind: str
    actor_member_id: int | None
    action: str
    target_member_id: int | None
    outcome: str
    reason: str | None
    request_id: int | None
    before: dict[str, Any]
    after: dict[str, Any]


_ENTRIES = (
    select(
        audit.c.seq,
        audit.c.receipt,
        audit.c.at,
        audit.c.actor_kind,
        audit.c.actor_member_id,
        audit.c.action,
        audit.c.target_member_id,
        audit.c.outcome,
        audit.c.reason,
        audit.c.request_id,
        audit_detail.c.before,
        audit_detail.c.after,
    )
    .outerjoin_from(audit, audit_detail)
    .order_by(audit.c.seq.desc())
)


class Past(Repository):
    def entries(
        self, household_id: int, *which: ColumnElement[bool], limit: int | None = None
    ) -> list[PastEntry]:
        """Of that household alone, newest first."""
        chosen = _ENTRIES.where(audit.c.household_id == household_id, *which).limit(limit)
        return [_entry(row._asdict()) for row in self._connection.execute(chosen)]

    def done_since(
        self, household_id: int, since: datetime, actions: Collection[str]
    ) -> list[PastEntry]:
        """Changes that were made after that moment, newest first."""
        return self.entries(
            household_id,
            audit.c.at > since,
            audit.c.outcome == "done",
            audit.c.action.in_(actions),
        )

    def former_addresses(self, household_id: int, member_id: int, since: datetime) -> list[str]:
        """The addresses that the person had after that moment, and has no longer."""
        entries = self.entries(
            household_id, audit.c.target_member_id == member_id, audit.c.at > since
        )
        moves = [entry for entry in entries if "email" in entry.before and "email" in entry.after]
        if not moves:
            return []
        former = {folded(move.before["email"]): str(move.before["email"]) for move in moves}
        former.pop(folded(moves[0].after["email"]), None)
        return list(former.values())


def _entry(row: dict[str, Any]) -> PastEntry:
    return PastEntry(**{**row, "before": row["before"] or {}, "after": row["after"] or {}})
