"""How fast the messages of one chat are worked off: a token bucket, so many at once, then slower.

The bucket is one moment in the row of its conversation, written with each turn: when it will be
full again (the generic cell rate algorithm). So every process sees it, and it costs no statement.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam

from storage.messages.conversations import Conversations
from storage.messages.inbox import Inbox
from storage.messages.tables import conversation
from storage.transaction import Repository, part

NO_WAIT = timedelta()
_SLOW = conversation.update().where(
    conversation.c.id == bindparam("of_id"), conversation.c.slowed_at.is_(None)
)


@dataclass(frozen=True, slots=True)
class Pace:
    """So many messages at once, then one each `interval`."""

    burst: int
    interval: timedelta

    def wait(self, full_at: datetime | None, now: datetime, *, ahead: int = 0) -> timedelta:
        """How long until one more message may be worked off, after so many that are ahead of it."""
        due = self._full(full_at, now) + self.interval * (ahead + 1 - self.burst)
        return max(due - now, NO_WAIT)

    def spend(self, full_at: datetime | None, now: datetime) -> datetime:
        """When the bucket is full again, after one more message."""
        return self._full(full_at, now) + self.interval

    def _full(self, full_at: datetime | None, now: datetime) -> datetime:
        return now if full_at is None else max(full_at, now)


class Pacing(Repository):
    _conversations = part(Conversations)
    _inbox = part(Inbox)

    def wait(self, chat: tuple[str, str, str], update_id: str, pace: Pace) -> timedelta:
        """How long a message has to wait before it is even taken in; a copy of one never does."""
        if self._inbox.find(*chat, update_id) is not None:
            return NO_WAIT
        known = self._conversations.find(*chat)
        full_at = known.paced_until if known else None
        return pace.wait(full_at, self._clock(), ahead=self._inbox.ahead(*chat))

    def slow(self, conversation_id: int) -> bool:
        """Note that a chat was told to wait; False when it has been told already."""
        values = {"of_id": conversation_id, "slowed_at": self._clock()}
        return self._connection.execute(_SLOW, values).rowcount == 1
