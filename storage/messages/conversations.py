"""Conversations: the folded state of each, and its events (appended, never replayed)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from storage.messages.tables import conversation, conversation_event
from storage.statements import insert_once
from storage.table_base import columns_of
from storage.transaction import Repository


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One chat with one bot. `owner` is "bot", "queue" or "agent"."""

    id: int
    channel: str
    bot_id: str
    chat_id: str
    language: str | None
    owner: str
    awaits_code: bool
    state: dict[str, Any]
    paced_until: datetime | None
    slowed_at: datetime | None
    created_at: datetime


_ROW = select(*columns_of(ConversationRow, conversation))
_FIND = _ROW.where(
    conversation.c.channel == bindparam("channel"),
    conversation.c.bot_id == bindparam("bot_id"),
    conversation.c.chat_id == bindparam("chat_id"),
)
_LOCK = _FIND.with_for_update()  # SQLite has no row locks: there the transaction is the lock
_SAVE = conversation.update().where(conversation.c.id == bindparam("of_id"))
_OWNER = select(conversation.c.owner).where(conversation.c.id == bindparam("of_id"))
_CHAT = select(conversation.c.channel, conversation.c.bot_id, conversation.c.chat_id).where(
    conversation.c.id == bindparam("of_id")
)
_APPEND = conversation_event.insert()
_EVENTS = (
    select(conversation_event.c.event)
    .where(conversation_event.c.conversation_id == bindparam("of_id"))
    .order_by(conversation_event.c.id.desc())
    .limit(bindparam("newest"))
)


class Conversations(Repository):
    def locked(self, channel: str, bot_id: str, chat_id: str) -> ConversationRow:
        """The conversation, made at its first message, held until the transaction ends."""
        key = {"channel": channel, "bot_id": bot_id, "chat_id": chat_id}
        row = self._connection.execute(_LOCK, key).one_or_none()
        if row is None:
            self._create(key)
            row = self._connection.execute(_LOCK, key).one()
        return ConversationRow(*row)

    def ensure(self, channel: str, bot_id: str, chat_id: str) -> int:
        """The id of the conversation, made when it is not there; not held."""
        key = {"channel": channel, "bot_id": bot_id, "chat_id": chat_id}
        row = self.find(**key)
        if row is None:
            self._create(key)
            row = self.find(**key)
        assert row is not None, "it was just made"
        return row.id

    def find(self, channel: str, bot_id: str, chat_id: str) -> ConversationRow | None:
        key = {"channel": channel, "bot_id": bot_id, "chat_id": chat_id}
        row = self._connection.execute(_FIND, key).one_or_none()
        return None if row is None else ConversationRow(*row)

    def save(
        self,
        conversation_id: int,
        *,
        language: str | None,
        awaits_code: bool,
        state: dict[str, Any],
        pace: Mapping[str, datetime | None] | None = None,
    ) -> None:
        """Who owns it is changed by `Handoffs` alone; without a `pace` it stays as it was."""
        values = {
            "of_id": conversation_id,
            "language": language,
            "awaits_code": awaits_code,
            "state": state,
            "updated_at": self._clock(),
            **(pace or {}),
        }
        self._connection.execute(_SAVE, values)

    def owner(self, conversation_id: int) -> str:
        """Who has the conversation now, also by a change of this transaction."""
        owner: str = self._connection.execute(_OWNER, {"of_id": conversation_id}).scalar_one()
        return owner

    def chat_of(self, conversation_id: int) -> tuple[str, str, str] | None:
        """The channel, the bot and the chat; None: it was forgotten."""
        row = self._connection.execute(_CHAT, {"of_id": conversation_id}).one_or_none()
        return None if row is None else (row[0], row[1], row[2])

    def append(self, conversation_id: int, events: Sequence[dict[str, Any]]) -> None:
        now = self._clock()
        rows = [{"conversation_id": conversation_id, "event": event, "at": now} for event in events]
        if rows:
            self._connection.execute(_APPEND, rows)

    def events(self, conversation_id: int, *, limit: int = 1000) -> list[dict[str, Any]]:
        """The newest `limit` events, oldest first."""
        values = {"of_id": conversation_id, "newest": limit}
        return list(self._connection.scalars(_EVENTS, values))[::-1]

    def _create(self, key: dict[str, str]) -> None:
        now = self._clock()
        first = {"owner": "bot", "awaits_code": False, "state": {}}
        values = {**key, **first, "created_at": now, "updated_at": now}
        insert_once(self._connection, conversation, values)
