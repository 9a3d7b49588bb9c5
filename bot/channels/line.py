"""A messenger on the line: received from, sent to, as long as the process runs."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import APIRouter

from bot.channels.channel import Messenger
from bot.channels.intake import Intake
from bot.channels.receiving import Receiver
from bot.channels.sending import Sender
from bot.handoff.desk import AgentsDesk
from bot.work.port import Engine
from storage.database import Database

FINISH_SECONDS = 4.0
"""For turns under way when told to stop; ten seconds are allowed in all."""


class Line:
    def __init__(
        self,
        messenger: Messenger,
        database: Database,
        intake: Intake,
        engine: Engine,
        agents: AgentsDesk | None = None,
    ) -> None:
        self.messenger = messenger
        self.sender = Sender(database, messenger, agents)
        self._receiver = Receiver(messenger, intake, engine, self.sender)

    def routers(self) -> Sequence[APIRouter]:
        """Return what the web application serves for the messenger."""
        return self.messenger.routers(self._receiver.receive)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Receive as long as the block runs; what is to be sent is a lane of the engine."""
        fetching = asyncio.create_task(self.messenger.run(self._receiver.receive))
        try:
            yield
        finally:
            fetching.cancel()
            await asyncio.gather(fetching, return_exceptions=True)
            await self.close()

    async def close(self) -> None:
        """Let what was received be done, and the network go."""
        await self._receiver.finish(FINISH_SECONDS)
        await self.messenger.close()
