"""When agents are there, and how long people wait for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from statistics import quantiles
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, validate

ENOUGH_WAITS = 5
"""Fewer cases tell nothing about the next one."""
STEP = 5
"""Minutes to which a range is rounded: more would pretend to know."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours in OpenStreetMap's notation, with Canada's holidays (`PH off`)."""

    rules: OpeningHours
    time_zone: ZoneInfo

    @classmethod
    def parse(cls, text: str, time_zone: ZoneInfo) -> "Hours":
        """Raises ValueError when the text is no opening hours."""
        if not validate(text):
            raise ValueError(f"no opening hours: {text!r}")
        return cls(OpeningHours(text, timezone=time_zone, country="CA"), time_zone)

    def are_open(self, at: datetime) -> bool:
        return bool(self.rules.is_open(at.astimezone(self.time_zone)))

    def open_at(self, after: datetime) -> datetime | None:
        """When they open next; None: never, or they are open now."""
        if self.are_open(after):
            return None
        change: datetime | None = self.rules.next_change(after.astimezone(self.time_zone))
        return change


def honest_range(waits: Sequence[timedelta], position: int) -> tuple[int, int] | None:
    """Return how many minutes most people waited lately, at least one for each person ahead.

    None when too few waited to tell.
    """
    if len(waits) < ENOUGH_WAITS:
        return None
    minutes = sorted(wait.total_seconds() / 60 for wait in waits)
    parts = quantiles(minutes, n=10, method="inclusive")
    low = max(int(parts[1] // STEP * STEP), position - 1)
    high = max(ceil(parts[8] / STEP) * STEP, STEP)
    return low, max(high, low + STEP)
