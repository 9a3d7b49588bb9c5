"""What a channel is: the contract on which receiving, sending and typing are built, once for all.

A channel says how its updates are read, how one row is delivered, and what it can do
(`bot.chats.Capabilities`). Masking, storing, order, pauses and dead letters are not its business
(`docs/how-to/a-channel.md`).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Literal, Protocol, TypeVar

from fastapi import APIRouter

from bot.chats import Capabilities, ChatKey
from bot.dialogue.message import Message
from bot.handoff.desk import DeskKey
from bot.handoff.message import DeskMessage
from bot.inside import Inside
from storage.handoff.desk_rows import DeskRow
from storage.messages.chat_outbox import ChatRow
from storage.messages.queue import Queue
from storage.unit_of_work import UnitOfWork

Row = TypeVar("Row", ChatRow, DeskRow)

Receive = Callable[[Sequence[Any]], Awaitable[None]]
"""Stores updates of a messenger; when it returns they may be acknowledged."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update for a conversation, as the intake stores it."""

    chat: ChatKey
    update_id: str
    """The messenger's own key: a second copy does nothing."""
    person_id: str
    """Who wrote: a session belongs to a chat and a person."""
    message: Message | DeskMessage
    tap: str | None = None
    """What a tapped button is acknowledged with, where the messenger waits for that."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt; `gone` is about the whole chat, `lost` about a case's topic."""

    kind: Literal["sent", "later", "refused", "gone", "lost"]
    remark: str | None = None
    wait: timedelta | None = None
    """How long the messenger wants to be left alone."""
    sent_as: str | None = None
    """The messenger's number of what was sent, where it can be edited."""

    def record(self, uow: UnitOfWork, row: ChatRow | DeskRow) -> None:
        """Write down what came of a row."""
        if isinstance(row, ChatRow) and self.kind == "gone":
            uow.chat_outbox.kill_chat(row.conversation_id, self.remark or "")
        elif isinstance(row, ChatRow):
            self._settle(uow.chat_outbox, row)
            if self.wait is not None:
                uow.chat_outbox.flooded(row.conversation_id, self.wait)
        elif self.kind == "lost":
            uow.desk_outbox.lost_topic(row, self.remark or "")
        elif self.kind == "refused":
            uow.desk_outbox.refused(row, self.remark or "")
        else:
            self._settle(uow.desk_outbox, row)

    def left_out_of(self, row: ChatRow | DeskRow) -> int:
        """Return how many pictures of an album the messenger did not copy, though it did others."""
        if self.kind != "sent" or self.sent_as is None or not row.album:
            return 0
        if isinstance(row, DeskRow) and row.needs_topic:
            return 0  # so far only the topic was made: the album comes next
        return len(row.album) - len(self.sent_as.split())

    def _settle(self, lane: Queue[Row], row: Row) -> None:
        match self.kind:
            case "sent":
                lane.sent(row, self.remark, self.sent_as)
            case "later":
                lane.postpone(row, self.remark or "", self.wait)
            case _:
                lane.kill(row, self.remark or "")


class AgentsGroup(Protocol):
    """The agents' own chat, on the one channel where it is."""

    @property
    def key(self) -> DeskKey: ...

    async def show(self, row: DeskRow) -> Outcome:
        """Make one request of the desk; whatever is raised counts as "later"."""
        ...


class Messenger(Protocol):
    """A channel that sends. What has a body here need not be written by one that lacks it."""

    @property
    def name(self) -> str: ...

    @property
    def bot_id(self) -> str: ...

    @property
    def can(self) -> Capabilities: ...

    @property
    def agents(self) -> AgentsGroup | None:
        return None

    @property
    def address(self) -> str | None:
        """Where people find us there, once that is known; `?start=TOPIC` behind it is a topic."""
        return None

    @property
    def inside(self) -> Inside | None:
        """What pages need that open inside the messenger, where they do (`can.apps`)."""
        return None

    async def read(self, update: Any) -> Incoming | None:
        """Return what an update is for us, or None; no shape of it may raise."""
        ...

    async def deliver(self, row: ChatRow) -> Outcome:
        """Put one message to the messenger; whatever is raised counts as "later"."""
        ...

    async def show_typing(self, chat_id: str) -> None:
        """Show that an answer is being written; asked of those alone that can (`can.typing`)."""
        return

    async def acknowledge(self, tap: str) -> None:
        """Tell the messenger that a tapped button was taken in (`Incoming.tap`)."""
        return

    def routers(self, receive: Receive) -> Sequence[APIRouter]:
        """Return what the web application serves for it: a webhook, say."""
        return ()

    async def run(self, receive: Receive) -> None:
        """Do what the channel does on its own, fetch updates, say, until it is cancelled."""
        return

    async def close(self) -> None:
        """Let go of the network, once nothing is sent any more."""
        return

    def report(self) -> dict[str, Any]:
        """Return whether it is `reachable`, with the `error` when it is not."""
        return {"reachable": True}


def numbered(text: str, buttons: Sequence[Mapping[str, str]]) -> str:
    """Return a text with its buttons below it, numbered, for typing."""
    titles = (button["title"] for button in buttons)
    return "\n".join([text, *(f"   [{n}] {title}" for n, title in enumerate(titles, start=1))])


def fitted(row: ChatRow, can: Capabilities) -> ChatRow:
    """Return a row with nothing in it that the channel cannot show."""
    if can.taps or not row.buttons:
        return row
    return replace(row, text=numbered(row.text or "", row.buttons), buttons=[])
