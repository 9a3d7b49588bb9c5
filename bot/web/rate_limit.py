"""A limit on requests to the pages; what an account allows is counted in storage."""

from fastapi import HTTPException, Request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

MOST = "3000/10 seconds"
"""From one address: far more than a household behind one address needs, or a person can read."""


class RateLimitError(HTTPException):
    """Too many requests from one address; it may come back in a moment."""

    def __init__(self) -> None:
        super().__init__(429, headers={"Retry-After": "10"})


class RateLimit:
    """Counts in memory: each process for itself, and a restart forgets."""

    def __init__(self, most: str = MOST) -> None:
        self._most: RateLimitItem = parse(most)
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def check(self, request: Request) -> None:
        """A dependency of every page."""
        if not self._limiter.hit(self._most, source_of(request)):
            raise RateLimitError


def source_of(request: Request) -> str:
    """Return the address of whoever asks; a proxy of ours has said for whom it does."""
    return request.client.host if request.client else "unknown"
