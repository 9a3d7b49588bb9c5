"""A person's data for themselves: read in one moment, and entered in the audit."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage.errors import NoSuchMember
from storage.households.actors import Operator
from storage.households.changing import Changing
from storage.households.exporting.columns import EXPORTED, Part, Whose
from storage.households.tables import member, service
from storage.identity.tables import chat_link
from storage.names import folded
from storage.transaction import Repository, part

_MASK = re.compile("⟨(code):[^⟩]*⟩")
"""Where a code was typed: its digest and its sealed digits go with nothing else either."""
_SAID = {"user": "person", "bot": "foyer"}
"""Events of a conversation that are words, and whose; all others are how the program works."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PersonData:
    """What is handed out: rows by part, in the order of `EXPORTED`; moments are in UTC."""

    username: str
    language: str
    at: datetime
    receipt: str
    parts: Mapping[str, Sequence[Row]]


class Exporting(Repository):
    _change = part(Changing)

    def export(self, actor: Operator, username: str) -> PersonData:
        """All that is kept about somebody, deleted or not; raises NoSuchMember."""
        columns = (member.c.id, member.c.household_id, member.c.username, member.c.language)
        statement = select(*columns).where(member.c.username_key == folded(username))
        person = self._connection.execute(statement).one_or_none()
        if person is None:
            raise NoSuchMember
        home = person.household_id
        with self._change(actor, "export", person.id, household_id=home) as done:
            done.note()
        whose = self._whose(person.id, home)
        parts = {name: self._rows(told, whose) for name, told in EXPORTED.items()}
        parts["messages"] = _words_of(parts["messages"])
        parts["objections"] = [self._opened(row) for row in parts["objections"]]
        return PersonData(person.username, person.language, self._clock(), done.number, parts)

    def _opened(self, row: Row) -> Row:
        """What was added to an objection is kept sealed, and handed out as it was kept."""
        words = self._keys.open(row["words"]) if row["words"] else ""
        return {**row, "words": _MASK.sub(r"⟨\1⟩", words)}

    def _whose(self, member_id: int, household_id: int) -> Whose:
        others = select(chat_link.c.conversation_id).where(chat_link.c.member_id != member_id)
        theirs = select(
            chat_link.c.conversation_id, chat_link.c.conversation_id.in_(others).label("is_shared")
        ).where(chat_link.c.member_id == member_id, chat_link.c.disowned_at.is_(None))
        rows = self._connection.execute(theirs.order_by(chat_link.c.id)).all()
        own = tuple(row.conversation_id for row in rows if not row.is_shared)
        shared = tuple(row.conversation_id for row in rows if row.is_shared)
        return Whose(member_id, household_id, own, shared)

    def _rows(self, told: Part, whose: Whose) -> list[Row]:
        """In the order in which they were written; a service by its code."""
        columns = [
            service.c.code.label("service") if name == "service_id" else told.table.c[name]
            for name in told.columns
        ]
        statement = select(*columns).where(told.which(whose))
        if "service_id" in told.columns:
            statement = statement.join_from(told.table, service)
        key = [*told.table.primary_key.columns]
        rows = self._connection.execute(statement.order_by(*key)).mappings()
        return [dict(row) for row in rows]


def _words_of(events: Sequence[Row]) -> list[Row]:
    return [
        {
            "conversation_id": row["conversation_id"],
            "at": row["at"],
            "from": _SAID[row["event"]["event"]],
            "text": _MASK.sub(r"⟨\1⟩", row["event"]["text"]),
        }
        for row in events
        if row["event"].get("event") in _SAID and row["event"].get("text")
    ]
