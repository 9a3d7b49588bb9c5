"""The command `foyer import FILE`: what the operator sees, and the exit status."""

from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

import typer

from bot.app import open_database
from bot.importing.loading import load_file
from bot.importing.problems import FileRefused
from bot.running import unready
from bot.settings import Settings
from storage.households.import_records import OVERWRITABLE, Outcome

REFUSED = 1
"""Exit status when nothing was written because something in the file is wrong."""


def import_file(
    settings: Settings, file: Path, *, dry_run: bool = False, overwrite: Collection[str] = ()
) -> int:
    """Load the file into the configured database and print what became of it."""
    if not OVERWRITABLE.issuperset(overwrite):
        typer.echo(f"--overwrite takes one of: {', '.join(sorted(OVERWRITABLE))}", err=True)
        return REFUSED
    if status := unready(settings, adopts=True):
        return status
    database = open_database(settings)
    try:
        changes = load_file(database, file, dry_run=dry_run, overwrite=overwrite)
    except FileRefused as refused:
        for problem in refused.problems:
            typer.echo(problem.describe(file), err=True)
        return REFUSED
    finally:
        database.close()
    for line in summary(changes):
        typer.echo(line)
    return 0


def summary(changes: Sequence[Outcome]) -> list[str]:
    """One line for each change, and their counts; what is as in the file is only counted."""
    counts = Counter[str](change.kind for change in changes)
    lines = [
        " ".join(filter(None, (change.kind, change.subject, change.field)))
        for change in changes
        if change.kind != "kept"
    ]
    kinds = ("created", "changed", "left", "kept")
    return [*lines, ", ".join(f"{counts[kind]} {kind}" for kind in kinds)]
