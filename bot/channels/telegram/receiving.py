"""Takes updates in, in whichever way they come: stored first, then worked off, then answered."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.dispatcher import Dispatcher
from bot.channels.intake import ChatKey, Intake
from bot.channels.telegram.administrators import Administrators
from bot.channels.telegram.desk_updates import (
    changes_agents,
    concerns_desk,
    read_desk_update,
)
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.updates import CHANNEL, Incoming, read_update
from bot.handoff.desk import DeskKey

log = logging.getLogger(__name__)

TYPING_AFTER = 0.7
"""Seconds until a chat shows that the bot is typing; most turns are done long before."""

TYPING_AGAIN = 4.0
"""Telegram shows it for five seconds."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The agents' group, and who may speak for it."""

    key: DeskKey
    agents: Administrators


class Receiver:
    """Polling and webhook hand their updates to it."""

    def __init__(
        self,
        bot: Bot,
        bot_id: str,
        intake: Intake,
        dispatcher: Dispatcher,
        sender: Sender,
        *,
        desk: Desk | None = None,
    ) -> None:
        self._desk = desk
        self._bot = bot
        self._bot_id = bot_id
        self._intake = intake
        self._dispatcher = dispatcher
        self._sender = sender
        self._working: set[asyncio.Task[None]] = set()
        self._next: list[Incoming] = []
        self._storing: asyncio.Task[list[bool]] | None = None

    async def receive(self, updates: Sequence[dict[str, Any]]) -> None:
        """Store updates; when this returns, they may be acknowledged.

        What they ask for is done in the background, chats side by side.
        """
        read = [await self._read(update) for update in updates]
        incoming = [one for one in read if one is not None]
        if not incoming:
            return
        fresh = await self._stored(incoming)
        for chat in dict.fromkeys(one.chat for one in fresh):
            self._begin(self._work_off(chat))
        for one in fresh:
            if one.query_id is not None:
                self._begin(self._answer(one.query_id))

    async def _read(self, update: dict[str, Any]) -> Incoming | None:
        """Read an update, from the agents' group or of a person."""
        if self._desk is None or not concerns_desk(update, int(self._desk.key.chat_id)):
            return read_update(update, self._bot_id)
        if changes_agents(update):
            await self._desk.agents.refresh()
            return None
        found = read_desk_update(update, self._desk.key)
        if found is not None and found.person_id:
            await self._desk.agents.look_for(found.person_id)
        return found

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
        return [one for one, new in zip(incoming, stored[start:], strict=False) if new]

    async def _store_next(self, before: "asyncio.Task[list[bool]] | None") -> list[bool]:
        """Store all that waits by the time that what came before is done; which were new."""
        if before is not None:
            await asyncio.wait({before})
        updates, self._next = self._next, []
        stored = await asyncio.to_thread(
            self._intake.receive_all,
            [(one.chat, one.update_id, one.person_id, one.message) for one in updates],
        )
        return [new for _, new in stored]

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _work_off(self, chat: ChatKey) -> None:
        turns = asyncio.create_task(self._dispatcher.work_off(chat))
        wait = TYPING_AFTER
        while not (await asyncio.wait({turns}, timeout=wait))[0]:
            if chat.channel == CHANNEL:
                await self._show_typing(chat)
            wait = TYPING_AGAIN
        done = turns.result()
        if done is not None and done.conversation_id is not None:
            await self._sender.send(done.conversation_id)

    async def _show_typing(self, chat: ChatKey) -> None:
        try:
            await self._bot.send_chat_action(int(chat.chat_id), "typing")
        except TelegramError as error:
            log.info("the typing sign was not shown: %s", error)

    async def _answer(self, query_id: str) -> None:
        """Take the spinner off a tapped button."""
        try:
            await self._bot.answer_callback_query(query_id)
        except TelegramError as error:  # too old, or answered: then there is no spinner either
            log.info("a tapped button was not acknowledged: %s", error)
