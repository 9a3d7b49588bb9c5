"""From a file to the database: checked whole, then taken in chunk after chunk.

Each chunk is a transaction, which also notes how far the file is done: an import that was killed
goes on after the last one. Only a chunk is ever in memory.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path

from tenacity import retry, retry_if_exception_type, stop_after_attempt

from bot.importing.checking import check_file, check_household, location_of, size
from bot.importing.comparing import Comparing
from bot.importing.format import HouseholdEntry
from bot.importing.listed import Listed, Source
from bot.importing.problems import FileRefused, Problem, opened
from bot.importing.records import hashes, passwords, planned, records
from bot.importing.report import Report, Watch
from bot.importing.sources import source_of
from storage.database import Database
from storage.errors import ImportRefused, Overtaken
from storage.households.actors import Operator
from storage.households.importing.progress import Progress
from storage.households.importing.records import HouseholdRecord, Outcome
from storage.households.importing.unlisted import Missing
from storage.unit_of_work import UnitOfWork

_REFUSALS = {
    "household_full": ("role", "no place is left for this role in that household"),
    "email_taken": ("email", "somebody of that household has this address"),
    "username_taken": ("username", "belongs to a person who was deleted"),
    "no_holder": ("role", "a household must keep exactly one holder"),
    "invitation_limit": ("status", "too many people of it were invited today: try again tomorrow"),
    "unknown_service": ("rights", "names a service that is no longer offered"),
}
"""What only the database knows, by the field that it is about."""

CHUNK = 1000
"""The chain over all households counts on no more (`storage/audit/linking.py`)."""

Numbered = tuple[int, Listed]
"""A household with its position in the file, from 0."""
Refused = Mapping[int, ImportRefused]
"""Why not, by position."""


class _Nobody:
    def begin(self, doing: str, households: int | None, done: int) -> None:
        """Nobody waits."""

    def go_on(self, households: int) -> None:
        """Nobody waits."""


NOBODY: Watch = _Nobody()


def load_file(
    database: Database,
    path: Path,
    *,
    dry_run: bool = False,
    overwrite: Collection[str] = frozenset(),
    watch: Watch = NOBODY,
    chunk: int = CHUNK,
) -> Report:
    """Apply the file and say what became of it; a dry run says the same and writes nothing.

    `chunk` is how many entries of the audit one transaction writes, but for a single household.
    Raises FileRefused when anything is wrong with it by itself, after which nothing has been
    written. A household that does not fit what is there is refused alone.
    """
    loading = _Loading(database, path, frozenset(overwrite), watch, dry_run=dry_run, chunk=chunk)
    return loading.run()


@dataclass(frozen=True, slots=True)
class _Taken:
    progress: Progress
    outcomes: list[Outcome]
    refused: Refused


@dataclass
class _Loading:
    database: Database
    path: Path
    overwrite: frozenset[str]
    watch: Watch
    dry_run: bool
    chunk: int
    report: Report = field(default_factory=Report, init=False)
    settled: bytearray = field(default_factory=bytearray, init=False)

    def run(self) -> Report:
        progress = self._begin()
        self.report.resume(progress.counts)
        if progress.position < progress.households:
            progress = self._go_on(progress)
        self._try_again(progress)
        self._finish(progress)
        return self.report

    def _go_on(self, progress: Progress) -> Progress:
        """Take in what is left of the file, chunk after chunk."""
        self.watch.begin("importing", progress.households, progress.position)
        for chunk in _chunks(islice(enumerate(self.source), progress.position, None), self.chunk):
            same = Counter(kept=sum(size(it) for index, it in chunk if self._is_settled(index)))
            self.report.resume(same)
            counts = Counter(progress.counts) + same
            progress = replace(progress, position=chunk[-1][0] + 1, counts=counts)
            differing = [it for it in chunk if not self._is_settled(it[0])]
            if differing:
                progress, _ = self._apply(differing, progress)
            self.watch.go_on(len(chunk))
        return progress

    def _is_settled(self, index: int) -> bool:
        return index < len(self.settled) and bool(self.settled[index])

    @cached_property
    def source(self) -> Source:
        return source_of(self.path)

    @cached_property
    def digest(self) -> str:
        with opened(self.path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @cached_property
    def operator(self) -> Operator:
        return Operator(file_digest=self.digest)

    @cached_property
    def key(self) -> str:
        """What is remembered of this import: another file, or another wish, begins anew."""
        return f"{self.digest} {','.join(sorted(self.overwrite))}".strip()

    @cached_property
    def services(self) -> frozenset[str]:
        with self.database.read() as uow:
            return frozenset(service.code for service in uow.households.services())

    def _begin(self) -> Progress:
        """Where an import of this file was stopped; else its beginning, once it is checked."""
        source = self.source
        if not self.dry_run:
            with self.database.read() as uow:
                progress = uow.import_progress.of(self.key)
            if progress is not None:
                return progress
        self.watch.begin("checking", None, 0)
        comparing = Comparing(self.database, self.overwrite, self.watch, self.chunk)
        households = check_file(source, self.services, comparing.take)
        comparing.look()
        if comparing.settled.count(1) == households:
            return Progress(households, households, {"kept": comparing.kept})
        self.settled = comparing.settled
        return Progress(households)

    @retry(retry=retry_if_exception_type(Overtaken), stop=stop_after_attempt(3), reraise=True)
    def _apply(self, chunk: Sequence[Numbered], progress: Progress) -> tuple[Progress, Refused]:
        """How far it is after that chunk, and what of it was refused."""
        entries = [self._entry(listed) for _, listed in chunk]
        hashed: dict[str, str] = {}
        if self.dry_run or passwords(entries):
            with self.database.read() as uow:
                plan = self._take(uow, chunk, planned(entries), progress)
            if self.dry_run:
                return self._told(plan)
            hashed = hashes(entries, plan.outcomes)
        return self._told(self._write(chunk, records(entries, hashed), progress))

    def _write(
        self, chunk: Sequence[Numbered], wanted: list[HouseholdRecord], progress: Progress
    ) -> _Taken:
        with self.database.write() as uow:
            uow.import_progress.take_turns()
            taken = self._take(uow, chunk, wanted, progress)
            uow.import_progress.note(self.key, taken.progress)
        return taken

    def _take(
        self,
        uow: UnitOfWork,
        chunk: Sequence[Numbered],
        wanted: list[HouseholdRecord],
        progress: Progress,
    ) -> _Taken:
        outcomes, refusals = uow.importing.apply_what_fits(self.operator, wanted, self.overwrite)
        refused = {chunk[index][0]: refusal for index, refusal in refusals.items()}
        counts = Counter(progress.counts) + Counter(outcome.kind for outcome in outcomes)
        later = Progress(
            progress.households,
            progress.position,
            counts,
            (*progress.refused, *sorted(refused)),
        )
        return _Taken(later, outcomes, refused)

    def _told(self, taken: _Taken) -> tuple[Progress, Refused]:
        self.report.take(taken.outcomes)
        return taken.progress, taken.refused

    def _try_again(self, progress: Progress) -> None:
        """What was refused may fit in now, when whoever was in the way has moved."""
        again = set(progress.refused)
        numbered = ((index, it) for index, it in enumerate(self.source) if index in again)
        for chunk in _chunks(numbered if again else iter(()), max(self.chunk, CHUNK)):
            again -= {index for index, _ in chunk}
            waiting = replace(progress, refused=tuple(sorted(again)))
            progress, refused = self._apply(chunk, waiting)
            listed = dict(chunk)
            self.report.refused += [
                _refusal(listed[index], refusal) for index, refusal in refused.items()
            ]

    def _finish(self, progress: Progress) -> None:
        """What the file does not have; it is not read again where it has as many as there are."""
        if not self.dry_run:
            with self.database.write() as uow:
                uow.import_progress.forget(self.key)
        self.watch.begin("comparing", None, 0)
        all_are_there = not (self.dry_run or self.report.refused)
        with self.database.read() as uow:
            if all_are_there and uow.unlisted.households() == progress.households:
                self.report.missing = Missing((), progress.households)
            else:
                self.report.missing = uow.unlisted.among(map(_account, self.source))

    def _entry(self, listed: Listed) -> HouseholdEntry:
        entry, problems = check_household(listed, self.services)
        if entry is None:  # the file was whole when it was checked
            raise FileRefused([*problems.values()])
        return entry


def _chunks(numbered: Iterator[Numbered], most: int) -> Iterator[list[Numbered]]:
    chunk: list[Numbered] = []
    weight = 0
    for index, listed in numbered:
        more = size(listed)
        if chunk and weight + more > most:
            yield chunk
            chunk, weight = [], 0
        chunk.append((index, listed))
        weight += more
    if chunk:
        yield chunk


def _refusal(listed: Listed, refusal: ImportRefused) -> Problem:
    name, message = _REFUSALS.get(refusal.reason, ("username", refusal.reason))
    person = location_of(listed, refusal.subject)
    return listed.problem((*person, name) if person else ("members",), message)


def _account(listed: Listed) -> str:
    data = listed.data
    return str(data["account_number"]) if isinstance(data, dict) else ""
