"""The port behind which work is handed out: who works on what, and when.

The rows of the inbox and the outbox are the truth. In one process on SQLite the process looks at
them itself (`embedded.py`); on PostgreSQL an engine hands their work out to however many processes
there are (`postgresql.py`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.chats import ChatKey
from bot.dialogue.inbox import Done


@dataclass(frozen=True, slots=True)
class Lane:
    """Work of one kind. What has the same key is done one thing after the other."""

    name: str
    """As `storage.work` says."""
    work: Callable[[str, int | None], Awaitable[timedelta | None]]
    """Do all that waits under a key, or up to a row of the inbox that somebody waits for.

    Returns how long what has to wait still waits; None: nothing does."""
    left_over: Callable[[], Iterable[str]]
    """The keys under which something is due, by the rows; called in a thread."""
    alone: Callable[[asyncio.Event], Awaitable[None]]
    """Do all work of the lane, by the rows alone, until told to stop: in the only process."""
    end: Callable[[], None] = lambda: None
    """Told where an engine hands out the work, when the process is to end: what is under way is
    finished, and no more of it is begun. `alone` hears it from its event."""


@dataclass(frozen=True, slots=True)
class Round:
    """What is done again and again, in one process at a time; called in a thread."""

    name: str
    work: Callable[[], bool | None]
    """True: there is more to do at once."""
    seconds: float


class Ear(Protocol):
    """Of somebody who waits for the turn of a message."""

    async def hear(self, inbox_id: int) -> Done | None:
        """Wait until something was done in the chat: a turn of this process, or of any (None)."""
        ...


class Engine(Protocol):
    def running(
        self, lanes: Sequence[Lane], rounds: Sequence[Round]
    ) -> AbstractAsyncContextManager[None]:
        """Work as long as the block runs; without lanes only listen to those who do."""
        ...

    def listening(self, chat: ChatKey) -> AbstractContextManager[Ear]:
        """Listen to a chat, before its message is stored."""
        ...

    async def work_off(self, chat: ChatKey) -> Done | None:
        """A message of the chat was stored; the last turn that this process ran at once for it."""
        ...

    async def catch_up(self) -> None:
        """Run what waits in any chat, here, before this returns."""
        ...
