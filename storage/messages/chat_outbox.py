"""Chat messages on their way to a messenger: in order in each chat, chats side by side.

The oldest unsent row of a chat is the only one that may leave; while it waits for another
attempt, the younger ones wait behind it.
"""

from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, or_, select, type_coerce

from storage.addresses import Addresses
from storage.limits import ALBUM, CHAT_PATIENCE, SUPERSEDED
from storage.messages.queue import Queue, Queued, cut, is_unsent
from storage.messages.tables import conversation, flooded_chat, outbox
from storage.statements import claim_name
from storage.table_base import Moment, columns_of
from storage.transaction import part
from storage.work import NOW

KEYBOARD = "keyboard"
"""The kind of `act` that takes used buttons away; without the message there is nothing to do."""

_IS_UNSENT = is_unsent(outbox)


@dataclass(frozen=True, slots=True)
class ChatRow(Queued):
    """One message for a chat; with `removes` it deletes that message of the person instead.

    With `act` it is a copy of an agent's picture or file, the edit of an agent's message, or a sign
    (`storage.messages.signs`).
    """

    conversation_id: int
    chat_id: str
    template: str
    text: str | None
    language: str
    parameters: dict[str, Any]
    buttons: list[dict[str, str]]
    protected: bool
    removes: str | None
    act: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class ChatAlbum(ChatRow):
    """A copy of pictures that an agent has sent together: this row with the `others` of them."""

    others: tuple[int, ...]
    album: tuple[str, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        return (self.id, *self.others)


_FIRST = (
    select(*columns_of(ChatRow, outbox, conversation))
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
_FLOODED = conversation.alias("flooded")
_QUIET_UNTIL = (
    select(case((func.count() > 1, func.max(flooded_chat.c.until))))
    .join(_FLOODED, _FLOODED.c.id == flooded_chat.c.conversation_id)
    .where(_FLOODED.c.channel == conversation.c.channel, _FLOODED.c.bot_id == conversation.c.bot_id)
    .where(flooded_chat.c.until > bindparam("now"))
    .correlate(conversation)
    .scalar_subquery()
)
_OWNER = (
    select(conversation.c.owner, type_coerce(_QUIET_UNTIL, Moment))
    .where(conversation.c.id == bindparam("of_conversation"))
    .with_for_update(of=conversation)  # the sender and a takeover wait for each other
)
_DUE_AT = (
    select(outbox.c.next_attempt_at)
    .where(_IS_UNSENT, outbox.c.conversation_id == bindparam("of_conversation"))
    .order_by(outbox.c.id)
    .limit(1)
)
_SENT_AS = select(outbox.c.sent_as).where(outbox.c.id == bindparam("of_id"))


class ChatOutbox(Queue[ChatRow]):
    """What the sender of one messenger asks of the outbox."""

    _addresses = part(Addresses)

    table = outbox
    patience = CHAT_PATIENCE

    def due(self, channel: str, bot_id: str) -> list[int]:
        """The conversations that may have something to be sent now; `take` decides."""
        values = {"of_channel": channel, "of_bot": bot_id, "now": self._clock()}
        return [number for (number,) in self._connection.execute(_DUE, values)]

    def take(self, conversation_id: int) -> ChatRow | None:
        """The oldest unsent message of a chat, claimed for one attempt; None: not now.

        While an agent has the conversation nothing of the bot leaves: it is superseded.
        """
        values = {"of_conversation": conversation_id, "now": self._clock()}
        owner, quiet_until = self._connection.execute(_OWNER, values).one_or_none() or (None, None)
        if quiet_until is not None:
            return None
        if owner == "agent":
            self.supersede(conversation_id)
        first = self._connection.execute(_FIRST, {"of_conversation": conversation_id}).one_or_none()
        row = None if first is None else self.claim(ChatRow(*first))
        if row is None:
            return None
        try:
            row = self._aimed(row)
        except (
            LookupError,
            TypeError,
            ValueError,
        ) as error:  # it can never leave, and holds up its chat
            self.kill(row, f"{type(error).__name__}: {error}")
            return None
        buttons = self._addresses.on_buttons(row.buttons)
        whole = replace(row, text=self._addresses.filled_in(row.text), buttons=buttons)
        return self._with_album(whole)

    def _with_album(self, row: ChatRow) -> ChatRow:
        """Add what waits of the album that a picture is part of."""
        album = (row.act or {}).get("album")
        if row.act is None or album is None:
            return row
        same = (
            select(outbox.c.id, outbox.c.act)
            .where(_IS_UNSENT, outbox.c.conversation_id == row.conversation_id)
            .where(outbox.c.id > row.id, outbox.c.act["album"].as_string() == album)
        )
        others = self._connection.execute(same.order_by(outbox.c.id).limit(ALBUM - 1)).all()
        if not others:
            return row
        numbers = (row.act["message"], *(act["message"] for _, act in others))
        values = {field.name: getattr(row, field.name) for field in fields(row)}
        return ChatAlbum(**values, others=tuple(row_id for row_id, _ in others), album=numbers)

    def due_in(self, conversation_id: int) -> timedelta | None:
        """How long what waits for a chat has to wait; None: nothing does."""
        due = self._connection.scalar(_DUE_AT, {"of_conversation": conversation_id})
        if due is None:
            return None
        wait: timedelta = due - self._clock()
        return max(wait, self.quiet_for(conversation_id))

    def quiet_for(self, conversation_id: int) -> timedelta:
        """How long the messenger of a chat wants all of them to be left alone."""
        values = {"of_conversation": conversation_id, "now": self._clock()}
        _, until = self._connection.execute(_OWNER, values).one_or_none() or (None, None)
        return NOW if until is None else until - self._clock()

    def flooded(self, conversation_id: int, wait: timedelta) -> None:
        """A messenger wants a chat to be left alone: it waits; with a second one, all chats do."""
        now = self._clock()
        over = (flooded_chat.c.until <= now) | (flooded_chat.c.conversation_id == conversation_id)
        self._connection.execute(flooded_chat.delete().where(over))
        values = {"conversation_id": conversation_id, "until": now + wait}
        claim_name(self._connection, flooded_chat, **values)

    def _aimed(self, row: ChatRow) -> ChatRow:
        """Aim the edit of a message that was on its way: by now its number is known, or not."""
        if row.act is None or "of" not in row.act:
            return row
        number = self._connection.scalar(_SENT_AS, {"of_id": int(row.act["of"])})
        if number is None and row.act["kind"] != KEYBOARD:
            return replace(row, act=None, text=row.act["again"])
        return replace(row, act={"kind": row.act["kind"], "message": number})

    def supersede(self, conversation_id: int) -> list[str]:
        """Give up what the bot had to say and has not yet said; the words of it, in order.

        What is on its way this very moment has left. Messages with secrets are still deleted.
        """
        now = self._clock()
        waits = or_(
            outbox.c.attempts == 0, outbox.c.error.is_not(None), outbox.c.next_attempt_at <= now
        )
        given_up = (
            outbox.update()
            .where(_IS_UNSENT, outbox.c.conversation_id == conversation_id, waits)
            .where(outbox.c.speaker == "bot", outbox.c.removes.is_(None))
            .values(dead_at=now, error=SUPERSEDED)
            .returning(outbox.c.id, outbox.c.text)
        )
        unsaid = sorted(map(tuple, self._connection.execute(given_up)))
        return [text for _, text in unsaid if text]

    def keep(self, conversation_id: int) -> None:
        """What the bot has said and not yet sent may leave although an agent takes over now."""
        waiting = outbox.update().where(_IS_UNSENT, outbox.c.conversation_id == conversation_id)
        self._connection.execute(waiting.values(speaker="agent"))

    def kill_chat(self, conversation_id: int, error: str) -> None:
        """Nobody is there any more: nothing of what waits for this chat can be sent."""
        waiting = outbox.update().where(_IS_UNSENT, outbox.c.conversation_id == conversation_id)
        self._connection.execute(waiting.values(dead_at=self._clock(), error=cut(error)))
