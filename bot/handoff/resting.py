"""A claim that rests: its agent has gone home, and the case goes back to the queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.handoff.desk import AgentsDesk
from bot.handoff.exits import held, to_queue
from bot.handoff.states import can
from storage.database import Database
from storage.handoff.handoffs import Case


def is_silent(case: Case, now: datetime, patience: timedelta) -> bool:
    """Whether the agent of a case has done nothing in it for so long."""
    since = case.acted_at or case.claimed_at
    return since is not None and now - since >= patience


@dataclass(frozen=True, slots=True)
class Rests:
    """Puts cases back whose agents do nothing, in hours or outside of them.

    Where there is no chat nobody is mute: what is done by phone takes its time.
    """

    database: Database
    desk: AgentsDesk
    patience: timedelta

    def look(self) -> None:
        """Look at every open case; each is put back in a transaction of its own."""
        with self.database.read() as uow:
            desk = uow.conversations.find(*self.desk.key)
            cases = uow.handoffs.open_at(desk.id) if desk else []
            now = uow.clock()
        for case in cases:
            if self._rests(case, now):
                self._put_back(case.id)

    def _rests(self, case: Case, now: datetime) -> bool:
        return can(case, "rests") and is_silent(case, now, self.patience)

    def _put_back(self, case_id: int) -> None:
        with self.database.write() as uow:
            conversation = held(uow, uow.handoffs.get(case_id))
            case = uow.handoffs.get(case_id)  # as it is now that it is held
            if self._rests(case, uow.clock()) and self.desk.reaches(conversation):
                to_queue(uow, self.desk, case, "rested")
