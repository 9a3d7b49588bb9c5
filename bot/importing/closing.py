"""Closing the households that a file does not have any more."""

from collections.abc import Sequence
from itertools import islice

import typer

from bot.importing.report import Watch
from bot.importing.watching import watching
from storage.database import Database
from storage.errors import HouseholdClosed
from storage.households.actors import Operator
from storage.households.closing import Closing
from storage.households.importing.unlisted import Missing
from storage.limits import CLOSED_KEPT

_OPERATOR = Operator("foyer import --close-missing")
_AT_A_TIME = 20
"""Households that one transaction closes: nobody waits long for the database."""


def close_missing(database: Database, missing: Missing, *, yes: bool) -> None:
    """Ask, showing how many they are, and close them; aborts when the operator has doubts.

    More than half of all are never closed unasked: a file that was cut off has few households.
    """
    count = len(missing.accounts)
    if not count:
        return
    if yes and 2 * count > missing.households:
        typer.echo("That is more than half of all: closing them takes a yes of yours.", err=True)
    if not yes or 2 * count > missing.households:
        typer.confirm(
            f"Close these {count:,} of {missing.households:,} households? All access of their "
            f"people ends now, they are told, and after {CLOSED_KEPT.days} days they are erased.",
            abort=True,
        )
    with watching() as watch:
        closed = _close_all(database, missing.accounts, watch)
    typer.echo(f"{closed:,} closed")


def _close_all(database: Database, missing: Sequence[str], watch: Watch) -> int:
    accounts, closed = iter(missing), 0
    watch.begin("closing", len(missing), 0)
    while batch := list(islice(accounts, _AT_A_TIME)):
        with database.write() as uow:
            closed += sum(_close(uow.closing, account) for account in batch)
        watch.go_on(len(batch))
    return closed


def _close(closing: Closing, account: str) -> int:
    """1, or 0 where somebody else has just closed it."""
    try:
        closing.close(_OPERATOR, account)
    except HouseholdClosed:
        return 0
    return 1
