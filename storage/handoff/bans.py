"""Chats that may call no agent for a while: by whom, why, from when until when.

An entry is never changed; lifting it is noted beside it. It is about a chat: nothing of it
touches a household, whose history it is not in.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from storage.handoff.handoffs import Case
from storage.handoff.tables import ban
from storage.limits import BAN_LASTS, BAN_REASON_LENGTH
from storage.statements import insert_row
from storage.table_base import columns_of
from storage.transaction import Repository


@dataclass(frozen=True, slots=True)
class Ban:
    """`case_id` is the case that ended by it; `lifted_by` the name of an agent."""

    case_id: int
    agent_name: str
    reason: str
    created_at: datetime
    ends_at: datetime
    lifted_at: datetime | None
    lifted_by: str | None


_NEWEST = select(*columns_of(Ban, ban)).order_by(ban.c.id.desc()).limit(1)


def is_in_force(now: datetime) -> ColumnElement[bool]:
    """Whether it has neither ended nor been lifted."""
    return (ban.c.ends_at > now) & ban.c.lifted_at.is_(None)


class Bans(Repository):
    def enter(self, case: Case, agent_id: str, agent_name: str, reason: str) -> datetime:
        """The chat of a case may call nobody from now on; until when."""
        now = self._clock()
        insert_row(
            self._connection,
            ban,
            conversation_id=case.conversation_id,
            case_id=case.id,
            agent_id=agent_id,
            agent_name=agent_name,
            reason=reason[:BAN_REASON_LENGTH],
            created_at=now,
            ends_at=now + BAN_LASTS,
        )
        return now + BAN_LASTS

    def in_force(self, conversation_id: int) -> Ban | None:
        """The ban of a chat, if it may call nobody now."""
        return self._first(conversation_id, is_in_force(self._clock()))

    def newest_of(self, conversation_id: int) -> Ban | None:
        """The last ban of a chat, whether it is in force or not."""
        return self._first(conversation_id)

    def since(self, moment: datetime) -> list[Ban]:
        """All that were entered since then, in their order."""
        rows = select(*columns_of(Ban, ban)).where(ban.c.created_at >= moment).order_by(ban.c.id)
        return [Ban(*row) for row in self._connection.execute(rows)]

    def lift(self, conversation_id: int, agent_name: str) -> None:
        """It may call agents again; who allows that is noted."""
        now = self._clock()
        lifted = ban.update().where(ban.c.conversation_id == conversation_id, is_in_force(now))
        self._connection.execute(lifted.values(lifted_at=now, lifted_by=agent_name))

    def _first(self, conversation_id: int, *which: ColumnElement[bool]) -> Ban | None:
        newest = _NEWEST.where(ban.c.conversation_id == conversation_id, *which)
        row = self._connection.execute(newest).one_or_none()
        return Ban(*row) if row else None
