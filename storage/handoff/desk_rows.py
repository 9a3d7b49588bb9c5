"""One request to the agents' group, and what may leave together with it; pure.

The waiting words of a case leave in one message, in their order: behind its card as much as
stays readable there, elsewhere as much as one message takes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from itertools import accumulate
from typing import Any, Literal

from storage.handoff.handoffs import Case
from storage.limits import ALBUM, DESK_CALLS, DESK_OPENING, DESK_TEXT
from storage.messages.queue import Queued

Kind = Literal[
    "card",
    "refresh",
    "redraw",
    "rename",
    "label",
    "alarm",
    "word",
    "line",
    "copy",
    "transcript",
    "close",
    "reopen",
    "call",
    "ping",
]
"""The summary; the same edited, as the case stands otherwise or as it says something else; another
name; another sign of how it stands; danger; what somebody said; what the desk remarks; something
that is no text; what was said before; the end of the case; open again; a colleague who is called to
it; what everybody may read in between: a reminder of somebody who waits, an answer about all
cases."""

OUTSIDE = frozenset({"alarm", "call", "ping"})
"""What needs no topic: where there is none, all agents read it."""
_TEXTS = frozenset({"word", "line", "transcript"})
_HEADS = frozenset({"card", "alarm", *_TEXTS})


NO_CASE = 0
"""The number of what is said to the agents about no case at all."""


def no_case(desk_id: int, now: datetime) -> Case:
    """Return what stands for the desk itself where there is no case."""
    values: dict[str, Any] = dict.fromkeys(field.name for field in fields(Case))
    values |= {"id": NO_CASE, "desk_id": desk_id, "status": "none", "urgent": False}
    return Case(**{**values, "summary": {}, "created_at": now})


@dataclass(frozen=True, slots=True)
class Reminder:
    """A line about a case, and the topic that it leads to."""

    text: str
    topic_id: str | None


@dataclass(frozen=True, slots=True)
class DeskRow(Queued):
    """One request; `merged` are other rows that leave with it. Without a topic, one is made."""

    conversation_id: int
    chat_id: str
    case: Case
    kind: str
    text: str
    buttons: list[dict[str, str]]
    act: dict[str, Any]
    error: str | None
    merged: tuple[int, ...] = ()
    opening: str = ""
    """Of a card: the words that stand below it from the first time that it is shown."""
    album: tuple[str, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    mentions: Mapping[str, str] = field(default_factory=dict)
    """The names of the agents who are called, by their ids."""

    @property
    def ids(self) -> tuple[int, ...]:
        return (self.id, *self.merged)

    @property
    def template(self) -> str:
        return f"desk_{self.kind}"

    @property
    def needs_topic(self) -> bool:
        return self.case.topic_id is None and self.kind not in OUTSIDE

    @property
    def has_other_way(self) -> bool:
        """Whether it can be shown in another way, when it is refused as it is."""
        edits = self.kind in {"refresh", "redraw"} and self.case.card_id is not None
        return edits or "instead" in self.act

    @property
    def shown(self) -> str:
        """The whole text of the message."""
        return f"{self.text}\n{self.opening}" if self.opening else self.text


def gathered(waiting: Sequence[DeskRow]) -> DeskRow:
    """Return the first of what waits of a case, with all that can leave with it."""
    first, younger = waiting[0], waiting[1:]
    if first.kind in {"refresh", "redraw", "rename", "label"}:
        kind = "rename" if any(row.kind == "rename" for row in waiting) else waiting[-1].kind
        merged = tuple(row.id for row in younger)
        return replace(waiting[-1], id=first.id, merged=merged, kind=kind)
    if first.kind == "alarm" and first.case.topic_id is None:
        said = [row.text for row in younger if row.kind == "word"]
        return replace(first, text=cut_to("\n".join([first.text, *said]), DESK_TEXT - DESK_CALLS))
    if first.kind == "copy" and first.act.get("album"):
        return _album(first, younger)
    return _read_together(first, younger) if first.kind in _HEADS else first


def _read_together(first: DeskRow, younger: Iterable[DeskRow]) -> DeskRow:
    """Add the words that wait behind, until there is something else or the message is full."""
    begins = first.kind == "card"
    said, room = ([], DESK_OPENING) if begins else ([first.text], DESK_TEXT)
    merged, buttons = first.merged, first.buttons
    for row in younger:
        longer = "\n".join([*said, row.text])
        if row.kind not in _TEXTS or length(longer) > room or (buttons and row.buttons):
            break
        merged, said, buttons = (*merged, row.id), [*said, row.text], buttons or row.buttons
    text = "\n".join(said)
    if begins:
        return replace(first, merged=merged, opening=text)
    return replace(first, merged=merged, text=text, buttons=buttons)


def fitting(rows: Sequence[DeskRow]) -> list[DeskRow]:
    """Return as many of these as one message takes, and the first in any case."""
    room_for_all = DESK_TEXT - DESK_CALLS
    room = accumulate(length(f"{row.text}\n") for row in rows)
    return [row for row, used in zip(rows, room, strict=True) if used <= room_for_all] or [
        *rows[:1]
    ]


def _album(first: DeskRow, younger: Iterable[DeskRow]) -> DeskRow:
    """Add the other pictures of the album that were sent right behind it."""
    rows = [first]
    for row in younger:
        same = row.kind == "copy" and row.act.get("album") == first.act["album"]
        if not same or len(rows) == ALBUM:
            break
        rows.append(row)
    if len(rows) == 1:
        return first
    numbers = tuple(str(row.act["message"]) for row in rows)
    return replace(first, merged=tuple(row.id for row in rows[1:]), album=numbers)


def parts(text: str) -> list[str]:
    """Cut a text so that each part fits one message, whatever its letters are."""
    size = DESK_TEXT // 2
    return [text[start : start + size] for start in range(0, len(text), size)] or [""]


def length(text: str) -> int:
    """Messengers count UTF-16 code units."""
    return len(text.encode("utf-16-le", "replace")) // 2


def cut_to(text: str, longest: int) -> str:
    """As much of a text as fits."""
    return text.encode("utf-16-le", "replace")[: 2 * longest].decode("utf-16-le", "ignore")
