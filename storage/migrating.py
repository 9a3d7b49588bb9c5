"""Bringing a database to the newest schema: the migrations travel inside the package.

A schema may be newer than a program, while many machines are upgraded one after another. Each
migration therefore names its `floor`: the migration that a program must at least know to go on
working. The database keeps that of its newest migration, which an older program cannot read.
"""

from enum import Enum
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import OperationalError

from storage.errors import DatabaseAwayError
from storage.schema import METADATA

_LOCK = 0x_F0_7E_12  # any number of our own: names the advisory lock of the migrations
_floor = METADATA.tables["schema_floor"]


class Schema(Enum):
    """How a database's schema fits this program, in a sentence for its operator."""

    CURRENT = "the schema is this version's own"
    NEWER = "the schema is newer than this version, which may go on working with it"
    OLDER = "the database has an older schema: run `foyer migrate` first"
    TOO_NEW = "the database has a newer schema that this version cannot use: start a newer version"

    @property
    def fits(self) -> bool:
        return self in {Schema.CURRENT, Schema.NEWER}


def migrate(engine: Engine) -> Schema:
    """Upgrade an older schema, whole or not at all; returns how the schema fits then.

    Two processes may do so at once: the second waits, then finds nothing left to do.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.detach()  # a connection without foreign keys must not return to the pool
            # Rebuilding a table (Alembic's batch mode) with foreign keys on deletes by cascade.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        if _schema(connection) is Schema.OLDER:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _check_references(connection)
            floors = [{"revision": head.module.floor} for head in _scripts().get_revisions("head")]
            connection.execute(_floor.delete())
            connection.execute(_floor.insert(), floors)
        fit = _schema(connection)
        connection.commit()
    return fit


def schema(engine: Engine) -> Schema:
    """How the schema fits this program; raises DatabaseAwayError."""
    try:
        with engine.connect() as connection:
            return _schema(connection)
    except OperationalError as error:
        raise DatabaseAwayError(str(error.orig)) from error


def _schema(connection: Connection) -> Schema:
    scripts = _scripts()
    heads = set(MigrationContext.configure(connection).get_current_heads())
    if heads == set(scripts.get_heads()):
        return Schema.CURRENT
    known = {script.revision for script in scripts.walk_revisions()}
    if heads <= known:
        return Schema.OLDER
    has_floor = inspect(connection).has_table(_floor.name)
    floor = connection.scalar(_floor.select()) if has_floor else None
    return Schema.NEWER if floor in known else Schema.TOO_NEW


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"a migration broke {len(broken)} references between tables")
