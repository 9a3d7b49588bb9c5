"""Cases in numbers, and those to look through."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.handoff.handoffs import Case
from storage.handoff.tables import handoff
from storage.table_base import columns_of
from storage.transaction import Repository


@dataclass(frozen=True, slots=True)
class CaseTimes:
    """When what happened in a case, and how it was found."""

    created_at: datetime
    agent_name: str | None
    first_answer_at: datetime | None
    claimed_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    satisfaction: int | None


class CaseLists(Repository):
    def newest(self, desk_id: int, most: int) -> list[Case]:
        """The cases of a desk, open or not, newest first."""
        cases = select(*columns_of(Case, handoff)).where(handoff.c.desk_id == desk_id)
        newest = cases.order_by(handoff.c.id.desc()).limit(most)
        return [Case(*row) for row in self._connection.execute(newest)]

    def numbered(self, desk_id: int, number: int) -> Case | None:
        cases = select(*columns_of(Case, handoff)).where(handoff.c.desk_id == desk_id)
        row = self._connection.execute(cases.where(handoff.c.id == number)).one_or_none()
        return Case(*row) if row else None

    def times(self, since: datetime) -> list[CaseTimes]:
        """The times of all cases that began since then, in their order."""
        rows = select(*columns_of(CaseTimes, handoff)).where(handoff.c.created_at >= since)
        return [CaseTimes(*row) for row in self._connection.execute(rows.order_by(handoff.c.id))]
