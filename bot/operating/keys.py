"""The secret keys, for an operator: `foyer keys`."""

from collections.abc import Callable, Iterator
from functools import partial

import typer

from bot.app import open_database
from bot.key_file import fresh_key, put_first, with_fresh_key
from bot.operating.parked import Report
from bot.running import unready
from bot.settings import Settings
from storage.database import Database
from storage.keyring.resealing import Batch, Resealing, sealing_tables
from storage.keys import named_keys

TO_DO = 1
"""Exit status where the operator has something to do first."""

_NEXT = "Restart every `foyer run`, then call `foyer keys rotate` again."
_BEHIND = "Keep the older keys behind it: they open what is older, and prove the audit."


def list_keys(database: Database) -> Report:
    with database.read() as uow:
        given, known = uow.keys.names, uow.known_keys.all()
    return Report(
        tuple(
            f"{key.id}  since {key.known_since:%Y-%m-%d}  "
            + ("dropped" if key.dropped_at else "seals" if key.id == given[0] else "opens")
            for key in known
        )
        or ("The database knows no key yet; `foyer run` makes the given one known.",)
    )


def drop_key(settings: Settings, name: str) -> int:
    """Do without a key from now on, say so, and return the exit status."""
    if status := unready(settings, any_key=True):
        return status
    database = open_database(settings)
    with database.write() as uow:
        dropped = uow.known_keys.drop(name)
    database.close()
    if not dropped:
        typer.echo(f"There is no key {name} to drop; `foyer keys list` shows all.", err=True)
        return TO_DO
    typer.echo(
        f"Key {name} is dropped. What only it opens is closed for good, and what only it proves in"
        " the audit cannot be proved."
    )
    return 0


def rotate_keys(settings: Settings, *, new: bool) -> int:
    """Make the next step towards another key, say what is left, and return the exit status."""
    if status := unready(settings, adopts=True):
        return status
    if new or len(named_keys(settings.secret())) == 1:
        return _begin(settings)
    database = open_database(settings)
    for line in _seal_all(database):
        typer.echo(line)
    first = named_keys(settings.secret())
    database.close()
    typer.echo(f"Everything is sealed with key {next(iter(first))}. {_BEHIND}")
    return 0


def _begin(settings: Settings) -> int:
    """Put a new key first where the keys are in a file; else say what to put there."""
    fresh = fresh_key()
    if settings.secret_key is not None:
        present = [f"{name}:(the key that it is)" for name in named_keys(settings.secret())]
        _, name = with_fresh_key(settings.secret(), fresh)
        line = ",".join([f"{name}:{fresh}", *present])
        typer.echo(f"Put a new key first: FOYER_SECRET_KEY={line}\n{_NEXT}\n{_BEHIND}")
        return TO_DO
    keys, name = with_fresh_key(settings.secret(), fresh)
    put_first(settings.key_file, keys)
    typer.echo(f"Key {name} now stands first in {settings.key_file}.\n{_NEXT}")
    return 0


def _seal_all(database: Database) -> Iterator[str]:
    """Seal everything anew, and say after every batch how far it is."""
    for table in sealing_tables():
        yield from _in_batches(database, table.name, partial(Resealing.seal_anew, table=table))
    yield from _in_batches(database, "heads of the audit", Resealing.seal_heads_anew)


def _in_batches(database: Database, what: str, seal: Callable[..., Batch]) -> Iterator[str]:
    """Each batch is a transaction of its own: chats go on in between."""
    last, sealed, closed = 0, 0, 0
    while True:
        with database.write() as uow:
            batch = seal(uow.resealing, after=last)
        if batch.last_id is None:
            return
        last, sealed, closed = batch.last_id, sealed + batch.sealed, closed + batch.closed
        yield _progress(what, last, sealed, closed)


def _progress(what: str, last: int, sealed: int, closed: int) -> str:
    stays = f", {closed} that no key opens" if closed else ""
    return f"{what}: up to {last}, {sealed} sealed anew{stays}"
