"""What people say was not agreed: it changes nothing in a household, and reaches support.

Nothing of it is in the history that a holder reads: it may be the holder to whom somebody objects.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage.errors import LinkVoid
from storage.handoff.tables import objection
from storage.households.tables import member
from storage.messages.objection_links import ObjectionLinks, ToldOf
from storage.statements import insert_once
from storage.table_base import columns_of
from storage.transaction import Repository, part


@dataclass(frozen=True, slots=True)
class Objection:
    """`template` is the kind of mail; of somebody who was erased nothing else is left."""

    id: int
    template: str
    told_at: datetime
    objected_at: datetime
    closed_at: datetime | None
    member_id: int | None
    first_name: str | None
    last_name: str | None
    role: str | None
    language: str | None
    username: str | None
    words: str = ""
    """What they add in words of their own, with what was private in it masked."""

    @property
    def chat(self) -> str:
        """What stands for a chat where there is none: one for each person."""
        known = self.member_id is not None
        return f"{_MEMBER}-{self.member_id}" if known else f"{_ALONE}-{self.id}"


_ROWS = (
    select(*columns_of(Objection, objection, member))
    .outerjoin(member, member.c.id == objection.c.member_id)
    .order_by(objection.c.id)
)


_MEMBER, _ALONE = "member", "objection"


class Objections(Repository):
    links = part(ObjectionLinks)

    def peek(self, token: str) -> ToldOf | None:
        """What the link is about; looking at it does nothing."""
        return self.links.peek(token)

    def language_of(self, told: ToldOf) -> str | None:
        """The language of who was told, if they are still known."""
        which = select(member.c.language).where(member.c.id == told.member_id)
        return self._connection.scalar(which)

    def enter(self, token: str, words: str = "") -> Objection | None:
        """Keep it for support, with words of their own; None for a mail objected to before.

        Words that come a second time are added where there were none.
        Raises LinkVoid.
        """
        told = self.links.peek(token)
        if told is None:
            raise LinkVoid
        known = self._connection.scalar(select(member.c.id).where(member.c.id == told.member_id))
        values = {
            "mail_id": told.mail_id,
            "template": told.template,
            "member_id": known,
            "told_at": told.at,
            "objected_at": self._clock(),
            "words": self._keys.seal(words) if words else None,
        }
        number = insert_once(self._connection, objection, values)
        if number is None and words:
            number = self._add(told.mail_id, self._keys.seal(words))
        return None if number is None else self._get(number)

    def _add(self, mail_id: int, words: str) -> int | None:
        bare = objection.c.words.is_(None) & objection.c.closed_at.is_(None)
        added = objection.update().where(objection.c.mail_id == mail_id, bare).values(words=words)
        number: int | None = self._connection.scalar(added.returning(objection.c.id))
        return number

    def open(self) -> list[Objection]:
        """What support has not dealt with yet, oldest first."""
        rows = self._connection.execute(_ROWS.where(objection.c.closed_at.is_(None)))
        return [self._read(row) for row in rows]

    def close(self, number: int) -> bool:
        """Support has dealt with it; False where there is no such open objection."""
        closed = (
            objection.update()
            .where(objection.c.id == number, objection.c.closed_at.is_(None))
            .values(closed_at=self._clock())
        )
        return self._connection.execute(closed).rowcount == 1

    def settle(self, chat: str) -> None:
        """Support has dealt with all that stands for such a chat (`Objection.chat`)."""
        kind, _, number = chat.partition("-")
        whose = {_MEMBER: objection.c.member_id, _ALONE: objection.c.id}[kind] == int(number)
        settled = objection.update().where(whose, objection.c.closed_at.is_(None))
        self._connection.execute(settled.values(closed_at=self._clock()))

    def _get(self, number: int) -> Objection:
        return self._read(self._connection.execute(_ROWS.where(objection.c.id == number)).one())

    def _read(self, row: Sequence[Any]) -> Objection:
        objection = Objection(*row)
        return replace(objection, words=self._keys.open(objection.words) if objection.words else "")
