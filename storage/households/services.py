"""What an operator does to the services themselves: more of them, other names, fewer of them."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy import func, select

from storage.errors import ServiceRefused
from storage.households.access_request_rows import RequestRows
from storage.households.actors import Operator, System
from storage.households.catalogue import Catalogue
from storage.households.changing import Changing
from storage.households.tables import (
    access_right,
    member,
    service,
    service_name,
    service_word,
)
from storage.limits import NAME_LENGTH
from storage.names import folded
from storage.statements import insert_row
from storage.transaction import Repository, part

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_RULE = System("service_retired")
_MEANT = {"all", "none"}
"""Codes that answer which services are meant, and name none."""


class Services(Repository):
    """Nothing here is about a household but `end_access`, which enters it in the audit of each."""

    _catalogue = part(Catalogue)
    _change = part(Changing)
    _requests = part(RequestRows)

    def add(self, code: str, names: Mapping[str, str], words: Collection[str] = ()) -> None:
        """Offer one more service, by its names in each language and words that people say.

        Raises ServiceRefused: known, retired, code, or what `rename` raises.
        """
        if not _CODE.fullmatch(code) or code in _MEANT:
            raise ServiceRefused("code", code)
        for known in self._catalogue.services(retired=True):
            if known.code == code:
                raise ServiceRefused("retired" if known.is_retired else "known", code)
        insert_row(self._connection, service, code=code)
        self.rename(code, names, words)

    def rename(self, code: str, names: Mapping[str, str], words: Collection[str] = ()) -> None:
        """Call it so from now on in these languages; more words are understood beside the old.

        Raises ServiceRefused: unknown, retired, taken (a name or word of another service), empty,
        too_long, characters.
        """
        number = self._number(code)
        names = {language: _cleaned(name) for language, name in names.items()}
        self._check_free(code, [*names.values(), *words])
        self._connection.execute(
            service_name.delete().where(
                service_name.c.service_id == number, service_name.c.language.in_(names)
            )
        )
        for language, name in names.items():
            row = {"service_id": number, "language": language, "name": name}
            self._connection.execute(service_name.insert(), row)
        known = {folded(word) for word in dict(self._catalogue.offered())[code]}
        for word in {folded(_cleaned(word)) for word in words} - known:
            row = {"service_id": number, "word": word}
            self._connection.execute(service_word.insert(), row)

    def retire(self, code: str) -> None:
        """Offer it no longer: at once nobody sees it or can be given it; the past still names it.

        Those who have it lose it with `end_access`. Raises ServiceRefused: unknown, retired.
        """
        number = self._number(code)
        self._connection.execute(
            service.update().where(service.c.id == number).values(retired_at=self._clock())
        )

    def holders(self, code: str) -> int:
        """How many people have it now."""
        statement = (
            select(func.count())
            .join_from(access_right, member)
            .join(service)
            .where(service.c.code == code, member.c.deleted_at.is_(None))
        )
        return self._connection.execute(statement).scalar_one()

    def end_access(self, actor: Operator, *, limit: int) -> int:
        """Take retired services from those who still have them, and tell them; how many rows.

        Each is a change of the person's household by the operator, with a receipt in its audit.
        A request for nothing else ends without an answer. Call it until there are none.
        """
        return self._end_rights(actor, limit) + self._end_requests(limit)

    def _end_rights(self, actor: Operator, limit: int) -> int:
        statement = (
            select(member.c.id, member.c.household_id, service.c.id, service.c.code)
            .join_from(access_right, member)
            .join(service)
            .where(service.c.retired_at.is_not(None))
            .order_by(member.c.household_id, member.c.id, service.c.id)
        )
        rows = self._connection.execute(statement.limit(limit)).all()
        for member_id, home, number, code in rows:
            right = (access_right.c.member_id == member_id) & (access_right.c.service_id == number)
            with self._change(actor, "retire_service", member_id, household_id=home) as done:
                ended = self._connection.execute(access_right.delete().where(right)).rowcount
                done.happened = bool(ended and done.before)  # or an undo may bring them back
                if done.before is not None:  # who is not shown it any more had it until now
                    had = (*done.before.services, code)
                    done.before = replace(done.before, services=had)
        return len(rows)

    def _end_requests(self, limit: int) -> int:
        rows = self._requests.pointless(limit)
        for row in rows:
            home = row.household_id
            with self._change(_RULE, "expire", row.member_id, household_id=home) as done:
                done.happened = self._requests.end("expired", row.id)
                done.regarding = f"request {row.id}"
        return len(rows)

    def _number(self, code: str) -> int:
        """The row of a service that is offered; raises ServiceRefused."""
        statement = select(service.c.id, service.c.retired_at).where(service.c.code == code)
        row = self._connection.execute(statement).one_or_none()
        if row is None:
            raise ServiceRefused("unknown", code)
        if row.retired_at is not None:
            raise ServiceRefused("retired", code)
        return int(row.id)

    def _check_free(self, code: str, wanted: Collection[str]) -> None:
        taken = {folded(name): known.code for known in self._catalogue.services()
                 for name in known.names.values()}  # fmt: skip
        for taker, words in self._catalogue.offered():
            taken |= dict.fromkeys(map(folded, words), taker)
        for name in wanted:
            if taken.get(folded(name), code) != code:
                raise ServiceRefused("taken", name, taken[folded(name)])


def _cleaned(text: str) -> str:
    """A name in NFC with single spaces, at most as long as a person's; raises ServiceRefused."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise ServiceRefused("empty", name)
    if len(name) > NAME_LENGTH:
        raise ServiceRefused("too_long", name)
    if not name.isprintable():
        raise ServiceRefused("characters", name)
    return name
