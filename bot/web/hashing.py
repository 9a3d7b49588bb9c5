"""Password hashes for the pages: a few at a time, each needs 19 MiB and a whole processor."""

from contextlib import AbstractContextManager
from threading import BoundedSemaphore

from bot.web.passwords import normalised
from storage.identity import credentials

AT_ONCE = 4


class Hashing:
    """Whoever comes when all places are taken waits; a flood cannot fill the memory."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._places: AbstractContextManager[object] = BoundedSemaphore(at_once)

    def hash(self, password: str) -> str:
        with self._places:
            return credentials.hash_password(normalised(password))

    def fits(self, password_hash: str | None, password: str) -> bool:
        """Takes the same time without a hash: for a name that nobody has."""
        with self._places:
            return credentials.verify(password_hash, normalised(password))
