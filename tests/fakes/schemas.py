"""Databases whose schema is not this version's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

import storage.migrating
from storage.database import Database

CURRENT = "0011_paces"
FUTURE = "9999_of_a_later_version"


@contextmanager
def schema_of(database: Database, revision: str, floor: str | None = None) -> Iterator[None]:
    """A database that another version has migrated; `floor` is what that version's says."""
    with database._engine.begin() as connection:
        before = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    _say(database, revision, floor or CURRENT)
    try:
        yield
    finally:
        _say(database, before, CURRENT)


def _say(database: Database, revision: str, floor: str) -> None:
    with database._engine.connect() as connection:
        begin(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})
        connection.execute(text("UPDATE schema_floor SET revision = :it"), {"it": floor})
        connection.commit()


def take_back(database: Database, revision: str) -> None:
    """Give the database the schema that it had at that migration."""
    config = Config()
    folder = Path(storage.migrating.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    with database._engine.connect() as connection:
        if database.dialect == "sqlite":
            connection.detach()
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        begin(connection)
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
        connection.commit()


def begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
