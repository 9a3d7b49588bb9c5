"""What is due at the agents' group first: priorities at its bottleneck.

Of one case what was said keeps its order, so that an urgent word pulls what waits before it
along. What stands beside the words (edits of the card, the transcript, reminders) never does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection, String, bindparam, case, cast, func, select, type_coerce

from storage.handoff.handoffs import Case
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


_BESIDE = {
    "refresh": "redrawn",
    "redraw": "redrawn",
    "rename": "renamed",
    "label": "renamed",
    "transcript": "before",
    "call": "called",
    "ping": "reminded",
}
"""What keeps no order with the words of its case, by kind."""
TOGETHER = frozenset({"called", "reminded"})
"""Of these, what waits of all cases leaves in one message."""
_OF_KIND = {
    "alarm": Priority.DANGER,
    "call": Priority.CLAIM,
    "reopen": Priority.CLAIM,
    "card": Priority.CARD,
    "refresh": Priority.CARD,
    "transcript": Priority.TRANSCRIPT,
    "ping": Priority.REMINDER,
    "redraw": Priority.REDRAWN,
    "rename": Priority.REDRAWN,
    "label": Priority.REDRAWN,
    "close": Priority.REDRAWN,
}


def priority(kind: str, of: Case) -> Priority:
    """Return how urgent it is to show that of a case, as the case stands now."""
    has_card = of.card_id is not None
    if kind in {"word", "copy"} and of.status == "claimed" and of.lent_at is None:
        return Priority.LIVE
    if kind in {"word", "copy"} and of.urgent and of.status == "queued" and has_card:
        return Priority.DANGER
    if kind == "line" and has_card:
        return Priority.CLAIM
    shows_first = kind == "refresh" and not has_card
    if of.urgent and (shows_first or kind in {"card", "word", "line"}):
        return Priority.DANGER_CARD
    return _OF_KIND.get(kind, Priority.FOLLOWED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """All rows of one kind that wait of a case."""

    case: str | None
    kind: str | None
    first: int
    due_at: datetime
    under_way: int


@dataclass(frozen=True, slots=True)
class Stream:
    """What waits of a case and keeps its order."""

    case: Case
    name: str
    kinds: tuple[str, ...]
    priority: Priority
    first: int
    due_at: datetime
    under_way: bool


_KIND = cast(outbox.c.act["kind"].as_string(), String)
_CASE = cast(outbox.c.act["case"].as_string(), String)
_CLAIMED = (outbox.c.attempts > 0) & outbox.c.error.is_(None)
_UNDER_WAY = _CLAIMED & (outbox.c.next_attempt_at > bindparam("now"))
OF_DESK = (
    is_unsent(outbox)
    & (outbox.c.conversation_id == bindparam("of_desk"))
    & outbox.c.act.is_not(None)
)
_WAITING = (
    select(
        _CASE.label("of_case"),
        _KIND.label("of_kind"),
        func.min(outbox.c.id),
        type_coerce(func.max(outbox.c.next_attempt_at), Moment),
        func.max(case((_UNDER_WAY, 1), else_=0)),
    )
    .where(OF_DESK)
    .group_by("of_case", "of_kind")
)


def waiting(connection: Connection, desk_id: int, now: datetime) -> list[Waiting]:
    """Return what waits for a desk, by case and kind."""
    rows = connection.execute(_WAITING, {"of_desk": desk_id, "now": now})
    return [Waiting(*row) for row in rows]


def streams(groups: Iterable[Waiting], cases: Mapping[str, Case]) -> list[Stream]:
    """Return all that waits of these cases, the first first.

    A card that is not there yet is not edited: what it says by now leaves with it.
    """
    gathered: dict[tuple[str, str], list[Waiting]] = {}
    for group in groups:
        if group.case is None or group.kind is None or group.case not in cases:
            continue
        name = _BESIDE.get(group.kind, "said")
        gathered.setdefault((group.case, name), []).append(group)
    begun = {number for (number, _), rows in gathered.items() if _has_card(rows)}
    ready = [
        _stream(name, rows, cases[number])
        for (number, name), rows in gathered.items()
        if not (name == "redrawn" and number in begun)
    ]
    return sorted(ready, key=lambda stream: (stream.priority, stream.first))


def _has_card(rows: Sequence[Waiting]) -> bool:
    return any(row.kind == "card" for row in rows)


def _stream(name: str, rows: Sequence[Waiting], of: Case) -> Stream:
    return Stream(
        case=of,
        name=name,
        kinds=tuple(str(row.kind) for row in rows),
        priority=min(priority(str(row.kind), of) for row in rows),
        first=min(row.first for row in rows),
        due_at=max(row.due_at for row in rows),
        under_way=any(row.under_way for row in rows),
    )


def rows_of(columns: Any, kinds: Sequence[str], of: Case | None) -> Any:
    """Return what selects the rows of some kinds, of one case or of all."""
    rows = columns.where(OF_DESK, _KIND.in_(kinds)).order_by(outbox.c.id)
    return rows if of is None else rows.where(_CASE.in_([str(of.id)]))


def lost(known: Iterable[str]) -> Any:
    """Return what selects the rows that are about none of these cases, or about nothing."""
    is_known = _CASE.in_(list(known)) & _KIND.is_not(None)
    return select(outbox.c.id).where(OF_DESK, is_known.is_not(True))
