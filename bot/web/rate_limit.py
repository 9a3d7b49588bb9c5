"""A limit on requests to the pages; what an account allows is counted in storage."""

from threading import Lock

from fastapi import HTTPException, Request
from limits.storage import MemoryStorage

from storage.database import Database
from storage.limits import PAGE_SHARE, PAGE_SHARES, PAGE_WINDOW

SECONDS = int(PAGE_WINDOW.total_seconds())


class RateLimitError(HTTPException):
    """Too many requests from one address; it may come back in a moment."""

    def __init__(self) -> None:
        super().__init__(429, headers={"Retry-After": str(SECONDS)})


class RateLimit:
    """Counts requests by address: shares of them for all processes, what is less for its own.

    No request waits for anybody who writes: a share that cannot be entered at once is known to
    this process alone. Whoever has had all shares is held off from memory: a flood costs no query.
    """

    def __init__(self, database: Database, share: int = PAGE_SHARE) -> None:
        self._database = database
        self._share = share
        self._counted = MemoryStorage()
        self._counting = Lock()
        self._held_off = MemoryStorage()

    def check(self, request: Request) -> None:
        """A dependency of every page."""
        source = source_of(request)
        if self._held_off.get(source):
            raise RateLimitError
        with self._counting:  # else two threads may both read the number behind a share
            shares, rest = divmod(self._counted.incr(source, SECONDS), self._share)
        if rest == 0 and (shares > PAGE_SHARES or not self._may_have(source)):
            self._held_off.incr(source, SECONDS)
            raise RateLimitError

    def _may_have(self, source: str) -> bool:
        with self._database.write_if_free() as uow:
            return uow is None or uow.page_floods.enter(source)


def source_of(request: Request) -> str:
    """Return the address of whoever asks; a proxy of ours has said for whom it does."""
    return request.client.host if request.client else "unknown"
