"""The agents' forum group: what comes from it, and what is shown there."""

from typing import Any

from telegram import Bot

from bot.channels.channel import Incoming, Outcome
from bot.channels.telegram.administrators import Administrators
from bot.channels.telegram.desk_delivery import deliver_to_desk, outcome_at_desk
from bot.channels.telegram.desk_updates import changes_agents, concerns_desk, read_desk_update
from bot.channels.telegram.reachability import Reachability
from bot.handoff.desk import DeskKey
from storage.database import Database
from storage.handoff.desk_outbox import DeskRow


class Group:
    """A topic of it is a case, and its administrators are the agents."""

    def __init__(self, database: Database, bot: Bot, key: DeskKey, reach: Reachability) -> None:
        self.key = key
        self.administrators = Administrators(database, bot, key)
        self._bot = bot
        self._reach = reach

    def concerns(self, update: dict[str, Any]) -> bool:
        return concerns_desk(update, int(self.key.chat_id))

    async def read(self, update: dict[str, Any]) -> Incoming | None:
        """Return what an update is for the desk; Telegram is asked whether a stranger is new."""
        if changes_agents(update):
            await self.administrators.refresh()
            return None
        incoming = read_desk_update(update, self.key)
        if incoming is not None and incoming.person_id:
            await self.administrators.look_for(incoming.person_id)
        return incoming

    async def show(self, row: DeskRow) -> Outcome:
        return await self._reach.attempt(
            deliver_to_desk(self._bot, row), lambda error: outcome_at_desk(error, row)
        )
