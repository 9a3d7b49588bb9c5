"""Raises an alarm when codes are guessed at many accounts."""

import logging

from storage.database import Database

log = logging.getLogger(__name__)


class WaveWatch:
    """Says once that a wave has begun, and once that it is over, whoever looks at it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def look(self) -> None:
        """Look at the wrong codes of the last hour (`Guesses.wave`)."""
        with self._database.write() as uow:
            wave = uow.guesses.wave()
            is_news = uow.guesses.begins() if wave.is_alarming else uow.guesses.ends()
        if is_news and wave.is_alarming:
            log.error(
                "codes are being guessed: %d wrong ones for %d accounts within an hour",
                wave.guesses,
                wave.accounts,
            )
        elif is_news:
            log.warning("the wave of guessed codes is over")
