"""The command `foyer import FILE`: what the operator sees, and the exit status."""

from collections.abc import Collection
from pathlib import Path

import typer

from bot.app import open_database
from bot.importing.closing import close_missing
from bot.importing.loading import load_file
from bot.importing.problems import FileRefused
from bot.importing.report import Report
from bot.importing.watching import watching
from bot.running import unready
from bot.settings import Settings
from storage.database import Database
from storage.households.importing.records import OVERWRITABLE

REFUSED = 1
"""Exit status when something in the file is wrong, or does not fit what is there."""


def import_file(
    settings: Settings,
    file: Path,
    *,
    dry_run: bool = False,
    overwrite: Collection[str] = (),
    closing: bool = False,
    yes: bool = False,
) -> int:
    """Load the file into the configured database and print what became of it.

    With `closing`, households that the file does not have are closed, once the operator has seen
    how many they are, or has said `yes` beforehand.
    """
    if not OVERWRITABLE.issuperset(overwrite):
        typer.echo(f"--overwrite takes one of: {', '.join(sorted(OVERWRITABLE))}", err=True)
        return REFUSED
    if status := unready(settings, adopts=True):
        return status
    database = open_database(settings)
    try:
        report = _load(database, file, dry_run=dry_run, overwrite=overwrite)
        if closing and not dry_run and report.missing is not None:
            close_missing(database, report.missing, yes=yes)
    except FileRefused as refused:
        for problem in refused.problems:
            typer.echo(problem.describe(file), err=True)
        return REFUSED
    finally:
        database.close()
    return REFUSED if report.refused else 0


def _load(database: Database, file: Path, *, dry_run: bool, overwrite: Collection[str]) -> Report:
    with watching() as watch:
        report = load_file(database, file, dry_run=dry_run, overwrite=overwrite, watch=watch)
    for problem in report.refused:
        typer.echo(problem.describe(file), err=True)
    for line in report.summary():
        typer.echo(line)
    return report
