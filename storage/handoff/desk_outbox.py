"""What the agents are shown, on its way to their group: one lane for the whole group.

A group takes about 20 messages a minute, edits and new topics included, so that one
request leaves every three seconds. What piles up meanwhile is not lost: the waiting lines of a
case leave together, in their order, in one message. A request that fails holds up its own case
alone, unless the messenger wants the group to be left alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import bindparam, func, select
from sqlalchemy.exc import NoResultFound

from storage.handoff.handoffs import Case, Handoffs
from storage.limits import DESK_PATIENCE, DESK_PAUSE, DESK_TEXT
from storage.messages.queue import Queue, Queued, cut, is_unsent
from storage.messages.tables import conversation, outbox
from storage.transaction import part

Kind = Literal["card", "refresh", "rename", "line", "copy", "close", "reopen", "ping"]
"""The summary; the same, edited; another name; words; something that is no text; the end of it;
open again; a call to everybody in the group."""


@dataclass(frozen=True, slots=True)
class DeskRow(Queued):
    """One request; `merged` are younger rows that leave with it. Without a topic, one is made."""

    conversation_id: int
    chat_id: str
    case: Case
    kind: str
    text: str
    buttons: list[dict[str, str]]
    act: dict[str, Any]
    error: str | None
    merged: tuple[int, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        return (self.id, *self.merged)

    @property
    def is_under_way(self) -> bool:
        """Was it claimed by somebody who has not yet said what came of it?"""
        return self.attempts > 0 and self.error is None

    @property
    def template(self) -> str:
        return f"desk_{self.kind}"

    @property
    def needs_topic(self) -> bool:
        return self.case.topic_id is None and self.kind != "ping"


_COLUMNS = (
    outbox.c.id,
    outbox.c.attempts,
    outbox.c.next_attempt_at,
    conversation.c.chat_id,
    outbox.c.text,
    outbox.c.buttons,
    outbox.c.act,
    outbox.c.error,
)
_MOST_AT_ONCE = 200
_OF_DESK = (
    is_unsent(outbox)
    & (outbox.c.conversation_id == bindparam("of_desk"))
    & outbox.c.act.is_not(None)
)
_WAITING = (
    select(*_COLUMNS)
    .join(conversation, conversation.c.id == outbox.c.conversation_id)
    .where(_OF_DESK)
    .order_by(outbox.c.id)
    .limit(_MOST_AT_ONCE)
)
_OVER = func.coalesce(outbox.c.sent_at, outbox.c.dead_at)
_LAST = (
    select(_OVER)
    .where(outbox.c.conversation_id == bindparam("of_desk"), outbox.c.question.is_(None))
    .where(_OVER.is_not(None))
    .order_by(outbox.c.id.desc())
    .limit(1)
)

_DUE_AT = select(func.min(outbox.c.next_attempt_at)).where(_OF_DESK)


class DeskOutbox(Queue[DeskRow]):
    _handoffs = part(Handoffs)

    table = outbox
    patience = DESK_PATIENCE

    def put(
        self,
        case: Case,
        kind: Kind,
        text: str = "",
        buttons: Sequence[Mapping[str, str]] = (),
        **act: Any,
    ) -> None:
        """Show the agents something about a case; a long text becomes several lines."""
        for line in _parts(text):
            self._put(
                kind="chat",
                channel="desk",
                conversation_id=case.desk_id,
                template=f"desk_{kind}",
                text=line,
                language="",
                parameters={},
                buttons=[dict(button) for button in buttons],
                act={"kind": kind, "case": case.id, **act},
                speaker="desk",
            )

    def take(self, desk_id: int, *, pace: bool = True) -> DeskRow | None:
        """The next request for a desk, claimed for one attempt; None: not now."""
        waiting = self._waiting(desk_id)
        if not waiting or (pace and self._rests(desk_id)):
            return None
        now, held = self._clock(), set[int]()
        for number, row in enumerate(waiting, start=1):
            if row.case.id in held:
                continue
            if row.next_attempt_at <= now:
                return self.claim(row if row.needs_topic else _merged(row, waiting[number:]))
            if row.is_under_way:
                return None
            held.add(row.case.id)
        return None

    def due_in(self, desk_id: int) -> timedelta | None:
        """How long what waits for a desk has to wait; None: nothing does."""
        due = self._connection.scalar(_DUE_AT, {"of_desk": desk_id})
        if due is None:
            return None
        last = self._connection.scalar(_LAST, {"of_desk": desk_id})
        rested = due if last is None else max(due, last + DESK_PAUSE)
        wait: timedelta = rested - self._clock()
        return wait

    def postpone(self, row: DeskRow, error: str, wait: timedelta | None = None) -> None:
        """Try again; where the messenger says how long to wait, that is for the whole group."""
        super().postpone(row, error, wait)
        if wait is not None:
            until = self._clock() + wait
            sooner = _OF_DESK & (outbox.c.next_attempt_at < until)
            values = {"of_desk": row.conversation_id, "next_attempt_at": until}
            self._connection.execute(outbox.update().where(sooner), values)

    def sent(
        self,
        row: DeskRow,
        remark: str | None = None,
        sent_as: str | None = None,
        *,
        rest: timedelta = DESK_PAUSE,
    ) -> None:
        """It left when the attempt began. A new topic is noted; after a rest its row may follow."""
        if row.needs_topic:
            if sent_as is not None:
                self._handoffs.has_topic(row.case.id, sent_as)
            self._change(row.ids, next_attempt_at=self._clock() + rest)
            return
        if row.kind in {"card", "refresh"} and sent_as is not None:
            self._handoffs.has_card(row.case.id, sent_as)
        super().sent(row, remark, sent_as)

    def lost_topic(self, row: DeskRow, error: str) -> None:
        """Somebody deleted the topic: the case gets another, then what waits, and its card."""
        self._handoffs.has_topic(row.case.id, None)
        self.postpone(row, error, DESK_PAUSE)
        newest = (
            select(outbox.c.text, outbox.c.buttons, outbox.c.act)
            .where(outbox.c.conversation_id == row.conversation_id, outbox.c.act.is_not(None))
            .order_by(outbox.c.id.desc())
            .limit(_MOST_AT_ONCE)
        )
        for text, buttons, act in self._connection.execute(newest).all():
            if act.get("case") == row.case.id and act["kind"] in {"card", "refresh"}:
                self.put(row.case, "refresh", text, buttons)
                return

    def _waiting(self, desk_id: int) -> list[DeskRow]:
        """What waits, oldest first; what is about no case that there is, is dead."""
        rows = self._connection.execute(_WAITING, {"of_desk": desk_id}).all()
        cases: dict[int, Case] = {}
        waiting = []
        for row in rows:
            try:
                waiting.append(self._row(desk_id, row, cases))
            except (LookupError, TypeError, ValueError, NoResultFound) as error:
                reason = cut(f"{type(error).__name__}: {error}")
                self._change([row.id], dead_at=self._clock(), error=reason)
        return waiting

    def _row(self, desk_id: int, row: Any, cases: dict[int, Case]) -> DeskRow:
        row_id, attempts, due, chat_id, text, buttons, act, error = row
        kind, case_id = act["kind"], int(act["case"])
        case = cases.setdefault(case_id, cases.get(case_id) or self._handoffs.get(case_id))
        return DeskRow(
            row_id, attempts, due, desk_id, chat_id, case, kind, text or "", buttons, act, error
        )

    def _rests(self, desk_id: int) -> bool:
        """Whether the last request to the group was less than a pause ago."""
        last = self._connection.scalar(_LAST, {"of_desk": desk_id})
        return last is not None and last + DESK_PAUSE > self._clock()


def _merged(first: DeskRow, younger: Iterable[DeskRow]) -> DeskRow:
    """Add the lines of the same case that wait behind a line, as far as one message goes."""
    if first.kind != "line" or first.buttons:
        return first
    merged, text = first.merged, first.text
    for row in younger:
        if row.case.id != first.case.id:
            continue
        longer = f"{text}\n{row.text}"
        if row.kind != "line" or row.buttons or _length(longer) > DESK_TEXT:
            break
        merged, text = (*merged, row.id), longer
    return replace(first, merged=merged, text=text)


def _parts(text: str) -> list[str]:
    """Cut a text so that each part fits one message, whatever its letters are."""
    size = DESK_TEXT // 2
    return [text[start : start + size] for start in range(0, len(text), size)] or [""]


def _length(text: str) -> int:
    """Messengers count UTF-16 code units."""
    return len(text.encode("utf-16-le", "replace")) // 2
