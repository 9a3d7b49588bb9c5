"""Closing a household for an operator, and opening it again: `foyer close`, `foyer reopen`."""

from collections.abc import Callable

import typer

from bot.app import open_database
from bot.running import unready
from bot.settings import Settings
from storage.database import Database
from storage.errors import HouseholdClosed, InvitationLimit, NoSuchHousehold
from storage.households.actors import Operator
from storage.limits import CLOSED_KEPT

REFUSED = 1
_REASONS = {
    "no_such_household": "No household has that account number.",
    "closed": "That household is closed already.",
    "open": "That household is not closed.",
    "erased": "Its people are erased: `foyer import` takes it in anew.",
    "invitation_limit": "Too many people of it were invited today: try again tomorrow.",
}


def close_household(settings: Settings, account_number: str, *, yes: bool = False) -> int:
    """Close it unless the operator has second thoughts; returns the exit status."""

    def close(database: Database) -> None:
        with database.read() as uow:
            people = uow.closing.people(account_number)
        if not yes:
            typer.confirm(
                f"Close household {account_number}? All access of its {people} people ends now, "
                f"they are told, and after {CLOSED_KEPT.days} days they are erased.",
                abort=True,
            )
        with database.write() as uow:
            ended = uow.closing.close(Operator("foyer close"), account_number)
        typer.echo(
            f"Closed, and {ended.people} people are told. For {CLOSED_KEPT.days} days "
            f"`foyer reopen {account_number}` brings them back. Receipt {ended.receipt}."
        )

    return _done(settings, close)


def reopen_household(settings: Settings, account_number: str) -> int:
    """Open it again as it was; returns the exit status."""

    def reopen(database: Database) -> None:
        with database.write() as uow:
            ended = uow.closing.reopen(Operator("foyer reopen"), account_number)
        typer.echo(f"Open again, with {ended.people} people. Receipt {ended.receipt}.")

    return _done(settings, reopen)


def _done(settings: Settings, work: Callable[[Database], None]) -> int:
    if status := unready(settings):
        return status
    database = open_database(settings)
    try:
        work(database)
    except (NoSuchHousehold, HouseholdClosed, InvitationLimit) as refusal:
        typer.echo(_REASONS[refusal.reason], err=True)
        return REFUSED
    finally:
        database.close()
    return 0
