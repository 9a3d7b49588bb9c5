"""Who the agents are: the administrators of the group, asked for anew again and again."""

import asyncio
import logging

from telegram import Bot
from telegram.error import TelegramError

from bot.handoff.desk import DeskKey
from storage.database import Database

log = logging.getLogger(__name__)

EVERY_SECONDS = 60.0
NOT_SOONER_SECONDS = 5.0
"""A stranger who writes again and again does not have Telegram asked again and again."""


class Administrators:
    """Keeps the agents in the database as Telegram has them."""

    def __init__(self, database: Database, bot: Bot, desk: DeskKey) -> None:
        self._database = database
        self._bot = bot
        self._desk = desk
        self._asked = float("-inf")
        self._known: frozenset[str] = frozenset()
        self._lock = asyncio.Lock()

    async def run(self) -> None:
        while True:
            await self.refresh()
            await asyncio.sleep(EVERY_SECONDS)

    async def look_for(self, person_id: str) -> None:
        """Ask again when somebody writes who was no administrator a while ago."""
        now = asyncio.get_running_loop().time()
        if person_id not in self._known and now - self._asked >= NOT_SOONER_SECONDS:
            await self.refresh()

    async def refresh(self) -> None:
        """Ask Telegram; what cannot be asked stays as it was."""
        async with self._lock:
            self._asked = asyncio.get_running_loop().time()
            try:
                members = await self._bot.get_chat_administrators(int(self._desk.chat_id))
            except TelegramError as error:
                log.warning("the administrators of the agents' group are not known: %s", error)
                return
            people = {
                str(one.user.id): one.user.first_name for one in members if not one.user.is_bot
            }
            await asyncio.to_thread(self._keep, people)
            self._known = frozenset(people)

    def _keep(self, people: dict[str, str]) -> None:
        with self._database.write() as uow:
            uow.handoffs.set_agents(uow.conversations.ensure(*self._desk), people)
