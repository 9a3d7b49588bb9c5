"""Raises an alarm when codes are guessed at many accounts."""

import logging

from storage.database import Database

log = logging.getLogger(__name__)


class WaveWatch:
    """Says once that a wave has begun, and once that it is over."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._alarmed = False

    def look(self) -> None:
        """Look at the wrong codes of the last hour (`Guesses.wave`)."""
        with self._database.read() as uow:
            wave = uow.guesses.wave()
        if wave.is_alarming and not self._alarmed:
            log.error(
                "codes are being guessed: %d wrong ones for %d accounts within an hour",
                wave.guesses,
                wave.accounts,
            )
        elif self._alarmed and not wave.is_alarming:
            log.warning("the wave of guessed codes is over")
        self._alarmed = wave.is_alarming
