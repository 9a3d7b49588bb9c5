"""Many rows at once: by COPY on PostgreSQL, by one statement for all of them elsewhere."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Table,
    any_,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns; raises IntegrityError."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        connection.execute(table.insert(), rows)


def next_ids(connection: Connection, table: Table, count: int) -> list[int]:
    """So many free ids, rising; they must be known before the rows are written."""
    if connection.dialect.name == "postgresql":
        drawn = select(func.nextval(func.pg_get_serial_sequence(table.name, "id"))).select_from(
            func.generate_series(1, count)
        )
        return sorted(connection.scalars(drawn))
    kept = 0
    if table.dialect_options["sqlite"]["autoincrement"]:  # never gives out an id again
        last = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        kept = connection.execute(last, {"name": table.name}).scalar_one_or_none() or 0
    newest = connection.scalar(select(func.max(table.c.id))) or 0
    first = max(kept, newest) + 1
    return list(range(first, first + count))


def is_among(
    connection: Connection, column: Column[Any], values: Collection[Any]
) -> ColumnElement[bool]:
    """Is the column's value one of many? PostgreSQL takes them as one parameter."""
    if connection.dialect.name == "postgresql":
        return column == any_(literal([*values], postgresql.ARRAY(column.type)))
    return column.in_(values)


def _copy(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    names = tuple(rows[0])
    processors = _processors(table, names, connection.dialect)
    driver: Any = connection.connection.driver_connection
    columns = ", ".join(names)
    try:
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row([bind(row[name]) for name, bind in processors])
    except connection.dialect.loaded_dbapi.IntegrityError as error:
        raise IntegrityError(f"COPY {table.name}", None, error) from error


@cache
def _processors(table: Table, names: tuple[str, ...], dialect: Dialect) -> list[tuple[str, Any]]:
    """How each column's values go to the database, as in any other statement."""
    binds = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    return [(name, bind or _as_it_is) for name, bind in zip(names, binds, strict=True)]


def _as_it_is(value: Any) -> Any:
    return value
