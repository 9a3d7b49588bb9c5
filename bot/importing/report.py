"""What became of a file: counted, and told line by line as far as anybody would read it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.importing.problems import Problem
from storage.households.importing.records import Outcome
from storage.households.importing.unlisted import Missing

LINES = 200
"""Changes that are told one by one; after them they are only counted."""
_NAMED = 5
"""Accounts that are named of those which the file does not have."""
_KINDS = ("created", "reopened", "changed", "left", "kept")


class Watch(Protocol):
    """Whoever waits for it. Counted are households."""

    def begin(self, doing: str, households: int | None, done: int) -> None:
        """Something takes long: of so many (None: nobody knows yet) so many are done."""

    def go_on(self, households: int) -> None:
        """So many more are done."""


@dataclass(slots=True)
class Report:
    """`counts` by kind of outcome; households and people count alike."""

    counts: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    more: int = 0
    refused: list[Problem] = field(default_factory=list)
    missing: Missing | None = None

    def take(self, outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            self.counts[outcome.kind] += 1
            if outcome.kind == "kept":
                continue
            if len(self.lines) < LINES:
                told = (outcome.kind, outcome.subject, outcome.field)
                self.lines.append(" ".join(filter(None, told)))
            else:
                self.more += 1

    def resume(self, counts: Mapping[str, int]) -> None:
        """Count what is done already: before it stopped in the middle, or without a look."""
        self.counts.update(counts)

    def summary(self) -> list[str]:
        """A line for each change, what they come to, and what the file does not have."""
        more = [f"and {self.more:,} more"] if self.more else []
        kinds = [kind for kind in _KINDS if kind != "reopened" or self.counts[kind]]
        counts = [f"{self.counts[kind]:,} {kind}" for kind in kinds]
        refused = [f"{len(self.refused):,} refused"] if self.refused else []
        return [*self.lines, *more, ", ".join([*counts, *refused]), *self._unlisted()]

    def _unlisted(self) -> list[str]:
        if self.missing is None or not self.missing.accounts:
            return []
        accounts = self.missing.accounts
        named = ", ".join([*accounts[:_NAMED], *(["…"] if len(accounts) > _NAMED else [])])
        return [f"{len(accounts):,} households are not in the file: {named}"]
