"""The Telegram channel: what is Telegram's own of receiving and sending."""

import asyncio
import logging
import os
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from fastapi import APIRouter
from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from bot.channels.channel import Incoming, Messenger, Outcome, Receive
from bot.channels.telegram.beside import COPIES
from bot.channels.telegram.delivery import deliver, outcome_of
from bot.channels.telegram.group import Group
from bot.channels.telegram.init_data import MiniApp, script_router
from bot.channels.telegram.menu import Profile
from bot.channels.telegram.polling import WANTED, poll
from bot.channels.telegram.reachability import Reachability, seconds_of
from bot.channels.telegram.transport import AiohttpRequest
from bot.channels.telegram.updates import CHANNEL, read_update
from bot.channels.telegram.webhook import PATH, webhook_router
from bot.chats import Capabilities
from bot.dialogue.flows.tasks import Command
from bot.handoff.desk import DeskKey
from bot.hosts import is_public
from bot.rounds import rounds
from bot.settings import Settings
from bot.texts import Texts
from storage.database import Database
from storage.messages.chat_outbox import ChatRow

log = logging.getLogger(__name__)

CAN = Capabilities(
    taps=True,
    edits=True,
    toasts=True,
    styles=True,
    silence=True,
    menus=True,
    quotes=True,
    reacts=True,
    deletes=True,
    typing=True,
    labels=True,
    copies=COPIES,
)

CHECK_SECONDS = 30.0
"""How often Telegram is asked whether it is there."""

RETRY_SECONDS = 5.0

TAPS_KNOWN = 1000
"""Of so many taps it is known that they were answered in words; then the oldest is forgotten."""

PEOPLE_FIND_US = "https://t.me"
"""Whatever server we speak to: people's own app knows this address."""


class TelegramChannel(Messenger):
    """Receives by polling or webhook."""

    name = CHANNEL
    can = CAN
    bot_id = ""
    agents: Group | None = None
    address: str | None = None
    inside: MiniApp | None = None

    def __init__(
        self,
        settings: Settings,
        database: Database,
        *,
        token: str,
        secrets: Sequence[str],
        menu: Sequence[Command],
        texts: Texts,
    ) -> None:
        """Send nothing yet; webhooks prove themselves with the first of the `secrets`.

        The others are those of keys that were first before: what is on its way still counts.
        """
        os.environ.setdefault("PTB_TIMEDELTA", "true")  # durations as the library will have them
        logging.getLogger("telegram").setLevel(logging.WARNING)  # it would write what people say
        self._requests, self._polls = AiohttpRequest(), AiohttpRequest()
        base = settings.telegram_api_url.rstrip("/")
        links = is_public(settings.address)
        apps = links and settings.address.startswith("https://")  # Telegram opens no others
        self.can = replace(CAN, links=links, apps=apps)
        if apps:
            self.inside = MiniApp(token)
        self._settings = settings
        self._secrets = secrets
        group = settings.telegram_support_group
        agents = None if group is None else (group, settings.agents_language)
        self._profile = Profile(menu, texts, agents)
        self._toasted: deque[str] = deque(maxlen=TAPS_KNOWN)
        self._reach = Reachability()
        self._bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._requests,
            get_updates_request=self._polls,
        )
        self.bot_id = token.partition(":")[0]  # a token begins with it
        if settings.telegram_support_group is not None:
            key = DeskKey(CHANNEL, self.bot_id, str(settings.telegram_support_group))
            self.agents = Group(database, self._bot, key, self._reach)

    async def read(self, update: dict[str, Any]) -> Incoming | None:
        """Read an update, from the agents' group or of a person."""
        if self.agents is not None and self.agents.concerns(update):
            return await self.agents.read(update)
        return read_update(update, self.bot_id)

    async def deliver(self, row: ChatRow) -> Outcome:
        return await self._reach.attempt(self._put(row), lambda error: outcome_of(error, row))

    async def _put(self, row: ChatRow) -> str | None:
        act = row.act or {}
        if act.get("kind") == "menu":
            standing = str(act["standing"])
            await self._profile.fit(self._bot, int(row.chat_id), standing, row.language)
            return None
        if act.get("kind") == "toast":
            self._toasted.append(str(act["tap"]))
        return await deliver(self._bot, row)

    async def show_typing(self, chat_id: str) -> None:
        await self._bot.send_chat_action(int(chat_id), "typing")

    async def acknowledge(self, tap: str) -> None:
        """Take the spinner off a tapped button, unless it was answered in words."""
        if tap in self._toasted:
            self._toasted.remove(tap)
        else:
            await self._bot.answer_callback_query(tap)

    def routers(self, receive: Receive) -> Sequence[APIRouter]:
        scripts = [script_router()] if self.inside is not None else []
        webhooks = [webhook_router(receive, self._secrets)] if self._by_webhook else []
        return [*scripts, *webhooks]

    def _may_delete(self, webhook: str) -> bool:
        """Whether a webhook that is set may go: it is our own, or we were told to take over."""
        own = f"{self._settings.address}{PATH}"
        return bool(webhook) and (webhook == own or self._settings.telegram_take_over)

    @property
    def _by_webhook(self) -> bool:
        return self._settings.telegram_mode == "webhook"

    async def run(self, receive: Receive) -> None:
        tasks = [self._introduce(), rounds(self._check, CHECK_SECONDS)]
        if self.agents is not None:
            tasks.append(self.agents.run())
        if not self._by_webhook:
            tasks.append(poll(self._bot, self._polls, receive, self._reach, self._may_delete))
        await asyncio.gather(*tasks, return_exceptions=True)  # none of them ends the others

    async def close(self) -> None:
        for request in (self._requests, self._polls):
            await request.shutdown()

    def report(self) -> dict[str, Any]:
        agents = {"agents": self.agents.report()} if self.agents is not None else {}
        return {**self._reach.report(), **agents}

    async def _introduce(self) -> None:
        """Set the webhook, then what people see of the bot, as soon as Telegram takes them."""
        if self._by_webhook:
            await self._insist(self._set_webhook)
        await self._insist(partial(self._profile.show, self._bot))

    async def _set_webhook(self) -> None:
        url = f"{self._settings.address}{PATH}"
        await self._bot.set_webhook(url, secret_token=self._secrets[0], allowed_updates=WANTED)

    async def _insist(self, request: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                return await request()
            except TelegramError as error:
                self._reach.failed(error)
                log.warning("Telegram does not take the webhook or the menus: %s", error)
                wait = seconds_of(error) if isinstance(error, RetryAfter) else RETRY_SECONDS
                await asyncio.sleep(wait)

    async def _check(self) -> None:
        try:
            self.address = f"{PEOPLE_FIND_US}/{(await self._bot.get_me()).username}"
            self._reach.reached()
        except TelegramError as error:
            self._reach.failed(error)
