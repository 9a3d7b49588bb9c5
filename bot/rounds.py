"""What is done again and again as long as the process runs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

log = logging.getLogger(__name__)


async def rounds(
    work: Callable[[], Awaitable[bool | None]], seconds: float, stop: asyncio.Event | None = None
) -> None:
    """Work, and rest for so many seconds, until `stop` or until it is cancelled.

    True means: there is more to do at once.
    """
    stop = stop or asyncio.Event()
    while not stop.is_set():
        more: bool | None = False
        try:
            more = await work()
        except Exception:  # the database may be away for a moment; nothing is lost by waiting
            log.exception("a round failed")
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 0 if more else seconds)
