"""Sends what the outbox holds for a messenger: in order in each chat, chats side by side.

A row is claimed, sent, and marked as sent. After a crash in between it is sent again, so that a
message may come twice at the instant of a crash and none is lost.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from weakref import WeakValueDictionary

from bot.channels.channel import Messenger, Outcome, fitted
from bot.rounds import rounds
from storage.database import Database
from storage.handoff.desk_outbox import DeskRow
from storage.messages.chat_outbox import ChatRow
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")

log = logging.getLogger(__name__)

THREADS = 2
LOOK_SECONDS = 1.0
"""How often the outbox is looked through for what other processes or a crash left."""


class Sender:
    """The only one who speaks to the chats of a messenger."""

    def __init__(self, database: Database, messenger: Messenger) -> None:
        self._database = database
        self._messenger = messenger
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        # Threads of its own: in a burst, answers must not queue up behind everybody's turns.
        self._threads = ThreadPoolExecutor(THREADS, "sender")
        self._flooded: dict[int, float] = {}
        self._quiet_until = 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Look through the outbox until `stop`."""
        await rounds(self._send_due, LOOK_SECONDS, stop)

    async def _send_due(self) -> None:
        due = await self._in_thread(self._due)
        await asyncio.gather(*(self.send(conversation) for conversation in due))

    async def send(self, conversation: int) -> None:
        """Send what waits for a conversation: something was just said in it."""
        async with self._locks.setdefault(conversation, asyncio.Lock()):
            row = await self._in_thread(self._next, conversation)
            while row is not None:
                outcome = await self._attempt(row)
                row = await self._in_thread(self._next, conversation, (row, outcome))

    async def _attempt(self, row: ChatRow | DeskRow) -> Outcome:
        await self._wait_for_quiet()
        try:
            outcome = await self._deliver(row)
        except Exception as error:  # whatever a delivery raised, it is an attempt that failed
            log.exception("message %s (%s) was not delivered", row.id, row.template)
            return Outcome("later", f"{type(error).__name__}: {error}")
        if outcome.remark is not None:
            log.warning("message %s (%s): %s", row.id, row.template, outcome.remark)
        if outcome.wait is not None and isinstance(row, ChatRow):
            self._slow_down(row.conversation_id, outcome.wait.total_seconds())
        return outcome

    async def _deliver(self, row: ChatRow | DeskRow) -> Outcome:
        if isinstance(row, ChatRow):
            return await self._messenger.deliver(fitted(row, self._messenger.can))
        assert self._messenger.agents is not None, "the row is of its group"
        return await self._messenger.agents.show(row)

    def _slow_down(self, conversation: int, seconds: float) -> None:
        """One chat that is flooded waits alone; a second one, and all do."""
        now = asyncio.get_running_loop().time()
        self._flooded = {chat: end for chat, end in self._flooded.items() if end > now}
        self._flooded[conversation] = now + seconds
        if len(self._flooded) > 1:
            self._quiet_until = max(self._flooded.values())

    async def _wait_for_quiet(self) -> None:
        wait = self._quiet_until - asyncio.get_running_loop().time()
        if wait > 0:
            await asyncio.sleep(wait)

    async def _in_thread(self, work: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *args)

    def _due(self) -> list[int]:
        with self._database.read() as uow:
            return uow.chat_outbox.due(self._messenger.name, self._messenger.bot_id)

    def _is_desk(self, uow: UnitOfWork, conversation: int) -> bool:
        agents = self._messenger.agents
        return agents is not None and conversation == uow.conversations.ensure(*agents.key)

    def _next(
        self, conversation: int, *done: tuple[ChatRow | DeskRow, Outcome]
    ) -> ChatRow | DeskRow | None:
        """Write down what came of one message and claim the next of its chat."""
        with self._database.write() as uow:
            for row, outcome in done:
                outcome.record(uow, row)
            if self._is_desk(uow, conversation):
                return uow.desk_outbox.take(conversation)
            return uow.chat_outbox.take(conversation)
