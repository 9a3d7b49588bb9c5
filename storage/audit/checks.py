"""When all chains were looked at last, and what that came to: for metrics and the daily look."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.audit.tables import audit_check
from storage.audit.verifying import Verdict
from storage.transaction import Repository


@dataclass(frozen=True, slots=True)
class Check:
    """How much did not hold, how many entries no link reached, and how many links there were."""

    at: datetime
    flaws: int
    unlinked: int
    links: int


class Checks(Repository):
    def last(self) -> Check | None:
        row = self._connection.execute(
            select(audit_check).order_by(audit_check.c.at.desc()).limit(1)
        ).one_or_none()
        return None if row is None else Check(*row)

    def note(self, verdict: Verdict) -> None:
        """Keep what a look at all chains came to, in the place of the one before."""
        self._connection.execute(audit_check.delete())
        self._connection.execute(
            audit_check.insert().values(
                at=self._clock(),
                flaws=len(verdict.flaws),
                unlinked=sum(left.last - left.first + 1 for left in verdict.unlinked),
                links=0 if verdict.reach is None else verdict.reach.link.number,
            )
        )
