"""What becomes of a message on its way out, written once for every lane of the queue.

A row waits until it is due, is claimed for one attempt, and then is sent, waits longer, or is
dead, until an operator has it tried anew or drops it. The claim of a process that died lapses, and
counts as an attempt: nothing is tried for ever. Which row is next, a lane decides: mails, chats,
the agents' desk.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import ColumnElement, Table, Update, bindparam, func, select

from storage.limits import ERROR_LENGTH, SUPERSEDED, Patience
from storage.statements import insert_row
from storage.transaction import Repository
from storage.work import CHATS, MAIL_SHARDS, MAILS, Work


@dataclass(frozen=True, slots=True)
class Queued:
    """A row of any lane: the attempts made before, and when the next may begin.

    Once it is claimed, `next_attempt_at` says when the claim lapses.
    """

    id: int
    attempts: int
    next_attempt_at: datetime

    @property
    def ids(self) -> tuple[int, ...]:
        """All rows that leave with it."""
        return (self.id,)

    @property
    def album(self) -> tuple[str, ...]:
        """The messenger's numbers of pictures that are copied together, in the order of `ids`."""
        return ()


Row = TypeVar("Row", bound=Queued)

UNFINISHED = "none of its attempts came to an end"
"""The error of a row that was claimed again and again, and never heard of."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How a queue does, for operators: what waits, and what could not be sent."""

    waiting: int
    dead: int
    oldest_waiting: datetime | None


def is_unsent(table: Table) -> ColumnElement[bool]:
    return table.c.sent_at.is_(None) & table.c.dead_at.is_(None)


def is_dead(table: Table) -> ColumnElement[bool]:
    """It could not be sent; what an agent overtook or an operator dropped need not be."""
    failed = table.c.sent_at.is_(None) & table.c.dead_at.is_not(None)
    return failed & table.c.dropped_at.is_(None) & table.c.error.is_distinct_from(SUPERSEDED)


def cut(error: str | None) -> str | None:
    """As much of an error or a remark as is kept."""
    return None if error is None else error[:ERROR_LENGTH]


def sending(conversation_id: int | None, receiver: str | None) -> Work:
    """What is to do for a row to leave: of a conversation, or a mail."""
    if conversation_id is not None:
        return Work(CHATS, str(conversation_id))
    return Work(MAILS, (receiver or MAIL_SHARDS)[0])


class Queue(Repository, Generic[Row]):
    table: ClassVar[Table]
    patience: ClassVar[Patience]

    def claim(self, row: Row) -> Row | None:
        """Take a row that is due for one attempt; of all who try, one gets it.

        The attempt must be over before the claim lapses. A row whose attempts are used up, though
        nobody said what came of them, is dead.
        """
        now = self._clock()
        if row.attempts >= self.patience.attempts:
            if row.next_attempt_at <= now:
                self.kill(row, UNFINISHED)
            return None
        lapses = now + self.patience.claim_after(row.attempts)
        values = {
            "of_id": row.id,
            "of_attempts": row.attempts,
            "now": now,
            "attempts": row.attempts + 1,
            "next_attempt_at": lapses,
            "error": None,
        }
        claimed = self._connection.execute(_claim(self.table), values).rowcount == 1
        return replace(row, next_attempt_at=lapses) if claimed else None

    def sent(self, row: Row, remark: str | None = None, sent_as: str | None = None) -> None:
        """It left, when the attempt began; its secrets are blanked.

        `remark` says what is not quite sure about that. Each picture of an album has a number of
        its own in `sent_as`; where some were left out, nobody knows which of them have those.
        """
        began = row.next_attempt_at - self.patience.claim_after(row.attempts)
        number = None if row.album else sent_as
        self._change(row.ids, sent_at=began, sent_as=number, secrets=None, error=cut(remark))
        copies = (sent_as or "").split()
        if row.album and len(copies) == len(row.album):
            for row_id, copy in zip(row.ids, copies, strict=True):
                self._change([row_id], sent_as=copy)

    def postpone(self, row: Row, error: str, wait: timedelta | None = None) -> None:
        """Try again: after `wait` where the other side says so, else with growing pauses.

        When patience is at its end the row is dead.
        """
        if row.attempts + 1 >= self.patience.attempts:
            self.kill(row, error)
            return
        again = self._clock() + (wait or self.patience.pause(row.attempts))
        self._change([row.id], next_attempt_at=again, error=cut(error))

    def kill(self, row: Row, error: str) -> None:
        """It can never be sent; an operator sees it."""
        self._change(row.ids, dead_at=self._clock(), error=cut(error))

    def retry(self, row_id: int) -> bool:
        """Have a dead row sent like a new one, now; False when it is not dead."""
        dead = self.table.update().where(self.table.c.id == row_id, is_dead(self.table))
        alive = dead.values(dead_at=None, attempts=0, next_attempt_at=self._clock())
        lane = self.table.c.conversation_id, self.table.c.receiver
        row = self._connection.execute(alive.returning(*lane)).one_or_none()
        if row is not None:
            self._leave(sending(*row))
        return row is not None

    def drop(self, row_id: int) -> bool:
        """Give a dead row up: its words and secrets are erased, its error is kept."""
        dead = self.table.update().where(self.table.c.id == row_id, is_dead(self.table))
        blank: dict[str, Any] = {
            "text": None,
            "secrets": None,
            "parameters": {},
            "buttons": [],
            "act": None,
        }
        dropped = dead.values(dropped_at=self._clock(), **blank)
        return self._connection.execute(dropped).rowcount == 1

    def counts(self) -> Counts:
        """What waits and what is dead, in all lanes of the table."""
        oldest = func.min(self.table.c.created_at)
        waiting = select(func.count(), oldest).where(is_unsent(self.table))
        dead = select(func.count()).where(is_dead(self.table)).select_from(self.table)
        number, since = self._connection.execute(waiting).one()
        return Counts(number, self._connection.execute(dead).scalar_one(), since)

    def _put(self, *, due: datetime | None = None, **values: Any) -> int:
        """Queue a row, to be sent at once, or when it is `due`; one that has left is only kept."""
        now = self._clock()
        due = due or now
        if values.get("sent_at") is None:
            self._leave(sending(values.get("conversation_id"), values.get("receiver")), due - now)
        return insert_row(
            self._connection, self.table, **values, created_at=now, next_attempt_at=due, attempts=0
        )

    def _change(self, ids: Iterable[int], **values: Any) -> None:
        self._connection.execute(_change(self.table), {"of_ids": list(ids), **values})


@cache
def _claim(table: Table) -> Update:
    return table.update().where(
        table.c.id == bindparam("of_id"),
        table.c.attempts == bindparam("of_attempts"),
        table.c.next_attempt_at <= bindparam("now"),
        is_unsent(table),
    )


@cache
def _change(table: Table) -> Update:
    return table.update().where(table.c.id.in_(bindparam("of_ids", expanding=True)))
