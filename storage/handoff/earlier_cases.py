"""What is left to tell of the cases of a chat that are over."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.handoff.handoffs import Case, Outcome
from storage.handoff.tables import handoff
from storage.table_base import columns_of
from storage.transaction import Repository


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """`satisfaction` is from 1 to 5, where somebody rated it."""

    id: int
    created_at: datetime
    outcome: Outcome
    satisfaction: int | None


class EarlierCases(Repository):
    def before(self, case: Case, limit: int) -> list[EarlierCase]:
        """The cases of the same chat before this one, the newest first."""
        over = (
            select(*columns_of(EarlierCase, handoff))
            .where(handoff.c.conversation_id == case.conversation_id, handoff.c.id < case.id)
            .where(handoff.c.outcome.is_not(None))
            .order_by(handoff.c.id.desc())
            .limit(limit)
        )
        return [EarlierCase(*row) for row in self._connection.execute(over)]
