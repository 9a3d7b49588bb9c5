"""A household as a file lists it, whatever the file's format: values, and where they stand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from bot.importing.problems import Location, Problem

Spot = tuple[int, Location]
"""A line of the file, and what the field is called there."""


@dataclass(frozen=True, slots=True)
class Listed:
    """`data` as the format has it (`bot.importing.format.HouseholdEntry`), not yet checked.

    `problems` are those of reading it, by the location within the household; `spot` says where in
    the file such a location is. What could not be read has no data, and is not looked at further.
    """

    data: object
    spot: Callable[[Location], Spot]
    problems: tuple[tuple[Location, str], ...] = ()
    is_readable: bool = True

    def problem(self, location: Location, message: str) -> Problem:
        line, shown = self.spot(location)
        return Problem(message, line, shown)


class Source(Protocol):
    """A file of households: it can be read again and again, a household at a time."""

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong outside of any household; raises FileRefused when nothing can be read."""

    def __iter__(self) -> Iterator[Listed]:
        """Every household, in the file's order; raises FileRefused as `problems` does."""


def unreadable(line: int, message: str, location: Location = ()) -> Listed:
    """Stands for a household of which nothing can be read but the line on which it begins."""
    return Listed(None, lambda _: (line, location), ((location, message),), is_readable=False)
