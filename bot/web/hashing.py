"""Password hashes for the pages: a few at a time, each needs 19 MiB and a whole processor."""

import os
from contextlib import AbstractContextManager
from threading import BoundedSemaphore

from bot.web.passwords import normalised
from storage.identity import credentials

AT_ONCE = max(1, (os.cpu_count() or 1) // 2)
"""Half of the processors: the others are for the chats."""


class Hashing:
    """Whoever comes when all places are taken waits; `bot.web.crowd` bounds how many do."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._places: AbstractContextManager[object] = BoundedSemaphore(at_once)

    def hash(self, password: str) -> str:
        with self._places:
            return credentials.hash_password(normalised(password))

    def fits(self, password_hash: str | None, password: str) -> bool:
        """Takes the same time without a hash: for a name that nobody has."""
        with self._places:
            return credentials.verify(password_hash, normalised(password))
