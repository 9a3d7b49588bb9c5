"""Takes updates in, in whichever way they come: stored first, then worked off, then answered."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

from bot.channels.channel import Incoming, Messenger
from bot.channels.intake import Intake
from bot.channels.sending import Sender
from bot.channels.typing import give_sign, while_typing
from bot.chats import ChatKey
from bot.work.port import Engine

ACKNOWLEDGED_WITHIN = 1.5
"""Seconds after which a tap is taken in without a word, whatever its turn is doing."""


class Receiver:
    """Whatever fetches a messenger's updates, or is called with them, hands them to it."""

    def __init__(
        self, messenger: Messenger, intake: Intake, engine: Engine, sender: Sender
    ) -> None:
        self._messenger = messenger
        self._intake = intake
        self._engine = engine
        self._sender = sender
        self._working: set[asyncio.Task[None]] = set()
        self._next: list[Incoming] = []
        self._storing: asyncio.Task[list[bool]] | None = None

    async def receive(self, updates: Sequence[Any]) -> None:
        """Store updates; when this returns, they may be acknowledged.

        What they ask for is done in the background, chats side by side.
        """
        read = [await self._messenger.read(update) for update in updates]
        incoming = [update for update in read if update is not None]
        if not incoming:
            return
        fresh = await self._stored(incoming)
        chats = dict.fromkeys(message.chat for message in fresh)
        turns = {chat: self._begin(self._work_off(chat)) for chat in chats}
        for message in fresh:
            if message.tap is not None:
                self._begin(self._acknowledge(message.tap, turns[message.chat]))

    async def finish(self, seconds: float) -> None:
        """Wait for the turns under way; what is not done by then runs at the next start."""
        if self._working:
            await asyncio.wait(self._working, timeout=seconds)

    async def _stored(self, incoming: Sequence[Incoming]) -> list[Incoming]:
        """Store updates, and return those that were new.

        What comes while others are being stored is stored together, after them: a burst of
        webhook calls takes a few commits instead of one each.
        """
        start = len(self._next)
        self._next.extend(incoming)
        if start == 0 or self._storing is None:
            self._storing = asyncio.create_task(self._store_next(self._storing))
        stored = await asyncio.shield(self._storing)  # who hangs up must not stop the others
        return [message for message, new in zip(incoming, stored[start:], strict=False) if new]

    async def _store_next(self, before: "asyncio.Task[list[bool]] | None") -> list[bool]:
        """Store all that waits by the time that what came before is done; which were new."""
        if before is not None:
            await asyncio.wait({before})
        updates, self._next = self._next, []
        stored = await asyncio.to_thread(self._intake.receive_all, updates)
        return [new for _, new in stored]

    def _begin(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.create_task(work)
        self._working.add(task)
        task.add_done_callback(self._working.discard)
        return task

    async def _acknowledge(self, tap: str, turn: "asyncio.Task[None]") -> None:
        """Wait for its turn, which may answer the tap in words; not for a slow one."""
        await asyncio.wait({turn}, timeout=ACKNOWLEDGED_WITHIN)
        await give_sign(self._messenger.acknowledge(tap))

    async def _work_off(self, chat: ChatKey) -> None:
        done = await while_typing(self._messenger, chat, self._engine.work_off(chat))
        if done is not None and done.conversation_id is not None:
            await self._sender.send(done.conversation_id)
