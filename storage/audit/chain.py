"""What was done, by whom, to whom: one chain of keyed hashes per household.

Every entry covers the one before it, and the household keeps a seal of the newest, so that an
entry changed, inserted, moved or cut off is noticed. Personal values stand apart, in
`audit_detail`, held by a salted digest: they can be erased and the chain stays whole.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from storage.audit.macs import Values, receipt_of, sealed
from storage.audit.tables import audit, audit_detail
from storage.audit.verifying import Verifying
from storage.households.tables import household
from storage.identity.sessions import Session
from storage.transaction import Repository, part


@dataclass(frozen=True, slots=True)
class Signature:
    """Who stands behind an entry: a kind, and the member and session where there is one."""

    kind: str
    member_id: int | None = None
    session_id: int | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A past entry, as history and notices tell it."""

    receipt: str
    action: str
    target_member_id: int | None
    at: datetime


class Audit(Repository):
    """Append-only. If an entry cannot be written, the change does not happen."""

    _verifying = part(Verifying)

    def done(
        self,
        household_id: int,
        by: Signature,
        action: str,
        *,
        target: int | None = None,
        before: Values | None = None,
        after: Values | None = None,
        regarding: str | None = None,
    ) -> str:
        """Enter a change that was made; returns its receipt number.

        `regarding` is what it answers: the receipt of an undone change, or a request.
        """
        values = (before, after)
        return self._append(
            household_id, by, action, target=target, reason=regarding, values=values
        )

    def refused(self, session: Session, action: str, reason: str) -> str:
        """Enter that a verified person was refused something; returns the receipt number."""
        by = Signature(session.role, session.member_id, session.id)
        return self._append(session.household_id, by, action, outcome="refused", reason=reason)

    def in_session(self, session_id: int) -> list[AuditEntry]:
        """The changes made in that verified session, oldest first."""
        statement = (
            select(audit.c.receipt, audit.c.action, audit.c.target_member_id, audit.c.at)
            .where(audit.c.session_id == session_id, audit.c.outcome == "done")
            .where(audit.c.target_member_id.is_not(None))
            .order_by(audit.c.id)
        )
        return [AuditEntry(*row) for row in self._connection.execute(statement)]

    def verify(self, household_id: int) -> bool:
        """Is the household's chain whole, from its first entry to its newest?"""
        return self._verifying.is_whole(household_id)

    def _append(
        self,
        household_id: int,
        by: Signature,
        action: str,
        *,
        target: int | None = None,
        outcome: str = "done",
        reason: str | None = None,
        values: tuple[Values | None, Values | None] = (None, None),
    ) -> str:
        previous, seq = self._newest(household_id)
        number = self._next_id()
        entry = {
            "id": number,
            "household_id": household_id,
            "seq": seq + 1,
            "receipt": receipt_of(number),
            "actor_kind": by.kind,
            "actor_member_id": by.member_id,
            "session_id": by.session_id,
            "action": action,
            "target_member_id": target,
            "outcome": outcome,
            "reason": reason,
            "request_id": self.transaction.request_id,
            "at": self._clock(),
            "prev_mac": previous,
        }
        written = sealed(self._keys, entry, *values)
        self._connection.execute(audit.insert(), written.row)
        if written.detail is not None:
            self._connection.execute(audit_detail.insert(), written.detail)
        self._connection.execute(
            household.update().where(household.c.id == household_id).values(audit_head=written.head)
        )
        return receipt_of(number)

    def _newest(self, household_id: int) -> tuple[str, int]:
        """MAC and number of the newest entry; one writer per household from here on."""
        held = select(household.c.id).where(household.c.id == household_id).with_for_update()
        self._connection.execute(held).one()
        newest = (
            select(audit.c.mac, audit.c.seq)
            .where(audit.c.household_id == household_id)
            .order_by(audit.c.seq.desc())
            .limit(1)
        )
        entry = self._connection.execute(newest).one_or_none()
        return ("", 0) if entry is None else (entry.mac, entry.seq)

    def _next_id(self) -> int:
        """The id must be known before the row is written, because the MAC covers it."""
        if self._connection.dialect.name == "postgresql":
            following = select(func.nextval(func.pg_get_serial_sequence("audit", "id")))
        else:
            following = select(func.coalesce(func.max(audit.c.id), 0) + 1)
        return int(self._connection.execute(following).scalar_one())
