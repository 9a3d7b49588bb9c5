"""What was done in a household, by whom, to whom: the audit as its holder may read it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.audit.past import Past, PastEntry
from storage.audit.tables import audit
from storage.households.members import Members, Name
from storage.transaction import Repository, part


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """`actor_kind`: "holder", "secondary", "self", "link", "system", "operator".

    Names are None for nobody in particular, and for who was erased; the values are then empty.
    `actor` and `target` are names that tell people apart, as in `storage.households.members.Name`.
    `reason` says why something was refused, and of an undo which receipt it took back.
    `undone` is the receipt of the undo that took this change back.
    """

    receipt: str
    at: datetime
    actor_kind: str
    actor: str | None
    action: str
    outcome: str
    reason: str | None
    target_member_id: int | None
    target_first_name: str | None
    target_last_name: str | None
    target: str | None
    before: dict[str, Any]
    after: dict[str, Any]
    undone: str | None

    @property
    def first_name(self) -> str:
        return self.target_first_name or ""

    @property
    def last_name(self) -> str:
        return self.target_last_name or ""


class History(Repository):
    _past = part(Past)
    _members = part(Members)

    def entries(
        self, household_id: int, limit: int = 10, *, actions: Collection[str] = ()
    ) -> tuple[HistoryEntry, ...]:
        """The newest first, only of these kinds where some are given; no verification is one."""
        told = audit.c.action.in_(actions) if actions else audit.c.action != "verified"
        entries = self._past.entries(household_id, told, limit=limit)
        undos = self._past.entries(
            household_id,
            audit.c.action == "undo",
            audit.c.reason.in_([entry.receipt for entry in entries]),
        )
        undone = {undo.reason: undo.receipt for undo in undos}
        people = {entry.actor_member_id for entry in entries} | {
            entry.target_member_id for entry in entries
        }
        names = self._members.names(people - {None})
        return tuple(_told(entry, names, undone.get(entry.receipt)) for entry in entries)


def _told(entry: PastEntry, names: dict[int | None, Name], undone: str | None) -> HistoryEntry:
    actor, target = names.get(entry.actor_member_id), names.get(entry.target_member_id)
    return HistoryEntry(
        receipt=entry.receipt,
        at=entry.at,
        actor_kind=entry.actor_kind,
        actor=actor.called if actor else None,
        action=entry.action,
        outcome=entry.outcome,
        reason=entry.reason,
        target_member_id=entry.target_member_id,
        target_first_name=target.first if target else None,
        target_last_name=target.last if target else None,
        target=target.whole if target else None,
        before=entry.before,
        after=entry.after,
        undone=undone,
    )
