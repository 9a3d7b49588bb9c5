"""The one source of time: a callable that gives the present moment, aware and in UTC."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def system_clock(offset: timedelta = timedelta(0)) -> Clock:
    """The machine's clock, moved by `offset` (for checks of what happens later)."""

    def now() -> datetime:
        return datetime.now(UTC) + offset

    return now
