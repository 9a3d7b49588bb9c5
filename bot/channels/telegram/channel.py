"""The Telegram channel, put together: what `foyer run` starts, serves and stops."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter
from telegram import Bot
from telegram.error import TelegramError

from bot.channels.dispatcher import Dispatcher
from bot.channels.intake import Intake
from bot.channels.telegram.administrators import Administrators
from bot.channels.telegram.menu import set_menu
from bot.channels.telegram.messenger import Messenger
from bot.channels.telegram.polling import WANTED, poll
from bot.channels.telegram.receiving import Desk, Receiver
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.transport import AiohttpRequest
from bot.channels.telegram.updates import CHANNEL
from bot.channels.telegram.webhook import PATH, webhook_router
from bot.dialogue.flows.domain import Command
from bot.handoff.desk import DeskKey
from storage.database import Database

log = logging.getLogger(__name__)

CHECK_SECONDS = 30.0
"""How often Telegram is asked whether it is there."""

RETRY_SECONDS = 5.0
FINISH_SECONDS = 4.0
"""For turns under way when told to stop; ten seconds are allowed in all."""


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """What the channel needs to know. `secret` is what webhooks prove themselves with."""

    token: str
    api_url: str
    mode: Literal["polling", "webhook"]
    public_url: str
    secret: str
    support_group: int | None = None

    @property
    def desk(self) -> DeskKey | None:
        """Where the agents are."""
        if self.support_group is None:
            return None
        return DeskKey(CHANNEL, self.bot_id, str(self.support_group))

    @property
    def bot_id(self) -> str:
        """A token begins with the bot's own id."""
        return self.token.partition(":")[0]


class TelegramChannel:
    """Receives by polling or webhook, and sends."""

    def __init__(
        self,
        settings: TelegramSettings,
        database: Database,
        intake: Intake,
        dispatcher: Dispatcher,
        messenger: Messenger,
        *,
        menu: Sequence[Command],
    ) -> None:
        os.environ.setdefault("PTB_TIMEDELTA", "true")  # durations as the library will have them
        self._requests, self._polls = AiohttpRequest(), AiohttpRequest()
        base = settings.api_url.rstrip("/")
        self._settings = settings
        self._menu = menu
        self._messenger = messenger
        self._bot = Bot(
            settings.token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._requests,
            get_updates_request=self._polls,
        )
        key = settings.desk
        self._agents = Administrators(database, self._bot, key) if key else None
        self._sender = Sender(database, self._bot, settings.bot_id, messenger, key)
        desk = Desk(key, self._agents) if key and self._agents else None
        self._receiver = Receiver(
            self._bot, settings.bot_id, intake, dispatcher, self._sender, desk=desk
        )

    def routers(self) -> list[APIRouter]:
        """Return what the web application serves for Telegram."""
        if self._settings.mode == "polling":
            return []
        return [webhook_router(self._receiver, self._settings.secret)]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Receive and send as long as the block runs."""
        stop = asyncio.Event()
        tasks = [
            asyncio.create_task(self._introduce(stop)),
            asyncio.create_task(self._sender.run(stop)),
            asyncio.create_task(self._watch(stop)),
        ]
        if self._agents is not None:
            tasks.append(asyncio.create_task(self._agents.run(stop)))
        if self._settings.mode == "polling":
            tasks.append(
                asyncio.create_task(
                    poll(self._bot, self._polls, self._receiver, self._messenger, stop)
                )
            )
        try:
            yield
        finally:
            stop.set()
            await self._receiver.finish(FINISH_SECONDS)
            await asyncio.wait(tasks, timeout=FINISH_SECONDS)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for request in (self._requests, self._polls):
                await request.shutdown()

    async def _introduce(self, stop: asyncio.Event) -> None:
        """Set the webhook and the menu, as soon as Telegram can be reached."""
        while not stop.is_set():
            try:
                if self._settings.mode == "webhook":
                    await self._bot.set_webhook(
                        f"{self._settings.public_url}{PATH}",
                        secret_token=self._settings.secret,
                        allowed_updates=WANTED,
                    )
                await set_menu(self._bot, self._menu)
            except TelegramError as error:
                self._messenger.failed(error)
                log.warning("Telegram does not take the webhook or the menu: %s", error)
                await _rest(stop, RETRY_SECONDS)
            else:
                return

    async def _watch(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self._bot.get_me()
                self._messenger.reached()
            except TelegramError as error:
                self._messenger.failed(error)
            await _rest(stop, CHECK_SECONDS)


async def _rest(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
