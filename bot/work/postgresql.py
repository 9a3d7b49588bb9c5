"""Many processes on one PostgreSQL: procrastinate hands out what is to be done.

Work is written down as jobs in the transaction that makes it (`storage.work`). A process with a
free hand takes on what its own transactions leave, and wakes nobody; what it cannot take, all
are told of, and one gets. What a process that died had in hand is freed within ten seconds.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from typing import Any

from procrastinate import PsycopgConnector
from procrastinate.exceptions import ConnectorException
from psycopg_pool import AsyncConnectionPool

from bot.channels.dispatcher import Dispatcher
from bot.chats import ChatKey
from bot.dialogue.inbox import Done
from bot.work.crew import Crew
from bot.work.ears import Ears
from bot.work.embedded import OwnEar
from bot.work.port import Ear, Engine, Lane, Round
from bot.work.workers import AGAIN_SECONDS
from storage.database import Database
from storage.work import DONE

log = logging.getLogger(__name__)

CONNECTIONS = 3
"""Of the engine itself, beside one for each worker and one for those who wait, to listen."""


class Postgresql(Engine):
    def __init__(self, database: Database, dispatcher: Dispatcher, ears: Ears) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._ears = ears
        self._runs = False

    @asynccontextmanager
    async def running(self, lanes: Sequence[Lane], rounds: Sequence[Round]) -> AsyncIterator[None]:
        logging.getLogger("procrastinate").setLevel(logging.WARNING)  # its jobs name chats
        connector = PsycopgConnector(
            conninfo=self._database.address,
            kwargs={"options": "-c search_path=procrastinate"},
            min_size=1,
            max_size=CONNECTIONS,
            pool_factory=_unchecked,
        )
        await connector.open_async()
        listening = asyncio.create_task(self._listen(connector))
        try:
            async with Crew(self._database, connector, lanes, rounds).at_work():
                self._runs = True
                yield
        finally:
            self._runs = False
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            await connector.close_async()

    def listening(self, chat: ChatKey) -> AbstractContextManager[Ear]:
        if self._runs:
            return self._ears.listening(chat)
        return nullcontext(OwnEar(self._dispatcher, chat))  # a page, a command: nobody works here

    async def work_off(self, chat: ChatKey) -> Done | None:
        """Nothing: its job was written down with it."""
        return None

    async def catch_up(self) -> None:
        await self._dispatcher.run_waiting()

    async def _listen(self, connector: PsycopgConnector) -> None:
        """Hear of turns that other processes have run."""

        async def told(*, channel: str, payload: str) -> None:  # noqa: ARG001 -- there is one
            self._ears.tell(payload, None)

        while True:
            try:
                await connector.listen_notify(told, [DONE])
            except ConnectorException as error:  # whoever waits looks at the row by themselves
                log.warning("nothing is heard of other processes: %s", error.__cause__)
            await asyncio.sleep(AGAIN_SECONDS)


def _unchecked(**options: Any) -> AsyncConnectionPool:
    """Return a pool that does not ask whether a connection lives before each use of it.

    It would double the statements; one that died fails once, and what failed is done again.
    """
    return AsyncConnectionPool(**{**options, "check": None})
