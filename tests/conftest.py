"""Databases for every test: SQLite always, PostgreSQL where a server is.

Both are built by the migrations once per process and then copied.
"""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from bot.cli import GARBAGE_AFTER
from bot.settings import Settings
from intents.parser import Parser
from storage.database import Database
from storage.keys import Keys
from tests.fakes.clock import ManualClock
from tests.fakes.people import move_in
from tests.proofs import requirements_shown

SERVER = os.environ.get("TEST_FOYER_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/test")
SECRET = "a secret key for the tests alone"
IN_MEMORY = Path("/dev/shm")
"""Where a commit, of which tests make a hundred thousand, does not wait for the disk."""
CATALOGUE = (
    *("service", "service_name", "service_word"),
    *("service_preset", "service_preset_name", "service_preset_service"),
)
Shipped = dict[str, list[tuple[object, ...]]]
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two workers for each core: half of the time tests wait, for servers and for pauses."""
    return 2 * (os.cpu_count() or 1)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Have the parser learn once, before there are workers that would each do so."""
    if session.config.getoption("numprocesses", None):
        Parser.load(cache=Settings().cache_dir)


def pytest_configure(config: pytest.Config) -> None:
    """What is imported and collected stays: little of it is worth looking through for garbage."""
    gc.set_threshold(GARBAGE_AFTER)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Look through what the tests make, and no more through ten thousand tests."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every test that docs/security.md names the numbers of what it shows."""
    shown = requirements_shown()
    for item in items:
        numbers = shown.get(item.nodeid.partition("[")[0])
        if numbers:
            item.add_marker(pytest.mark.asvs(*numbers))


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The parser as people install it; the first run after a change of its data trains it."""
    return Parser.load(cache=Settings().cache_dir)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def keys() -> Keys:
    return Keys(SECRET)


@pytest.fixture
def database(database_url: str, clock: ManualClock, keys: Keys) -> Iterator[Database]:
    """A fresh database at the newest schema; the test runs once on each kind."""
    opened = Database(database_url, clock=clock, keys=keys)
    yield opened
    opened.close()


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def contents(database_url: str) -> Callable[[], bytes]:
    """All bytes that the database holds: its files, or a dump of every table."""
    if database_url.startswith("sqlite"):
        file = Path(database_url.removeprefix("sqlite:///"))
        return lambda: b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    return lambda: _dump(database_url)


@pytest.fixture(scope="session")
def sqlite_file() -> Iterator[Path]:
    """One address per process: what SQLAlchemy compiled for one test serves the next."""
    with TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
        yield Path(folder) / "foyer.db"


@pytest.fixture
def sqlite_url(sqlite_file: Path, sqlite_template: Path) -> Iterator[str]:
    for former in sqlite_file.parent.glob(f"{sqlite_file.name}*"):
        former.unlink()
    shutil.copy(sqlite_template, sqlite_file)
    url = f"sqlite:///{sqlite_file}"
    yield url
    # No connection to this file is left to the next test, which has another one there.
    database = Database(url, clock=ManualClock(), keys=Keys(SECRET))
    with database.read():  # its pool is that of everybody who has opened the file
        pass
    database.close()


@pytest.fixture
def home_url(sqlite_url: str, home_template: Path) -> str:
    """The same file as `sqlite_url`, with the people of the recorded conversations in it."""
    shutil.copy(home_template, sqlite_url.removeprefix("sqlite:///"))
    return sqlite_url


@pytest.fixture
def postgresql_url(postgresql_database: str, shipped: Shipped) -> str:
    _empty(postgresql_database, shipped)
    return postgresql_database


@pytest.fixture(scope="session")
def shipped(postgresql_database: str) -> Shipped:
    """The services that a new database knows."""
    with psycopg.connect(postgresql_database) as connection:
        return {
            name: list(connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name))))
            for name in CATALOGUE
        }


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "foyer.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def home_template(sqlite_template: Path) -> Path:
    """Importing them takes as long as a whole conversation: it is done once per process."""
    file = sqlite_template.with_name("home.db")
    shutil.copy(sqlite_template, file)
    database = Database(f"sqlite:///{file}", clock=ManualClock(), keys=Keys(SECRET))
    move_in(database)
    database.close()
    return file


@pytest.fixture(scope="session")
def postgresql_database() -> Iterator[str]:
    """One database per process, emptied before each test: making one takes far longer."""
    name = f"foyer_test_{uuid4().hex}"
    try:
        _administer(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        at_once = sql.SQL("ALTER DATABASE {} SET synchronous_commit = off")
        _administer(at_once.format(sql.Identifier(name)))  # as IN_MEMORY
    except psycopg.OperationalError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI must have a PostgreSQL server: {error}")
        pytest.skip("no PostgreSQL server (TEST_FOYER_POSTGRESQL says where to look)")
    url = urlsplit(SERVER)._replace(path=f"/{name}").geturl()
    _migrate(url)
    yield url
    _administer(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _migrate(url: str) -> None:
    database = Database(url, clock=ManualClock(), keys=Keys(SECRET))
    database.migrate()
    database.close()


def _empty(url: str, shipped: Shipped) -> None:
    """Delete all but the shipped catalogue, past the triggers, and count from 1 again."""
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")
        for name in _tables(connection):
            table = sql.Identifier(name)
            if name not in {"alembic_version", "schema_floor"}:
                connection.execute(sql.SQL("DELETE FROM {}").format(table))
            for row in shipped.get(name, ()):
                values = sql.SQL(", ").join(map(sql.Literal, row))
                connection.execute(sql.SQL("INSERT INTO {} VALUES ({})").format(table, values))
        for name in ("events", "periodic_defers", "jobs", "workers"):
            table = sql.Identifier("procrastinate", f"procrastinate_{name}")
            connection.execute(sql.SQL("DELETE FROM {}").format(table))
        connection.execute(
            "SELECT setval(pg_get_serial_sequence(table_name, column_name), 1, false)"
            " FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name NOT IN ('service', 'service_preset')"
            " AND column_default LIKE 'nextval%'"
        )


def _tables(connection: psycopg.Connection) -> list[str]:
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return [name for (name,) in found]


def _dump(url: str) -> bytes:
    with psycopg.connect(url) as connection:
        copies = [
            connection.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(name)))
            for name in _tables(connection)
        ]
        return "\n".join(row for rows in copies for (row,) in rows).encode()


def _administer(statement: sql.Composed) -> None:
    with psycopg.connect(SERVER, autocommit=True, connect_timeout=3) as connection:
        connection.execute(statement)
