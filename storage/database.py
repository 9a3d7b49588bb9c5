"""The database: one engine, and transactions that are committed once, at their edge."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache, cached_property, partial
from threading import Lock

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import OperationalError
from tenacity import retry, retry_if_exception, stop_after_delay, wait_random

from storage import migrating
from storage.clock import Clock
from storage.errors import DatabaseAwayError
from storage.keys import Keys
from storage.migrating import Schema
from storage.transaction import Demand, Transaction
from storage.unit_of_work import UnitOfWork
from storage.work import Hands, end_job

_BUSY_SECONDS = 30
_SHARE = 8
"""A process takes an eighth of PostgreSQL's connections unless it is told: 12 of the usual 100."""
_FEWEST_CONNECTIONS, _MOST_CONNECTIONS = 5, 30


class Database:
    """SQLite or PostgreSQL by URL. Any thread may use it; transactions do not nest."""

    def __init__(
        self,
        url: str,
        *,
        clock: Clock,
        keys: Keys,
        public_url: str = "http://127.0.0.1:8080",
        passkey_url: str = "http://localhost:8080",
        demand: Demand = "any",
        pool: int | None = None,
    ) -> None:
        """`pool` is how many connections to PostgreSQL this process may hold at most."""
        self._transaction = partial(
            Transaction,
            clock=clock,
            keys=keys,
            public_url=public_url.rstrip("/"),
            passkey_url=passkey_url.rstrip("/"),
            demand=demand,
        )
        self._url = make_url(url)
        self._pool = pool
        self._writer = Lock()
        self._hands: Hands | None = None
        self.dialect = self._url.get_backend_name()

    @cached_property
    def _engine(self) -> Engine:
        try:
            return _engine(self._url, self._pool)
        except OperationalError as error:
            raise DatabaseAwayError(str(error.orig)) from error

    @property
    def address(self) -> str:
        """The URL, password included, as PostgreSQL's own library takes it."""
        return self._url.set(drivername=self.dialect).render_as_string(hide_password=False)

    def hire(self, hands: Hands | None) -> None:
        """Have this process take on itself what its transactions leave to be done, if it can."""
        self._hands = hands

    def migrate(self) -> Schema:
        """Upgrade an older schema; returns how it fits this version of the product then."""
        return migrating.migrate(self._engine)

    def schema(self) -> Schema:
        """How the schema fits this version of the product; raises DatabaseAwayError."""
        return migrating.schema(self._engine)

    @contextmanager
    def write(self, *, request_id: int | None = None) -> Iterator[UnitOfWork]:
        """One transaction: committed at a clean exit, rolled back whole on any exception.

        `request_id` is the inbox row that is being worked on; audit entries name it.
        """
        with self._turn(), self._engine.connect() as connection:
            if self.dialect == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            unit = self._unit(connection, request_id)
            yield unit
            told = self._write_down(unit, request_id)
            connection.commit()
        told()

    @contextmanager
    def write_if_free(self) -> Iterator[UnitOfWork | None]:
        """The same where nobody else writes just now, else None: it never waits for its turn.

        On PostgreSQL nobody is in the way.
        """
        if self.dialect != "sqlite":
            with self.write() as unit:
                yield unit
        elif not self._writer.acquire(blocking=False):
            yield None
        else:
            with ExitStack() as leaving:
                leaving.callback(self._writer.release)
                connection = leaving.enter_context(self._engine.connect())
                begun = _begun_at_once(connection)
                yield self._unit(connection, None) if begun else None
                connection.commit()

    def _write_down(self, unit: UnitOfWork, row: int | None) -> Callable[[], None]:
        """Leave what is to be done next to the engine; what to tell this process afterwards."""
        hands, transaction = self._hands, unit.transaction
        if self.dialect == "sqlite":
            return _nothing
        job = hands.job_over_with(row) if hands is not None and row is not None else None
        if job is not None:
            end_job(transaction.connection, job)
        taken = transaction.work.write_down(transaction.connection, hands)

        def tell() -> None:
            if hands is not None and taken:
                hands.take(taken)
            if hands is not None and row is not None and job is not None:
                hands.over(row)

        return tell

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """A transaction that is never committed; it waits for no writer on SQLite."""
        with self._engine.connect() as connection:
            if self.dialect == "sqlite":
                connection.exec_driver_sql("BEGIN")
            yield self._unit(connection, None)

    def close(self) -> None:
        if "_engine" in self.__dict__:
            self._engine.dispose()

    def _unit(self, connection: Connection, request_id: int | None) -> UnitOfWork:
        return UnitOfWork(self._transaction(connection=connection, request_id=request_id))

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """SQLite has one writer: threads queue here, which is fairer than its busy-wait."""
        if self.dialect != "sqlite":
            yield
            return
        if not self._writer.acquire(timeout=_BUSY_SECONDS):
            raise TimeoutError(f"no turn to write within {_BUSY_SECONDS} s")
        try:
            yield
        finally:
            self._writer.release()


