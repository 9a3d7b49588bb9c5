"""An agent who says something that is about no single case, and where that is answered.

In the topic of a case it is answered there; elsewhere in the general topic.
"""

from dataclasses import dataclass
from typing import Any

from bot.handoff.desk import AgentsDesk
from storage.handoff.handoffs import Case
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Asking:
    """Answers one agent; `here` is the case of the topic in which they write."""

    uow: UnitOfWork
    desk: AgentsDesk
    desk_id: int
    person_id: str
    who: str
    here: Case | None

    def say(self, phrase: str, **values: Any) -> None:
        """Say something about no case."""
        text = self.desk.showing.words.say(phrase, who=self.who, **values)
        if self.here is not None:
            self.put(self.here, text)
        else:
            self.uow.desk_outbox.answer(self.desk_id, text, self.person_id)

    def put(self, case: Case, text: str) -> None:
        """Say something about a case."""
        if self.here is not None:
            self.uow.desk_outbox.put(self.here, "line", text)
        else:
            self.uow.desk_outbox.put(case, "call", text, agent=self.person_id)
