"""The agents' forum group: who the agents are, what comes from it, and what is shown there."""

import asyncio
import logging
from typing import Any

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.channels.channel import Incoming, Outcome
from bot.channels.telegram.desk_delivery import deliver_to_desk, outcome_at_desk
from bot.channels.telegram.desk_updates import (
    changes_agents,
    concerns_desk,
    moved_to,
    read_desk_update,
)
from bot.channels.telegram.group_check import SAYS, trouble_of
from bot.channels.telegram.icons import Icons, offered_icons
from bot.channels.telegram.reachability import Reachability
from bot.handoff.desk import DeskKey
from bot.handoff.group_changes import MOVED, shown, tell
from bot.handoff.message import DeskMessage
from bot.rounds import rounds
from storage.database import Database
from storage.handoff.desk_rows import DeskRow
from storage.handoff.groups import Trouble

log = logging.getLogger(__name__)

EVERY_SECONDS = 60.0
NOT_SOONER_SECONDS = 5.0
"""A stranger who writes again and again does not have Telegram asked again and again."""


class Group:
    """A topic of it is a case; its administrators, asked for anew again and again, are the agents.

    They are kept in the database as Telegram has them, as is where the group is, and what keeps
    it from being a desk. What has changed in that is a row of the agents' inbox.
    """

    def __init__(self, database: Database, bot: Bot, key: DeskKey, reach: Reachability) -> None:
        self.key = key
        self._database = database
        self._bot = bot
        self._reach = reach
        self._asked = float("-inf")
        self._known: frozenset[str] = frozenset()
        self._lock = asyncio.Lock()
        self._address = int(key.chat_id)
        self._trouble: Trouble | None = None
        self._doubted = False
        self._icons: Icons | None = None

    async def run(self) -> None:
        await rounds(self._refresh, EVERY_SECONDS)

    def report(self) -> dict[str, Any]:
        """Whether the group is reached, as the last look found, and what helps if not."""
        if self._trouble is None:
            return {"reachable": True}
        return {"reachable": False, "trouble": self._trouble, "error": SAYS[self._trouble]}

    def concerns(self, update: dict[str, Any]) -> bool:
        return any(concerns_desk(update, chat) for chat in (int(self.key.chat_id), self._address))

    async def read(self, update: dict[str, Any]) -> Incoming | None:
        """Return what an update is for the desk.

        Telegram is asked again when somebody writes who was no administrator a while ago.
        """
        if (chat := moved_to(update)) is not None:
            self._address = chat
            message = DeskMessage(str(chat), kind=MOVED)
            return Incoming(self.key.topic(""), str(update["update_id"]), "", message)
        if changes_agents(update):
            await self._refresh()
            return None
        incoming = read_desk_update(update, self.key)
        if incoming is not None and incoming.person_id not in {"", *self._known}:
            await self._look_soon()
        return incoming

    async def show(self, row: DeskRow) -> Outcome:
        outcome = await self._reach.attempt(
            deliver_to_desk(self._bot, self._address, row, self._icons or {}),
            lambda error: self._means(error, row),
        )
        if self._doubted:
            self._doubted = False
            await self._look_soon()
        return outcome

    def _means(self, error: TelegramError, row: DeskRow) -> Outcome:
        self._doubted = isinstance(error, BadRequest | Forbidden | ChatMigrated)
        if isinstance(error, ChatMigrated):
            self._address = error.new_chat_id
        return outcome_at_desk(error, row)

    async def _look_soon(self) -> None:
        """Look at the group, if that was not done just now."""
        now = asyncio.get_running_loop().time()
        if now - self._asked >= NOT_SOONER_SECONDS:
            await self._refresh()

    async def _refresh(self) -> None:
        """Ask how the group is, and who its administrators are.

        What cannot be asked stays as it was.
        """
        async with self._lock:
            self._asked = asyncio.get_running_loop().time()
            known = await asyncio.to_thread(self._kept_address)
            if self._address == int(self.key.chat_id):
                self._address = known
            try:
                await self._look()
            except ChatMigrated as error:
                self._address = error.new_chat_id
                self._asked = float("-inf")
            except TelegramError as error:
                log.warning("the agents' group is not known: %s", error)
            if self._address != known:
                await asyncio.to_thread(self._keep_address, self._address)

    async def _look(self) -> None:
        trouble = await self._trouble_now()
        if trouble is not None and trouble != self._trouble:
            log.error("FOYER_TELEGRAM_SUPPORT_GROUP=%s: %s", self.key.chat_id, SAYS[trouble])
        elif trouble is None and self._trouble is not None:
            log.warning("the agents' group is reached again")
        if trouble is None:
            await self._ask_who_is_agent()
            await self._ask_icons()
        await asyncio.to_thread(self._keep_trouble, trouble)
        self._trouble = trouble

    async def _trouble_now(self) -> Trouble | None:
        """Return what keeps the group from being a desk; what cannot be asked is as it was."""
        try:
            return await trouble_of(self._bot, self._address)
        except ChatMigrated:
            raise
        except TelegramError as error:
            log.warning("how the agents' group is, is not known: %s", error)
            return self._trouble

    async def _ask_who_is_agent(self) -> None:
        try:
            admins = await self._bot.get_chat_administrators(self._address)
        except (BadRequest, Forbidden) as error:
            log.warning("the administrators of the agents' group are not known: %s", error)
            return
        users = [admin.user for admin in admins if not admin.user.is_bot]
        agents = {str(user.id): user.first_name for user in users}
        handles = {str(user.id): user.username for user in users if user.username}
        await asyncio.to_thread(self._keep, agents, handles)
        self._known = frozenset(agents)

    async def _ask_icons(self) -> None:
        """Ask once which icons topics can have; without them a topic keeps its own."""
        if self._icons is not None:
            return
        try:
            self._icons = await offered_icons(self._bot)
        except TelegramError as error:
            log.warning("the icons of topics are not known: %s", error)

    def _keep(self, agents: dict[str, str], handles: dict[str, str]) -> None:
        with self._database.write() as uow:
            uow.handoffs.set_agents(uow.conversations.ensure(*self.key), agents, handles)

    def _kept_address(self) -> int:
        with self._database.read() as uow:
            desk = uow.conversations.find(*self.key)
            return int(uow.agent_groups.address(desk.id).chat_id if desk else self.key.chat_id)

    def _keep_trouble(self, trouble: Trouble | None) -> None:
        with self._database.write() as uow:
            shown(uow, self.key, trouble)

    def _keep_address(self, chat_id: int) -> None:
        with self._database.write() as uow:
            tell(uow, self.key, DeskMessage(str(chat_id), kind=MOVED))