@cache  # compiled statements are kept by an engine: whoever opens a database again finds them
def _engine(url: URL, pool: int | None) -> Engine:
    if url.get_backend_name() == "postgresql":
        return _postgresql(url.set(drivername="postgresql+psycopg"), pool)
    engine = create_engine(
        url,
        pool_reset_on_return=None,  # SQLAlchemy itself ends what a connection had begun
        pool_size=10,
        max_overflow=50,
        hide_parameters=True,  # an error must not carry what people wrote into a log
        # Autocommit: this module says BEGIN itself, so that a write starts as a write.
        connect_args={"timeout": _BUSY_SECONDS, "isolation_level": None},
    )
    event.listen(engine, "connect", _set_up_sqlite)
    if url.database and not url.database.startswith((":", "file:")):
        event.listen(engine, "do_connect", partial(_make_private, url.database))
    return engine


def _postgresql(url: URL, pool: int | None) -> Engine:
    """Take a share of the connections that the server allows; what is told in `pool` is one."""
    if pool is None:
        asking = create_engine(url, poolclass=NullPool)
        with asking.connect() as connection:
            allowed = int(connection.exec_driver_sql("SHOW max_connections").scalar_one())
        pool = max(_FEWEST_CONNECTIONS, min(_MOST_CONNECTIONS, allowed // _SHARE))
    kept = max(1, pool // 2)
    return create_engine(
        url,
        pool_size=kept,
        max_overflow=pool - kept,
        hide_parameters=True,
        pool_pre_ping=True,
    )


def _make_private(file: str, *_: object) -> None:
    """A new file is its owner's alone, and so are the logs that SQLite puts beside it.

    One that is there is not opened: closing it again would end this process's locks on it.
    """
    with suppress(OSError):  # one that cannot be made is SQLite's to complain about
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _begun_at_once(connection: Connection) -> bool:
    """Begin a write on SQLite; False where somebody else is at one."""
    connection.exec_driver_sql("PRAGMA busy_timeout=0").close()
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        if not _is_busy(error.orig):
            raise
        return False
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000}").close()
    return True


def _nothing() -> None:
    """There is nobody to be told."""


def _set_up_sqlite(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    _switch_to_wal(cursor)
    cursor.execute("PRAGMA synchronous=FULL")  # NORMAL may lose an acknowledged update
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _is_busy(error: BaseException | None) -> bool:
    return isinstance(error, sqlite3.OperationalError) and (
        error.sqlite_errorcode == sqlite3.SQLITE_BUSY
    )


@retry(
    retry=retry_if_exception(_is_busy),
    stop=stop_after_delay(_BUSY_SECONDS),
    wait=wait_random(0.01, 0.1),
    reraise=True,
)
def _switch_to_wal(cursor: DBAPICursor) -> None:
    """Change a new file, once in its life.

    SQLite's own waiting does not cover this: while another process does the same, or migrates
    the new file, it says "database is locked" at once.
    """
    cursor.execute("PRAGMA journal_mode=WAL")
