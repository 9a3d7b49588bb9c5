"""Erasing a person for an operator: `foyer erase`."""

import typer

from bot.app import open_database
from bot.running import unready
from bot.settings import Settings
from storage.errors import HolderNotErasable, NoSuchMember
from storage.households.actors import Operator

OPERATOR = Operator("foyer erase")


def erase_person(settings: Settings, username: str) -> int:
    """Erase that secondary user, say so, and return the exit status."""
    if status := unready(settings):
        return status
    database = open_database(settings)
    try:
        with database.write() as uow:
            receipt = uow.erasing.erase(OPERATOR, username)
    except NoSuchMember:
        typer.echo("Nobody has that user name.", err=True)
        return 1
    except HolderNotErasable:
        typer.echo("That is an account holder: a household cannot be without one.", err=True)
        return 1
    finally:
        database.close()
    typer.echo(f"Erased. Receipt {receipt}.")
    return 0
