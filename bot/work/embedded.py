"""One process, no server: it looks at the rows itself, and is told of what it has stored."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial

from bot.channels.dispatcher import Dispatcher
from bot.chats import ChatKey
from bot.dialogue.inbox import Done
from bot.rounds import rounds as again_and_again
from bot.work.port import Engine, Lane, Round

RE_READ_SECONDS = 0.05


@dataclass(slots=True)
class OwnEar:
    """Whoever waits for a turn runs it, behind the older ones of the chat."""

    dispatcher: Dispatcher
    chat: ChatKey
    _waits: bool = field(default=False, init=False)

    async def hear(self, inbox_id: int) -> Done | None:
        if self._waits:  # another process has the turn
            await asyncio.sleep(RE_READ_SECONDS)
        self._waits = True
        return await self.dispatcher.work_off(self.chat, until=inbox_id)


@dataclass(frozen=True, slots=True)
class Embedded(Engine):
    dispatcher: Dispatcher

    @asynccontextmanager
    async def running(self, lanes: Sequence[Lane], rounds: Sequence[Round]) -> AsyncIterator[None]:
        stop = asyncio.Event()
        tasks = [
            *(asyncio.ensure_future(lane.alone(stop)) for lane in lanes),
            *(
                asyncio.create_task(
                    again_and_again(partial(asyncio.to_thread, each.work), each.seconds, stop)
                )
                for each in rounds
            ),
        ]
        try:
            yield
        finally:
            stop.set()
            await asyncio.gather(*tasks, return_exceptions=True)

    @contextmanager
    def listening(self, chat: ChatKey) -> Iterator[OwnEar]:
        yield OwnEar(self.dispatcher, chat)

    async def work_off(self, chat: ChatKey) -> Done | None:
        return await self.dispatcher.work_off(chat)

    async def catch_up(self) -> None:
        await self.dispatcher.run_waiting()
