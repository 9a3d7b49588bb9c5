"""Chat messages on their way to a messenger: in order in each chat, chats side by side.

The oldest unsent row of a chat is the only one that may leave; while it waits for another
attempt, the younger ones wait behind it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select

from storage.clock import Clock
from storage.limits import (
    CHAT_ATTEMPTS,
    CHAT_CLAIM,
    CHAT_FIRST_RETRY,
    CHAT_LAST_RETRY,
    ERROR_LENGTH,
)
from storage.tables import conversation, outbox


@dataclass(frozen=True, slots=True)
class ChatRow:
    """One message for a chat; with `removes` it deletes that message of the person instead."""

    id: int
    conversation_id: int
    chat_id: str
    template: str
    text: str | None
    buttons: list[dict[str, str]]
    protected: bool
    removes: str | None
    attempts: int
    next_attempt_at: datetime


_IS_UNSENT = (outbox.c.kind == "chat") & outbox.c.sent_at.is_(None) & outbox.c.dead_at.is_(None)
_FIRST = (
    select(
        outbox.c.id,
        outbox.c.conversation_id,
        conversation.c.chat_id,
        outbox.c.template,
        outbox.c.text,
        outbox.c.buttons,
        outbox.c.protected,
        outbox.c.removes,
        outbox.c.attempts,
        outbox.c.next_attempt_at,
    )
    .join(conversation, conversation.c.id == outbox.c.conversation_id)
    .where(_IS_UNSENT, outbox.c.conversation_id == bindparam("of_conversation"))
    .order_by(outbox.c.id)
    .limit(1)
)
_DUE = (
    select(outbox.c.conversation_id)
    .join(conversation, conversation.c.id == outbox.c.conversation_id)
    .where(
        _IS_UNSENT,
        conversation.c.channel == bindparam("of_channel"),
        conversation.c.bot_id == bindparam("of_bot"),
    )
    .where(outbox.c.next_attempt_at <= bindparam("now"))
    .distinct()
)
_CLAIM = outbox.update().where(
    outbox.c.id == bindparam("of_id"), outbox.c.attempts == bindparam("of_attempts"), _IS_UNSENT
)
_CHANGE = outbox.update().where(outbox.c.id == bindparam("of_id"))


class ChatOutbox:
    """What the sender of one messenger asks of the outbox."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def due(self, channel: str, bot_id: str) -> list[int]:
        """The conversations that may have something to be sent now; `take` decides."""
        values = {"of_channel": channel, "of_bot": bot_id, "now": self._clock()}
        return [number for (number,) in self._connection.execute(_DUE, values)]

    def take(self, conversation_id: int) -> ChatRow | None:
        """The oldest unsent message of a chat, claimed for one attempt; None: not now."""
        found = self._connection.execute(_FIRST, {"of_conversation": conversation_id}).one_or_none()
        if found is None:
            return None
        row = ChatRow(*tuple(found))
        now = self._clock()
        if row.next_attempt_at > now:
            return None
        claim = {
            "of_id": row.id,
            "of_attempts": row.attempts,
            "attempts": row.attempts + 1,
            "error": None,
            "next_attempt_at": now + CHAT_CLAIM,
        }
        claimed = self._connection.execute(_CLAIM, claim).rowcount == 1
        return replace(row, next_attempt_at=now + CHAT_CLAIM) if claimed else None

    def sent(self, row: ChatRow, remark: str | None = None) -> None:
        """It left, when the attempt began; `remark` says what is not quite sure about that."""
        self._change(row.id, sent_at=row.next_attempt_at - CHAT_CLAIM, error=_cut(remark))

    def postpone(self, row: ChatRow, error: str, wait: timedelta | None = None) -> None:
        """Try again: after `wait` where the messenger says so, else with growing pauses.

        What could not be sent for about an hour is dead: an operator decides.
        """
        if row.attempts + 1 >= CHAT_ATTEMPTS:
            self.kill(row.id, error)
            return
        pause = wait or min(CHAT_FIRST_RETRY * (1 << min(row.attempts, 10)), CHAT_LAST_RETRY)
        self._change(row.id, next_attempt_at=self._clock() + pause, error=_cut(error))

    def kill(self, outbox_id: int, error: str) -> None:
        """It can never be sent; an operator sees it."""
        self._change(outbox_id, dead_at=self._clock(), error=_cut(error))

    def kill_chat(self, conversation_id: int, error: str) -> None:
        """Nobody is there any more: nothing of what waits for this chat can be sent."""
        waiting = outbox.update().where(_IS_UNSENT, outbox.c.conversation_id == conversation_id)
        self._connection.execute(waiting.values(dead_at=self._clock(), error=_cut(error)))

    def _change(self, outbox_id: int, **values: Any) -> None:
        self._connection.execute(_CHANGE, {"of_id": outbox_id, **values})


def _cut(error: str | None) -> str | None:
    return None if error is None else error[:ERROR_LENGTH]
