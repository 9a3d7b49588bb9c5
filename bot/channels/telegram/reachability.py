"""Whether Telegram can be reached, as the last requests found."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.channels.channel import Outcome


@dataclass(slots=True)
class Reachability:
    """What `/health` and `/ready` say about the messenger; one process's own view."""

    error: str | None = "not tried yet"

    def reached(self) -> None:
        self.error = None

    def failed(self, error: TelegramError) -> None:
        self.error = f"{type(error).__name__}: {error}"

    async def attempt(
        self, request: Awaitable[str | None], means: Callable[[TelegramError], Outcome]
    ) -> Outcome:
        """Make a request; what came of it, or what its error `means`."""
        try:
            sent_as = await request
        except TelegramError as error:
            if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
                self.failed(error)
            return means(error)
        self.reached()
        return Outcome("sent", sent_as=sent_as)

    def report(self) -> dict[str, Any]:
        """`reachable`, with the error when it is not."""
        return {"reachable": self.error is None, **({"error": self.error} if self.error else {})}


def seconds_of(error: RetryAfter) -> float:
    """Return how long Telegram wants to be left alone, in seconds."""
    wait = error.retry_after  # a number until the library's next version
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
