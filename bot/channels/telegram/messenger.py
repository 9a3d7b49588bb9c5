"""Whether Telegram can be reached, as the last requests found."""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter, TelegramError


@dataclass(slots=True)
class Messenger:
    """What `/health` and `/ready` say about the messenger; one process's own view."""

    error: str | None = "not tried yet"
    since: float = 0.0

    def reached(self) -> None:
        self.error = None
        self.since = time.monotonic()

    def failed(self, error: TelegramError) -> None:
        if self.error is None:
            self.since = time.monotonic()
        self.error = f"{type(error).__name__}: {error}"

    @property
    def reachable(self) -> bool:
        return self.error is None

    def report(self) -> dict[str, Any]:
        """`reachable`, with the error when it is not."""
        return {"reachable": self.reachable, **({"error": self.error} if self.error else {})}


def seconds_of(error: RetryAfter) -> float:
    """Return how long Telegram wants to be left alone, in seconds."""
    wait = error.retry_after  # a number until the library's next version
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
