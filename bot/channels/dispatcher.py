"""The dispatcher: works off the inbox, one conversation after the other in its own order.

The rows are the truth (`docs/design.md`): nothing here is needed by another process, and
after a crash `run_waiting` finds what was not done. Turns run in worker threads; those of one
conversation one at a time, conversations side by side.
"""

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from weakref import WeakValueDictionary

from bot.chats import ChatKey
from bot.dialogue.inbox import Done, Early, Turns
from bot.handoff.desk import SUFFIX
from bot.handoff.turns import DeskTurns
from storage.database import Database

log = logging.getLogger(__name__)

ATTEMPTS = 3
PAUSE_AFTER_FAILURE = 1.0
"""Seconds; three attempts are over within three seconds."""
SLICE_SECONDS = 1.0
"""After so long a conversation in which much waits lets others have their turns."""

_FAILED = Done(inbox_id=0, conversation_id=None, replies=())

Pause = Callable[[float], Awaitable[None]]
Heard = Callable[[ChatKey, Done], None]


def _unheard(chat: ChatKey, done: Done) -> None:
    """Nobody waits for turns but who has them run."""


class Dispatcher:
    """Runs turns and parks the messages that three attempts could not work off.

    `desk` works off the agents' topics; without one they wait. `heard` is told of every turn.
    """

    def __init__(
        self,
        database: Database,
        turns: Turns,
        *,
        desk: DeskTurns | None = None,
        pause: Pause = asyncio.sleep,
        heard: Heard = _unheard,
        slice_seconds: float = SLICE_SECONDS,
    ) -> None:
        self._database = database
        self._turns = turns
        self._desk = desk
        self._pause = pause
        self._heard = heard
        self._slice_seconds = slice_seconds
        self._locks: WeakValueDictionary[ChatKey, asyncio.Lock] = WeakValueDictionary()

    async def work_off(self, chat: ChatKey, *, until: int | None = None) -> Done | None:
        """Run the waiting messages of a conversation in the order received.

        `until` is the inbox id of the one that somebody waits for; later ones have their own.
        Returns the last turn that was run here, if any was.
        """
        last, _ = await self._work_off(chat, until, math.inf)
        return last

    async def work_through(self, chat: ChatKey, *, until: int | None) -> timedelta | None:
        """The same, for a while; how long the next one has to wait, None: none does."""
        _, early = await self._work_off(chat, until, time.monotonic() + self._slice_seconds)
        return early.wait if early else None

    async def _work_off(
        self, chat: ChatKey, until: int | None, enough: float
    ) -> tuple[Done | None, Early | None]:
        last = None
        lock = self._locks.setdefault(chat, asyncio.Lock())
        async with lock:
            while (done := await self._run_one(chat)) is not None:
                if isinstance(done, Early):
                    return last, done
                last = done
                self._heard(chat, done)
                if until is not None and done.inbox_id >= until:
                    break
                if time.monotonic() > enough:
                    return last, Early(timedelta())
        return last, None

    async def run_waiting(self) -> None:
        """Run what is waiting in any conversation: after a start, and for what was left over."""
        chats = await asyncio.to_thread(self.waiting)
        await asyncio.gather(*(self.work_off(chat) for chat in chats))

    async def _run_one(self, chat: ChatKey) -> Done | Early | None:
        """Run one turn; None when the conversation has nothing left to do."""
        worker = self._worker(chat)
        if worker is None:
            return None
        try:
            return await asyncio.to_thread(worker.run_next, *chat)
        except Exception as error:  # whatever a message did, the next one must go on
            log.exception("a turn failed", extra={"channel": chat.channel})
            parked = await asyncio.to_thread(self._failed, chat, f"{type(error).__name__}: {error}")
            if not parked:
                await self._pause(PAUSE_AFTER_FAILURE)
            return _FAILED

    def _failed(self, chat: ChatKey, error: str) -> bool:
        """Count the failure; at the third, park the message and apologise."""
        with self._database.write() as uow:
            row = uow.inbox.next(*chat)
            attempts = uow.inbox.fail(row.id, error) if row else 0
        if row is None or attempts < ATTEMPTS:
            return row is None
        worker = self._worker(chat)
        assert worker is not None, "it has just tried"
        try:
            worker.apologise(row, error)
        except Exception:  # no apology may keep the message, and the chat behind it, waiting
            log.exception("a message is parked without a word", extra={"channel": chat.channel})
            with self._database.write() as uow:
                uow.inbox.park(row.id, error)
        return True

    def _worker(self, chat: ChatKey) -> Turns | DeskTurns | None:
        return self._desk if chat.channel.endswith(SUFFIX) else self._turns

    def waiting(self) -> list[ChatKey]:
        """Return the conversations in which something waits."""
        with self._database.read() as uow:
            return [ChatKey(*key) for key in uow.inbox.waiting()]
