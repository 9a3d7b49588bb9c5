"""The agents' forum group: who the agents are, what comes from it, and what is shown there."""

import asyncio
import logging
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.channel import Incoming, Outcome
from bot.channels.telegram.desk_delivery import deliver_to_desk, outcome_at_desk
from bot.channels.telegram.desk_updates import changes_agents, concerns_desk, read_desk_update
from bot.channels.telegram.reachability import Reachability
from bot.handoff.desk import DeskKey
from bot.rounds import rounds
from storage.database import Database
from storage.handoff.desk_rows import DeskRow

log = logging.getLogger(__name__)

EVERY_SECONDS = 60.0
NOT_SOONER_SECONDS = 5.0
"""A stranger who writes again and again does not have Telegram asked again and again."""


class Group:
    """A topic of it is a case; its administrators, asked for anew again and again, are the agents.

    They are kept in the database as Telegram has them.
    """

    def __init__(self, database: Database, bot: Bot, key: DeskKey, reach: Reachability) -> None:
        self.key = key
        self._database = database
        self._bot = bot
        self._reach = reach
        self._asked = float("-inf")
        self._known: frozenset[str] = frozenset()
        self._lock = asyncio.Lock()

    async def run(self) -> None:
        await rounds(self._refresh, EVERY_SECONDS)

    def concerns(self, update: dict[str, Any]) -> bool:
        return concerns_desk(update, int(self.key.chat_id))

    async def read(self, update: dict[str, Any]) -> Incoming | None:
        """Return what an update is for the desk.

        Telegram is asked again when somebody writes who was no administrator a while ago.
        """
        if changes_agents(update):
            await self._refresh()
            return None
        incoming = read_desk_update(update, self.key)
        if incoming is not None and incoming.person_id not in {"", *self._known}:
            now = asyncio.get_running_loop().time()
            if now - self._asked >= NOT_SOONER_SECONDS:
                await self._refresh()
        return incoming

    async def show(self, row: DeskRow) -> Outcome:
        return await self._reach.attempt(
            deliver_to_desk(self._bot, row), lambda error: outcome_at_desk(error, row)
        )

    async def _refresh(self) -> None:
        """Ask who the administrators are; what cannot be asked stays as it was."""
        async with self._lock:
            self._asked = asyncio.get_running_loop().time()
            try:
                admins = await self._bot.get_chat_administrators(int(self.key.chat_id))
            except TelegramError as error:
                log.warning("the administrators of the agents' group are not known: %s", error)
                return
            users = [admin.user for admin in admins if not admin.user.is_bot]
            agents = {str(user.id): user.first_name for user in users}
            await asyncio.to_thread(self._keep, agents)
            self._known = frozenset(agents)

    def _keep(self, agents: dict[str, str]) -> None:
        with self._database.write() as uow:
            uow.handoffs.set_agents(uow.conversations.ensure(*self.key), agents)
