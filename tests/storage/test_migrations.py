"""The migrations build what the tables say, also when two processes run them at once."""

import sqlite3
import sys
from pathlib import Path
from subprocess import run
from threading import Timer

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from storage.database import Database
from storage.keys import Keys
from storage.migrating import Schema
from storage.schema import METADATA
from tests.fakes.clock import ManualClock
from tests.fakes.households import make_household
from tests.fakes.threads import in_parallel


def test_the_migrations_build_exactly_the_tables(database: Database) -> None:
    with database._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_the_schema_alone_knows_every_table(database: Database) -> None:
    """Alembic imports nothing else of the rooms."""
    code = "from storage.schema import METADATA; print(*sorted(METADATA.tables))"
    told = run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    with database._engine.connect() as connection:
        built = set(inspect(connection).get_table_names()) - {"alembic_version"}
    assert set(told.stdout.split()) == built


def test_a_migrated_database_is_current_and_an_empty_one_is_older(
    database: Database, tmp_path: Path, clock: ManualClock, keys: Keys
) -> None:
    assert database.schema() is Schema.CURRENT
    empty = Database(f"sqlite:///{tmp_path / 'empty.db'}", clock=clock, keys=keys)
    assert empty.schema() is Schema.OLDER
    empty.close()


def test_migrating_again_keeps_what_is_there(database: Database) -> None:
    household = make_household(database, secondaries=1)
    database.migrate()
    with database.read() as uow:
        assert uow.households.of(household.id) == household


def test_several_can_migrate_one_database_at_once(
    tmp_path: Path, clock: ManualClock, keys: Keys
) -> None:
    def migrate(_: int) -> bool:
        database = Database(f"sqlite:///{tmp_path / 'new.db'}", clock=clock, keys=keys)
        database.migrate()
        fit = database.schema()
        database.close()
        return fit is Schema.CURRENT

    assert all(in_parallel(6, migrate))


def test_a_new_sqlite_file_is_waited_for_while_another_process_writes_to_it(
    tmp_path: Path, clock: ManualClock, keys: Keys
) -> None:
    """SQLite's own waiting does not cover the switch to WAL."""
    file = tmp_path / "new.db"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE theirs (id INTEGER)")
    release = Timer(0.5, other.commit)
    release.start()
    database = Database(f"sqlite:///{file}", clock=clock, keys=keys)
    database.migrate()
    assert database.schema() is Schema.CURRENT
    database.close()
    release.join()
    other.close()


def test_sqlite_keeps_what_it_acknowledged(sqlite_url: str, clock: ManualClock, keys: Keys) -> None:
    database = Database(sqlite_url, clock=clock, keys=keys)
    with database._engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    database.close()
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30000,
    }


def test_a_connection_more_takes_no_lock_from_those_that_are_open(
    sqlite_url: str, clock: ManualClock, keys: Keys
) -> None:
    """A file that is opened and closed beside SQLite would end all locks of its process."""
    file = sqlite_url.removeprefix("sqlite:///")
    meddle = (
        f"import sqlite3; c = sqlite3.connect({file!r}, timeout=0)\n"
        "try: print(c.execute('PRAGMA journal_mode=DELETE').fetchone()[0])\n"
        "except sqlite3.OperationalError as error: print(error)"
    )
    database = Database(sqlite_url, clock=clock, keys=keys)
    with database.read() as first:
        first.conversations.find("a", "b", "c")
        with database.read() as second:
            second.conversations.find("a", "b", "c")
            told = run([sys.executable, "-c", meddle], capture_output=True, check=True, text=True)
    database.close()
    assert told.stdout.strip() == "database is locked"
