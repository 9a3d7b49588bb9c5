"""Sends what the outbox holds for Telegram: in order in each chat, chats side by side.

A row is claimed, sent, and marked as sent. After a crash in between it is sent again, so that a
message may come twice at the instant of a crash and none is lost.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import ParamSpec, TypeVar
from weakref import WeakValueDictionary

from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.channels.telegram.delivery import SENT, Outcome, deliver, outcome_of
from bot.channels.telegram.desk_delivery import deliver_to_desk, outcome_at_desk
from bot.channels.telegram.messenger import Messenger
from bot.channels.telegram.updates import CHANNEL
from bot.handoff.desk import DeskKey
from storage.database import Database
from storage.handoff.desk_outbox import DeskRow
from storage.messages.chat_outbox import ChatRow
from storage.unit_of_work import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

THREADS = 2
LOOK_SECONDS = 1.0
"""How often the outbox is looked through for what other processes or a crash left."""


class Sender:
    """The only one who speaks to Telegram's chats."""

    def __init__(
        self,
        database: Database,
        bot: Bot,
        bot_id: str,
        messenger: Messenger,
        desk: DeskKey | None = None,
    ) -> None:
        self._database = database
        self._bot = bot
        self._bot_id = bot_id
        self._messenger = messenger
        self._desk = desk
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        # Threads of its own: in a burst, answers must not queue up behind everybody's turns.
        self._threads = ThreadPoolExecutor(THREADS, "sender")
        self._flooded: dict[int, float] = {}
        self._quiet_until = 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Look through the outbox until `stop`."""
        while not stop.is_set():
            try:
                due = await self._in_thread(self._due)
                await asyncio.gather(*(self.send(conversation) for conversation in due))
            except Exception:  # the database may be away for a moment; the rows wait
                log.exception("looking through the outbox failed")
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_SECONDS)

    async def send(self, conversation: int) -> None:
        """Send what waits for a conversation: something was just said in it."""
        async with self._locks.setdefault(conversation, asyncio.Lock()):
            row = await self._in_thread(self._next, conversation)
            while row is not None:
                outcome = await self._attempt(row)
                row = await self._in_thread(self._next, conversation, row, outcome)

    async def _attempt(self, row: ChatRow | DeskRow) -> Outcome:
        try:
            await self._wait_for_quiet()
            sent_as = await self._deliver(row)
        except TelegramError as error:
            return self._after(error, row)
        self._messenger.reached()
        return replace(SENT, sent_as=sent_as)

    async def _deliver(self, row: ChatRow | DeskRow) -> str | None:
        if isinstance(row, DeskRow):
            return await deliver_to_desk(self._bot, row)
        return await deliver(self._bot, row)

    def _after(self, error: TelegramError, row: ChatRow | DeskRow) -> Outcome:
        if isinstance(row, DeskRow):
            outcome = outcome_at_desk(error, row)
        else:
            outcome = outcome_of(error, row)
        log.warning("message %s (%s): %s", row.id, row.template, outcome.remark)
        if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
            self._messenger.failed(error)
        if outcome.wait is not None and isinstance(row, ChatRow):
            self._slow_down(row.conversation_id, outcome.wait.total_seconds())
        return outcome

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

    async def _in_thread(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, partial(work, *args, **named))

    def _due(self) -> list[int]:
        with self._database.read() as uow:
            return uow.chat_outbox.due(CHANNEL, self._bot_id)

    def _is_desk(self, uow: UnitOfWork, conversation: int) -> bool:
        return self._desk is not None and conversation == uow.conversations.ensure(*self._desk)

    def _next(
        self, conversation: int, done: ChatRow | DeskRow | None = None, outcome: Outcome = SENT
    ) -> ChatRow | DeskRow | None:
        """Write down what came of one message and claim the next of its chat."""
        with self._database.write() as uow:
            if done is not None:
                outcome.record(uow, done)
            if self._is_desk(uow, conversation):
                return uow.desk_outbox.take(conversation)
            return uow.chat_outbox.take(conversation)
