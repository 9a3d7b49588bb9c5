"""What the agents are shown, on its way to their group: one lane for the whole group.

A group takes about 20 messages a minute, edits and new topics included, so that one
request leaves every three seconds: the most urgent one (`desk_order`), with all that can leave
together with it (`desk_rows`). A request that fails holds up its own case alone, unless the
messenger wants the group to be left alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from storage.handoff.desk_order import (
    OF_DESK,
    TOGETHER,
    Stream,
    Waiting,
    lost,
    rows_of,
    streams,
    waiting,
)
from storage.handoff.desk_rows import DeskRow, Kind, Reminder, fitting, gathered, no_case, parts
from storage.handoff.handoffs import Case, Handoffs
from storage.limits import DESK_PATIENCE, DESK_PAUSE, SUPERSEDED
from storage.messages.queue import Queue
from storage.messages.tables import conversation, outbox
from storage.transaction import part

ABOUT_NOTHING = "there is no such case"
_MOST_AT_ONCE = 200
_COLUMNS = (
    select(
        outbox.c.id,
        outbox.c.attempts,
        outbox.c.next_attempt_at,
        conversation.c.chat_id,
        outbox.c.text,
        outbox.c.buttons,
        outbox.c.act,
        outbox.c.error,
    )
    .join(conversation, conversation.c.id == outbox.c.conversation_id)
    .limit(_MOST_AT_ONCE)
)
_DESK = conversation.c.id == bindparam("of_desk")
_RESTS_UNTIL = select(conversation.c.paced_until).where(_DESK)
_REST = conversation.update().where(_DESK)


_CARDS = frozenset({"card", "refresh", "redraw"})
"""What is the card itself: it fits one message."""
_WORDS = frozenset({"word", "copy"})
"""What somebody said."""


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
        *,
        due: datetime | None = None,
        **act: Any,
    ) -> None:
        """Show the agents something about a case; a long text, but no card, becomes several."""
        for line in [text] if kind in _CARDS else parts(text):
            self._put(
                due=due,
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

    def answer(self, desk_id: int, text: str, person_id: str) -> None:
        """Tell an agent something that is about no case, where all agents read it."""
        self.put(no_case(desk_id, self._clock()), "call", text, agent=person_id)

    def take(self, desk_id: int, *, pace: bool = True) -> DeskRow | None:
        """The next request for a desk, claimed for one attempt; None: not now."""
        now = self._clock()
        streaming = self._streams(desk_id)
        rests_until = self._rests_until(desk_id)
        rests = pace and rests_until is not None and rests_until > now
        if rests or any(stream.under_way for stream in streaming):
            return None
        for stream in streaming:
            row = self._next(desk_id, stream) if stream.due_at <= now else None
            claimed = self.claim(row) if row is not None else None
            if claimed is not None:
                self._connection.execute(
                    _REST, {"of_desk": desk_id, "paced_until": now + DESK_PAUSE}
                )
                return claimed
        return None

    def due_in(self, desk_id: int) -> timedelta | None:
        """How long what waits for a desk has to wait; None: nothing does."""
        due = [stream.due_at for stream in self._streams(desk_id)]
        if not due:
            return None
        first, rests_until = min(due), self._rests_until(desk_id)
        return max(first, rests_until or first) - self._clock()

    def postpone(self, row: DeskRow, error: str, wait: timedelta | None = None) -> None:
        """Try again; where the messenger says how long to wait, that is for the whole group."""
        super().postpone(row, error, wait)
        if wait is not None:
            until = self._clock() + wait
            sooner = OF_DESK & (outbox.c.next_attempt_at < until)
            values = {"of_desk": row.conversation_id, "next_attempt_at": until}
            self._connection.execute(outbox.update().where(sooner), values)

    def sent(self, row: DeskRow, remark: str | None = None, sent_as: str | None = None) -> None:
        """It left when the attempt began. A new topic is noted; then its row may follow."""
        if row.needs_topic:
            if sent_as is not None:
                self._handoffs.has_topic(row.case.id, sent_as)
            self._change(row.ids, next_attempt_at=self._clock(), attempts=row.attempts)
            return
        if row.kind in _CARDS and sent_as is not None:
            self._handoffs.has_card(row.case.id, sent_as, row.opening)
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
            if act.get("case") == row.case.id and act["kind"] in {"card", "refresh", "redraw"}:
                self.put(row.case, "refresh", text, buttons)
                return

    def refused(self, row: DeskRow, error: str) -> None:
        """It can never be shown as it is: what stands `instead` of it is said in its place.

        A card that is there no more is shown anew.
        """
        instead = row.act.get("instead")
        if row.kind in {"refresh", "redraw"} and row.case.card_id is not None:
            self._handoffs.has_card(row.case.id, None, row.opening)
            self.postpone(row, error)
            return
        if instead is None:
            self.kill(row, error)
            return
        again = {"text": instead, "attempts": 0, "next_attempt_at": self._clock(), "error": None}
        for row_id, number in zip(row.ids, row.album or [row.act.get("message")], strict=True):
            act = {"kind": "word", "case": row.case.id, "said": number}
            self._change([row_id], **again, act=act, template="desk_word")

    def said_in(self, case: Case, number: str) -> str | None:
        """The customer's own number of the words that stand in that message of the group.

        Of several the last one's; empty: they have none, None: no words of this case stand there.
        """
        shown = select(outbox.c.act).where(
            outbox.c.conversation_id == case.desk_id, outbox.c.sent_as == number
        )
        acts = self._connection.scalars(shown.order_by(outbox.c.id.desc())).all()
        words = [act for act in acts if act and act["kind"] in _WORDS and act["case"] == case.id]
        if not words or any(act and act["kind"] in _CARDS for act in acts):
            return None
        numbers = (act.get("said") or act.get("message") for act in words)
        return next((str(number) for number in numbers if number), "")

    def case_shown_in(self, desk_id: int, number: str) -> Case | None:
        """The case of which something stands in that message of the group."""
        shown = select(outbox.c.act).where(
            outbox.c.conversation_id == desk_id, outbox.c.sent_as == number
        )
        act = self._connection.scalar(shown.order_by(outbox.c.id.desc()).limit(1))
        known = self._handoffs.some([int(act["case"])]) if act else []
        return known[0] if known else None

    def _streams(self, desk_id: int) -> list[Stream]:
        """What waits, the first first; what is about no case that there is, is dead."""
        groups = waiting(self._connection, desk_id, self._clock())
        cases = {str(case.id): case for case in self._cases(desk_id, _numbers(groups))}
        if any(group.case not in cases or group.kind is None for group in groups):
            about_nothing = list(self._connection.scalars(lost(cases), {"of_desk": desk_id}))
            self._change(about_nothing, dead_at=self._clock(), error=ABOUT_NOTHING)
        return streams(groups, cases)

    def _next(self, desk_id: int, stream: Stream) -> DeskRow | None:
        if stream.name in TOGETHER:
            return self._reminding(self._rows(desk_id, stream.kinds, None))
        row = gathered(self._rows(desk_id, stream.kinds, stream.case))
        if row.kind in _CARDS:
            row = self._drawn(desk_id, row)
        if row.kind != "alarm":
            return row
        first = self._handoffs.on_call(desk_id)  # and all others: danger waits for nobody's duty
        return replace(row, mentions={**first, **self._handoffs.agents(desk_id)})

    def _rows(self, desk_id: int, kinds: Sequence[str], case: Case | None) -> list[DeskRow]:
        statement = rows_of(_COLUMNS, kinds, case)
        fetched = self._connection.execute(statement, {"of_desk": desk_id}).all()
        numbers = [int(row.act["case"]) for row in fetched]
        cases = {each.id: each for each in ([case] if case else self._cases(desk_id, numbers))}
        return [self._row(desk_id, row, cases[int(row.act["case"])]) for row in fetched]

    def _cases(self, desk_id: int, numbers: Sequence[int]) -> list[Case]:
        return [no_case(desk_id, self._clock()), *self._handoffs.some(numbers)]

    def _drawn(self, desk_id: int, row: DeskRow) -> DeskRow:
        """A card is shown as it stands by now, with the words that it began with."""
        if row.kind != "card":
            return replace(row, opening=row.case.opening or "")
        later = self._rows(desk_id, ["refresh", "redraw"], row.case)
        if not later:
            return row
        newest, merged = later[-1], (*row.merged, *(edit.id for edit in later))
        return replace(row, text=newest.text, buttons=newest.buttons, merged=merged)

    def _reminding(self, rows: Sequence[DeskRow]) -> DeskRow | None:
        """All who still wait, in one message with those who are called."""
        now = self._clock()
        stale = [row.id for row in rows if not _waits(row)]
        self._change(stale, dead_at=now, error=SUPERSEDED)
        still = fitting([row for row in rows if _waits(row) and row.next_attempt_at <= now])
        if not still:
            return None
        desk_id = still[0].conversation_id
        agents, called = self._handoffs.agents(desk_id), {row.act.get("agent") for row in still}
        everybody = self._handoffs.called(desk_id) if None in called else {}
        return replace(
            still[0],
            text="\n".join(row.text for row in still),
            merged=tuple(row.id for row in still[1:]),
            reminders=tuple(Reminder(row.text, row.case.topic_id) for row in still),
            mentions={**everybody, **{i: agents[i] for i in agents if i in called}},
        )

    def _row(self, desk_id: int, row: Any, case: Case) -> DeskRow:
        row_id, attempts, due, chat_id, text, buttons, act, error = row
        return DeskRow(
            row_id,
            attempts,
            due,
            desk_id,
            chat_id,
            case,
            str(act.get("kind")),
            text or "",
            buttons,
            act,
            error,
        )

    def _rests_until(self, desk_id: int) -> datetime | None:
        """When the next request to the group may leave; None: there was none yet."""
        until: datetime | None = self._connection.scalar(_RESTS_UNTIL, {"of_desk": desk_id})
        return until


def _numbers(groups: Iterable[Waiting]) -> list[int]:
    """Return the numbers of the cases that something waits of."""
    return [int(group.case) for group in groups if group.case and group.case.isdecimal()]


def _waits(row: DeskRow) -> bool:
    """Whether somebody waits still, as when the reminder was written."""
    return row.case.status == row.act.get("status", row.case.status) and (
        "status" not in row.act or row.case.pinged_at is not None
    )
