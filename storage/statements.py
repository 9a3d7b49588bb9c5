"""The few things that SQLite and PostgreSQL say differently."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Index, Insert, Table, UniqueConstraint, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.sql.dml import ReturningInsert
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_random


def insert_once(connection: Connection, table: Table, values: Mapping[str, Any]) -> int | None:
    """The new row's id, or None when a row with such a unique key exists (also by a race)."""
    statement = _insert_once(table, connection.dialect.name)
    return connection.execute(statement, values).scalar_one_or_none()


def insert_row(connection: Connection, table: Table, **values: Any) -> int:
    """The id of the inserted row."""
    key = connection.execute(_insert(table), values).inserted_primary_key
    assert key is not None, "a single inserted row has a key"
    return int(key[0])


def claim_name(connection: Connection, table: Table, **values: Any) -> bool:
    """Insert a row whose key is no number; False when such a row exists, also by a race."""
    build = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return connection.execute(build(table).on_conflict_do_nothing(), values).rowcount == 1


def take_turns(connection: Connection, digest: str) -> None:
    """Hold a lock of that name until the transaction ends; SQLite has one writer anyway.

    `digest` is hexadecimal. What is counted before something is allowed must be counted by one
    transaction after the other.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(int(digest[:15], 16))))


@retry(
    retry=retry_if_exception_type(OperationalError),
    stop=stop_after_delay(120),
    wait=wait_random(0.05, 0.3),
    reraise=True,
)
def hold_tables(connection: Connection, *names: str) -> None:
    """Have tables to oneself for the rest of a migration, while others work on.

    It lets go and tries again before anybody could wait for it in a circle: so nobody's turn is
    ended to break one. SQLite has one writer anyway.
    """
    if connection.dialect.name != "postgresql":
        return
    with connection.begin_nested():
        connection.exec_driver_sql("SET LOCAL lock_timeout = '300ms'")
        connection.exec_driver_sql(f"LOCK TABLE {', '.join(names)} IN SHARE ROW EXCLUSIVE MODE")
        connection.exec_driver_sql("SET LOCAL lock_timeout = DEFAULT")


def violates(error: IntegrityError, key: UniqueConstraint | Index) -> bool:
    """Is it this unique key that the statement ran into?"""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:  # PostgreSQL names the key, SQLite its columns
        return bool(diagnosis.constraint_name == key.name)
    return str(error.orig) == f"UNIQUE constraint failed: {', '.join(map(str, key.columns))}"


@cache
def _insert(table: Table) -> Insert:
    return table.insert()


@cache
def _insert_once(table: Table, dialect: str) -> ReturningInsert[Any]:
    build = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return build(table).on_conflict_do_nothing().returning(table.c.id)
