"""Sends what the outbox holds for a messenger: in order in each chat, chats side by side.

A row is claimed, sent, and marked as sent. After a crash in between it is sent again, so that a
message may come twice at the instant of a crash and none is lost.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar
from weakref import WeakValueDictionary

from bot.channels.channel import Messenger, Outcome, fitted
from bot.handoff import left_out
from bot.handoff.desk import AgentsDesk
from bot.rounds import rounds
from storage.database import Database
from storage.handoff.desk_rows import DeskRow
from storage.messages.chat_outbox import ChatRow
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")

log = logging.getLogger(__name__)

THREADS = 2
LOOK_SECONDS = 1.0
"""How often the outbox is looked through for what other processes or a crash left."""


class Sender:
    """The only one who speaks to the chats of a messenger."""

    def __init__(
        self, database: Database, messenger: Messenger, agents: AgentsDesk | None = None
    ) -> None:
        """`agents` are told what they said and could not be delivered."""
        self._database = database
        self._messenger = messenger
        self._agents = agents
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        # Threads of its own: in a burst, answers must not queue up behind everybody's turns.
        self._threads = ThreadPoolExecutor(THREADS, "sender")

    async def run(self, stop: asyncio.Event) -> None:
        """Look through the outbox until `stop`."""
        await rounds(self._send_due, LOOK_SECONDS, stop)

    async def _send_due(self) -> None:
        due = await self._in_thread(self.due)
        await asyncio.gather(*(self.send(conversation) for conversation in due))

    async def send(self, conversation: int) -> timedelta | None:
        """Send what waits for a conversation; how long the rest waits, None: nothing is left."""
        async with self._locks.setdefault(conversation, asyncio.Lock()):
            row = await self._in_thread(self._next, conversation)
            while row is not None and not isinstance(row, timedelta):
                outcome = await self._attempt(row)
                row = await self._in_thread(self._next, conversation, (row, outcome))
            return row

    async def _attempt(self, row: ChatRow | DeskRow) -> Outcome:
        try:
            outcome = await self._deliver(row)
        except Exception as error:  # whatever a delivery raised, it is an attempt that failed
            log.exception("message %s (%s) was not delivered", row.id, row.template)
            return Outcome("later", f"{type(error).__name__}: {error}")
        if outcome.remark is not None:
            log.warning("message %s (%s): %s", row.id, row.template, outcome.remark)
        return outcome

    async def _deliver(self, row: ChatRow | DeskRow) -> Outcome:
        if isinstance(row, ChatRow):
            return await self._messenger.deliver(fitted(row, self._messenger.can))
        assert self._messenger.agents is not None, "the row is of its group"
        return await self._messenger.agents.show(row)

    async def _in_thread(self, work: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *args)

    def due(self) -> list[int]:
        """Return the conversations that may have something to be sent now."""
        with self._database.read() as uow:
            return uow.chat_outbox.due(self._messenger.name, self._messenger.bot_id)

    def _is_desk(self, uow: UnitOfWork, conversation: int) -> bool:
        agents = self._messenger.agents
        return agents is not None and conversation == uow.conversations.ensure(*agents.key)

    def _next(
        self, conversation: int, *done: tuple[ChatRow | DeskRow, Outcome]
    ) -> ChatRow | DeskRow | timedelta | None:
        """Write down what came of one message and claim the next of its chat, or say when."""
        with self._database.write() as uow:
            for row, outcome in done:
                outcome.record(uow, row)
                if self._agents is not None:
                    _tell(uow, self._agents, row, outcome)
            if not self._is_desk(uow, conversation):
                chats = uow.chat_outbox
                return chats.take(conversation) or chats.due_in(conversation)
            desk, quiet = uow.desk_outbox, uow.chat_outbox.quiet_for(conversation)
            request = None if quiet else desk.take(conversation)
            wait = None if request else desk.due_in(conversation)
            return request or (wait and max(wait, quiet))


def _tell(uow: UnitOfWork, agents: AgentsDesk, row: ChatRow | DeskRow, outcome: Outcome) -> None:
    """Tell whoever wrote it what does not get there."""
    missing = outcome.left_out_of(row)
    if isinstance(row, DeskRow):
        if missing or (outcome.kind == "refused" and "instead" in row.act):
            left_out.of_customers(uow, row, missing)
    elif missing:
        left_out.of_agents(uow, agents, row, missing)
    elif outcome.kind != "sent":
        comes_back = outcome.kind != "refused"
        agents.unreached(uow, row.conversation_id, comes_back=comes_back)
