"""How many forms are looked at side by side: most take a password hash, a processor for a while.

Whoever comes when all places are taken waits, first come, first served, and holds no thread. From
one address few are looked at, and few wait: a flood from there keeps nobody else out.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from weakref import WeakValueDictionary

from fastapi import Request

from bot.web.rate_limit import RateLimitError, source_of

AT_ONCE = 8
FROM_ONE = 2
MOST_FROM_ONE = 32
"""Forms from one address that are here at all; many households may share one (RFC 6598)."""
WAIT_SECONDS = 10.0


class Crowd:
    """Lets forms in; what only shows a page passes by."""

    def __init__(self, at_once: int = AT_ONCE, wait_seconds: float = WAIT_SECONDS) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._wait_seconds = wait_seconds
        self._here: Counter[str] = Counter()
        self._own: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    async def place(self, request: Request) -> AsyncIterator[None]:
        """A dependency of every page. Raises RateLimitError where the wait is too long."""
        if request.method != "POST":
            yield
            return
        source = source_of(request)
        if self._here[source] >= MOST_FROM_ONE:
            raise RateLimitError
        self._here[source] += 1
        try:
            async with AsyncExitStack() as taken:
                await self._wait(source, taken)
                yield
        finally:
            self._here[source] -= 1
            self._here += Counter()  # forgets those that are nought

    async def _wait(self, source: str, taken: AsyncExitStack) -> None:
        own = self._own.setdefault(source, asyncio.Semaphore(FROM_ONE))
        try:
            async with asyncio.timeout(self._wait_seconds):
                await taken.enter_async_context(own)
                await taken.enter_async_context(self._places)
        except TimeoutError as error:
            raise RateLimitError from error
