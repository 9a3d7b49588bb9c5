"""Cases that an agent wants to be reminded of at a certain time, open or over."""

from datetime import datetime

from sqlalchemy import select

from storage.handoff.handoffs import Case
from storage.handoff.tables import handoff
from storage.table_base import columns_of
from storage.transaction import Repository


class FollowUps(Repository):
    def put(self, case: Case, at: datetime | None, person_id: str | None) -> None:
        """Remind an agent of a case then, instead of what was wanted before; None: of nothing."""
        wanted = handoff.update().where(handoff.c.id == case.id)
        self._connection.execute(wanted.values(due_at=at, due_for=person_id))

    def due(self, desk_id: int) -> list[Case]:
        """The cases of a desk whose time has come, the earliest first."""
        cases = select(*columns_of(Case, handoff)).where(
            handoff.c.desk_id == desk_id, handoff.c.due_at <= self._clock()
        )
        return [Case(*row) for row in self._connection.execute(cases.order_by(handoff.c.due_at))]
