"""What is due at the agents' group first: priorities at its bottleneck.

Of one case what was said keeps its order, so that an urgent word pulls what waits before it
along. What stands beside the words (edits of the card, the transcript, reminders) never does.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import String, bindparam, case, cast, func, literal, select, type_coerce

from storage.handoff.tables import handoff
from storage.messages.queue import is_unsent
from storage.messages.tables import outbox
from storage.table_base import Moment


class Priority(IntEnum):
    """The first comes first."""

    LIVE = 0
    """A word of a customer to the agent who has the conversation."""
    DANGER = 1
    CLAIM = 2
    """What somebody at the desk has done, and what is answered to it."""
    DANGER_CARD = 3
    CARD = 4
    FOLLOWED = 5
    """What is said while nobody has claimed the case, or the bot has it."""
    TRANSCRIPT = 6
    REMINDER = 7
    REDRAWN = 8


_KIND = outbox.c.act["kind"].as_string()
CASE = cast(outbox.c.act["case"].as_string(), String)
_STREAM = case(
    (_KIND.in_(["refresh", "redraw"]), literal("redrawn")),
    (_KIND.in_(["rename", "transcript", "ping"]), _KIND),
    else_=literal("said"),
)
_SAID = _KIND.in_(["word", "copy"])
_IS_HERE = handoff.c.card_id.is_not(None)
_PRIORITY = case(
    (_SAID & (handoff.c.status == "claimed") & handoff.c.lent_at.is_(None), Priority.LIVE.value),
    (_KIND == "alarm", Priority.DANGER.value),
    (_SAID & handoff.c.urgent & (handoff.c.status == "queued") & _IS_HERE, Priority.DANGER.value),
    ((_KIND == "line") & _IS_HERE, Priority.CLAIM.value),
    (_KIND.in_(["card", "word", "line"]) & handoff.c.urgent, Priority.DANGER_CARD.value),
    (_KIND.in_(["card", "refresh"]), Priority.CARD.value),
    (_KIND == "transcript", Priority.TRANSCRIPT.value),
    (_KIND == "ping", Priority.REMINDER.value),
    (_KIND.in_(["redraw", "rename", "close"]), Priority.REDRAWN.value),
    else_=Priority.FOLLOWED.value,
)
_UNDER_WAY = (
    (outbox.c.attempts > 0)
    & outbox.c.error.is_(None)
    & (outbox.c.next_attempt_at > bindparam("now"))
)
OF_DESK = (
    is_unsent(outbox)
    & (outbox.c.conversation_id == bindparam("of_desk"))
    & outbox.c.act.is_not(None)
)
_WAITING = (
    select(
        handoff.c.id,
        _STREAM.label("stream"),
        func.min(_PRIORITY).label("priority"),
        func.min(outbox.c.id).label("first"),
        type_coerce(func.max(outbox.c.next_attempt_at), Moment).label("due_at"),
        func.max(case((_UNDER_WAY, 1), else_=0)).label("under_way"),
        func.max(case((_KIND == "card", 1), else_=0)).label("begins"),
    )
    .select_from(outbox)
    .outerjoin(handoff, cast(handoff.c.id, String) == CASE)
    .where(OF_DESK)
    .group_by(handoff.c.id, "stream")
    .order_by("priority", "first")
)
LOST = (
    select(outbox.c.id)
    .outerjoin(handoff, cast(handoff.c.id, String) == CASE)
    .where(OF_DESK, handoff.c.id.is_(None))
)


@dataclass(frozen=True, slots=True)
class Stream:
    """What waits of a case and keeps its order; `begins`: the card is among it."""

    case_id: int | None
    name: str
    priority: int
    first: int
    due_at: datetime
    under_way: int
    begins: int


def streams(connection: Any, desk_id: int, now: datetime) -> list[Stream]:
    """Return all that waits, the first first; a card that is not there yet is not edited."""
    rows = connection.execute(_WAITING, {"of_desk": desk_id, "now": now})
    waiting = [Stream(*row) for row in rows]
    begin = {stream.case_id for stream in waiting if stream.begins}
    return [s for s in waiting if not (s.name == "redrawn" and s.case_id in begin)]


def rows_of(columns: Any, stream: Stream) -> Any:
    """Return what selects a stream's rows: of reminders, those of all cases."""
    rows = columns.where(OF_DESK, _STREAM.in_([stream.name])).order_by(outbox.c.id)
    return rows if stream.name == "ping" else rows.where(CASE.in_([str(stream.case_id)]))
