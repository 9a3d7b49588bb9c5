"""Messages that came in: each stored once, and worked off in the order received."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from storage.limits import ERROR_LENGTH
from storage.messages.tables import inbox
from storage.statements import insert_once
from storage.table_base import columns_of
from storage.transaction import Repository
from storage.work import turns_of


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An update of one chat, masked by its channel; the body is blanked when done."""

    id: int
    channel: str
    bot_id: str
    chat_id: str
    update_id: str
    person_id: str
    body: dict[str, Any] | None
    received_at: datetime
    done_at: datetime | None
    parked_at: datetime | None
    attempts: int
    error: str | None


_OF_CHAT = (
    (inbox.c.channel == bindparam("channel"))
    & (inbox.c.bot_id == bindparam("bot_id"))
    & (inbox.c.chat_id == bindparam("chat_id"))
)
_IS_WAITING = inbox.c.done_at.is_(None) & inbox.c.parked_at.is_(None)
_IS_PARKED = inbox.c.done_at.is_(None) & inbox.c.parked_at.is_not(None)
_ROW = select(*columns_of(InboxRow, inbox))
_GET = _ROW.where(inbox.c.id == bindparam("of_id"))
_FIND = _ROW.where(_OF_CHAT, inbox.c.update_id == bindparam("update_id"))
_NEXT = _ROW.where(_OF_CHAT, _IS_WAITING).order_by(inbox.c.id).limit(1)
_AHEAD = select(func.count()).where(_OF_CHAT, _IS_WAITING).select_from(inbox)
_FINISH = inbox.update().where(inbox.c.id == bindparam("of_id"), inbox.c.done_at.is_(None))
_PARKED = _ROW.where(_IS_PARKED).order_by(inbox.c.id)
_CHANGE = inbox.update().where(inbox.c.id == bindparam("of_id"))


class Inbox(Repository):
    def put(  # noqa: PLR0917 - the four parts of the key, who said it, and what
        self,
        channel: str,
        bot_id: str,
        chat_id: str,
        update_id: str,
        person_id: str,
        body: dict[str, Any],
    ) -> tuple[int, bool]:
        """The row's id and whether it is new; a second copy of an update does nothing."""
        values = {
            "channel": channel,
            "bot_id": bot_id,
            "chat_id": chat_id,
            "update_id": update_id,
            "person_id": person_id,
            "body": body,
            "received_at": self._clock(),
            "attempts": 0,
        }
        new = insert_once(self._connection, inbox, values)
        if new is not None:
            self._leave(turns_of(channel, bot_id, chat_id), row=new)
            return new, True
        earlier = self.find(channel, bot_id, chat_id, update_id)
        assert earlier is not None, "an update that conflicts is there"
        return earlier.id, False

    def get(self, inbox_id: int) -> InboxRow | None:
        return self._one(_GET, {"of_id": inbox_id})

    def find(self, channel: str, bot_id: str, chat_id: str, update_id: str) -> InboxRow | None:
        key = {"channel": channel, "bot_id": bot_id, "chat_id": chat_id, "update_id": update_id}
        return self._one(_FIND, key)

    def next(self, channel: str, bot_id: str, chat_id: str) -> InboxRow | None:
        """The oldest of the chat that is neither done nor parked."""
        return self._one(_NEXT, {"channel": channel, "bot_id": bot_id, "chat_id": chat_id})

    def ahead(self, channel: str, bot_id: str, chat_id: str) -> int:
        """How many messages of the chat wait to be worked off."""
        key = {"channel": channel, "bot_id": bot_id, "chat_id": chat_id}
        return self._connection.execute(_AHEAD, key).scalar_one()

    def waiting(self) -> list[tuple[str, str, str]]:
        """The chats (channel, bot id, chat id) that have something to work off."""
        chats = select(inbox.c.channel, inbox.c.bot_id, inbox.c.chat_id).where(_IS_WAITING)
        rows = self._connection.execute(chats.distinct())
        return [(channel, bot_id, chat_id) for channel, bot_id, chat_id in rows]

    def backlog(self) -> tuple[int, datetime | None]:
        """How many chats wait, and since when the first of them does."""
        chat = (inbox.c.channel, inbox.c.bot_id, inbox.c.chat_id)
        since = select(func.min(inbox.c.received_at)).where(_IS_WAITING).group_by(*chat).subquery()
        column = next(iter(since.c))
        number, oldest = self._connection.execute(select(func.count(), func.min(column))).one()
        return number, oldest

    def totals(self) -> tuple[int, int]:
        """How many messages ever came, and how many of them are parked."""
        parked = select(func.count()).where(_IS_PARKED).select_from(inbox).scalar_subquery()
        received, waiting = self._connection.execute(
            select(func.coalesce(func.max(inbox.c.id), 0), parked)
        ).one()
        return received, waiting

    def finish(self, inbox_id: int) -> bool:
        """Done, and its body blanked; False when it was done before."""
        values = {"of_id": inbox_id, "done_at": self._clock(), "body": None}
        return self._connection.execute(_FINISH, values).rowcount == 1

    def fail(self, inbox_id: int, error: str) -> int:
        """Count one more failed attempt; how many there are now."""
        attempts = inbox.c.attempts + 1
        statement = (
            inbox.update()
            .where(inbox.c.id == inbox_id)
            .values(attempts=attempts, error=error[:ERROR_LENGTH])
            .returning(inbox.c.attempts)
        )
        return int(self._connection.execute(statement).scalar_one())

    def park(self, inbox_id: int, error: str) -> None:
        """Set aside what cannot be worked off, for an operator to look at."""
        self._change(inbox_id, parked_at=self._clock(), error=error[:ERROR_LENGTH])

    def parked(self) -> list[InboxRow]:
        """What was set aside and not yet decided about, in the order received."""
        rows: Iterable[Any] = self._connection.execute(_PARKED)
        return [InboxRow(*row) for row in rows]

    def retry(self, inbox_id: int) -> bool:
        """Have a parked message worked off like a new one; False when it is not parked."""
        row = self.get(inbox_id)
        if row is not None:
            self._leave(turns_of(row.channel, row.bot_id, row.chat_id))
        return self._decide(inbox_id, parked_at=None, attempts=0)

    def drop(self, inbox_id: int) -> bool:
        """Give a parked message up: done, its body blanked, its error kept."""
        return self._decide(inbox_id, done_at=self._clock(), body=None)

    def _decide(self, inbox_id: int, **values: Any) -> bool:
        parked = inbox.update().where(inbox.c.id == inbox_id, _IS_PARKED)
        return self._connection.execute(parked.values(**values)).rowcount == 1

    def _change(self, inbox_id: int, **values: Any) -> None:
        self._connection.execute(_CHANGE, {"of_id": inbox_id, **values})

    def _one(self, statement: Any, values: dict[str, Any]) -> InboxRow | None:
        row = self._connection.execute(statement, values).one_or_none()
        return None if row is None else InboxRow(*row)
