"""Those in this process who wait for a turn, whichever process runs it."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bot.chats import ChatKey
from bot.dialogue.inbox import Done
from storage.work import turns_of

LOOK_SECONDS = 5.0
"""How long to trust that one is told; then the row is looked at."""


class ToldEar:
    """Hears what is told of one chat."""

    def __init__(self) -> None:
        self.told: asyncio.Queue[Done | None] = asyncio.Queue()

    async def hear(self, inbox_id: int) -> Done | None:
        with suppress(TimeoutError):
            return await asyncio.wait_for(self.told.get(), LOOK_SECONDS)
        return None


class Ears:
    """By the lock of the work that they wait for, which all processes call the same."""

    def __init__(self) -> None:
        self._ears: defaultdict[str, set[ToldEar]] = defaultdict(set)

    @contextmanager
    def listening(self, chat: ChatKey) -> Iterator[ToldEar]:
        lock, ear = turns_of(*chat).lock, ToldEar()
        self._ears[lock].add(ear)
        try:
            yield ear
        finally:
            self._ears[lock].discard(ear)
            if not self._ears[lock]:
                del self._ears[lock]

    def tell(self, lock: str, done: Done | None) -> None:
        """Something was done in a chat: a turn here, or somewhere (None)."""
        for ear in self._ears.get(lock, ()):
            ear.told.put_nowait(done)

    def tell_of(self, chat: ChatKey, done: Done) -> None:
        self.tell(turns_of(*chat).lock, done)
