"""Showing how far an import is: a bar on a terminal, a line now and then elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.importing.report import Watch

_EVERY = 10_000
"""Households between two lines where there is no terminal."""


@contextmanager
def watching() -> Iterator[Watch]:
    """Whoever waits sees it on the error stream, apart from the report."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as progress:
        yield _Bar(progress)


@dataclass(slots=True)
class _Bar:
    progress: Progress

    def begin(self, doing: str, households: int | None, done: int) -> None:
        for task in self.progress.task_ids:
            self.progress.remove_task(task)
        self.progress.add_task(doing, total=households, completed=done)

    def go_on(self, households: int) -> None:
        for task in self.progress.task_ids:
            self.progress.advance(task, households)


@dataclass(slots=True)
class _Lines:
    doing: str = field(default="", init=False)
    total: str = field(default="", init=False)
    done: int = field(default=0, init=False)

    def begin(self, doing: str, households: int | None, done: int) -> None:
        self.doing, self.done = doing, done
        self.total = "" if households is None else f" of {households:,}"
        if done:
            typer.echo(f"{doing}: goes on after {done:,}{self.total} households", err=True)

    def go_on(self, households: int) -> None:
        before, self.done = self.done, self.done + households
        if before // _EVERY < self.done // _EVERY:
            typer.echo(f"{self.doing}: {self.done:,}{self.total} households", err=True)
