"""Sealing anew with the first key whatever an older one sealed, a batch of rows at a time.

Every text of every table is looked through, rather than a list of columns: whatever is sealed
tomorrow is found too. What was done stays done, so that it can be stopped and begun again.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import JSON, Column, Integer, String, Table, Text, cast, select
from sqlalchemy.types import TypeDecorator

from storage.audit.macs import head_of, key_of_head
from storage.audit.tables import audit
from storage.households.tables import household
from storage.table_base import Base
from storage.transaction import Repository

BATCH = 1000
_SEALED = re.compile(r"gAAAAA[A-Za-z0-9_-]{90,}={0,2}")
"""How a Fernet token looks: its version, then 40 bits of a time that are zero until 2106."""
_UNCHANGEABLE = {"audit", "audit_link"}


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of one: the last row that was looked at, and how many texts were sealed anew."""

    last_id: int | None
    """None where there was none left."""
    sealed: int
    closed: int
    """Texts that none of the given keys opens."""


def sealing_tables() -> Iterator[Table]:
    """Yield the tables that may hold sealed texts, each with a number for its rows."""
    for table in Base.metadata.sorted_tables:
        numbered = "id" in table.c and isinstance(table.c.id.type, Integer)
        if numbered and table.name not in _UNCHANGEABLE and list(_texts(table)):
            yield table


class Resealing(Repository):
    def seal_anew(self, table: Table, after: int) -> Batch:
        """Look at the next rows of a table, and seal what is not sealed with the first key."""
        texts = list(_texts(table))
        raw = [cast(column, Text).label(column.name) for column in texts]
        rows = self._connection.execute(
            select(table.c.id, *raw).where(table.c.id > after).order_by(table.c.id).limit(BATCH)
        ).all()
        sealed = closed = 0
        for row in rows:
            for column, text in zip(texts, row[1:], strict=True):
                anew, unopened = self._anew(text or "")
                closed += unopened
                sealed += anew != (text or "") and self._replace(column, row.id, text, anew)
        return Batch(rows[-1].id if rows else None, sealed, closed)

    def seal_heads_anew(self, after: int) -> Batch:
        """The heads of the audit's chains too, where they are right."""
        first = self._keys.names[0]
        rows = self._connection.execute(
            select(household.c.id, household.c.audit_head)
            .where(household.c.id > after)
            .order_by(household.c.id)
            .limit(BATCH)
        ).all()
        sealed = closed = 0
        for number, head in rows:
            if head is None or (key := key_of_head(head)) == first:
                continue
            entry = self._newest(number)
            given = key in self._keys.names
            if entry and given and head == head_of(self._keys, key, number, *entry):
                anew = head_of(self._keys, first, number, *entry)
                sealed += self._replace(household.c.audit_head, number, head, anew)
            else:
                closed += 1
        return Batch(rows[-1].id if rows else None, sealed, closed)

    def _newest(self, household_id: int) -> tuple[int, str] | None:
        entry = self._connection.execute(
            select(audit.c.seq, audit.c.mac)
            .where(audit.c.household_id == household_id)
            .order_by(audit.c.seq.desc())
            .limit(1)
        ).one_or_none()
        return None if entry is None else (entry.seq, entry.mac)

    def _anew(self, text: str) -> tuple[str, int]:
        """The text with every sealed part of it sealed with the first key; how many stay closed."""
        closed = 0

        def seal(match: re.Match[str]) -> str:
            nonlocal closed
            try:
                return self._keys.sealed_anew(match[0])
            except InvalidToken:
                closed += 1
                return match[0]

        return _SEALED.sub(seal, text), closed

    def _replace(self, column: Column[Any], number: int, old: str, new: str) -> bool:
        """False when somebody else has changed it meanwhile: what they sealed, they sealed anew."""
        table = column.table
        assert isinstance(table, Table)
        value = json.loads(new) if isinstance(column.type, JSON) else new
        changed = self._connection.execute(
            table.update()
            .where(table.c.id == number, cast(column, Text) == old)
            .values({column.name: value})
        )
        return changed.rowcount == 1


def _texts(table: Table) -> Iterator[Column[Any]]:
    for column in table.c:
        kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
        if isinstance(kind, String | JSON):
            yield column
