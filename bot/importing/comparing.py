"""Finding out which households of a file differ in nothing, while it is checked."""

from dataclasses import dataclass, field

from bot.importing.format import HouseholdEntry
from bot.importing.records import planned
from bot.importing.report import Watch
from storage.database import Database


@dataclass
class Comparing:
    """Takes households in the order of the file, and looks at a chunk of them at a time."""

    database: Database
    overwrite: frozenset[str]
    watch: Watch
    chunk: int
    settled: bytearray = field(default_factory=bytearray, init=False)
    """A 1 for each household that differs in nothing."""
    kept: int = field(default=0, init=False)
    waiting: list[HouseholdEntry] = field(default_factory=list, init=False)
    weight: int = field(default=0, init=False)

    def take(self, entry: HouseholdEntry) -> None:
        self.waiting.append(entry)
        self.weight += 1 + len(entry.members)
        if self.weight >= self.chunk:
            self.look()

    def look(self) -> None:
        with self.database.read() as uow:
            same = uow.importing.as_listed(planned(self.waiting), self.overwrite)
        first = len(self.settled)
        self.settled.extend(bytes(len(self.waiting)))
        for index in same:
            self.settled[first + index] = 1
            self.kept += 1 + len(self.waiting[index].members)
        self.watch.go_on(len(self.waiting))
        self.waiting, self.weight = [], 0
