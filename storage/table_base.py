"""What all tables share: named constraints, the column types, and how they fill a row."""

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import Column, DateTime, Dialect, MetaData, Table, Text
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(SQLModel):
    metadata: ClassVar[MetaData] = MetaData(naming_convention=_NAMES)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on every database; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class OutsideText(TypeDecorator[str]):
    """Text that came from outside: what no database can hold (NUL, lone surrogates) becomes �."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        del dialect
        if value is None or (value.isascii() and "\0" not in value):
            return value
        return value.replace("\0", "�").encode("utf-8", "replace").decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        del dialect
        return value


def columns_of(row: type, *tables: Table) -> list[Column[Any]]:
    """What fills the fields of a row, each from the first table that has a column of its name."""
    names = (field.name for field in fields(row))
    return [next(table.c[name] for table in tables if name in table.c) for name in names]
