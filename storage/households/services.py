"""What an operator does to the services themselves: more of them, other names, fewer of them."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy import Connection, exists, func, select

from storage.audit.chain import Audit
from storage.clock import Clock
from storage.errors import ServiceRefused
from storage.households.access_request_rows import RequestRows
from storage.households.authority import Authority, Operator, System
from storage.households.catalogue import Catalogue
from storage.households.members import Members
from storage.households.notices import Notices
from storage.households.tables import (
    access_request,
    access_right,
    member,
    requested_service,
    service,
    service_name,
    service_word,
)
from storage.limits import NAME_LENGTH
from storage.names import folded
from storage.statements import insert_row

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_RULE = System("service_retired")
_MEANT = {"all", "none"}
"""Codes that answer which services are meant, and name none."""


class Services:
    """Nothing here is about a household but `end_access`, which enters it in the audit of each."""

    def __init__(
        self,
        connection: Connection,
        clock: Clock,
        *,
        catalogue: Catalogue,
        members: Members,
        authority: Authority,
        audit: Audit,
        notices: Notices,
    ) -> None:
        self._connection = connection
        self._clock = clock
        self._requests = RequestRows(connection, clock)
        self._catalogue = catalogue
        self._members = members
        self._authority = authority
        self._audit = audit
        self._notices = notices

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
        for member_id, household_id, number, code in rows:
            mandate = self._authority.check(actor, "retire_service", household_id)
            self._members.hold(household_id)
            right = (access_right.c.member_id == member_id) & (access_right.c.service_id == number)
            ended = self._connection.execute(access_right.delete().where(right)).rowcount
            person = self._members.get(member_id)
            if not ended or person is None:
                continue
            before = replace(person, services=(*person.services, code))
            self._audit.done(
                household_id,
                mandate.signature,
                "retire_service",
                target=member_id,
                before={"services": list(before.services)},
                after={"services": list(person.services), "retired": [code]},
            )
            self._notices.rights(before, person, mandate.signature)
        return len(rows)

    def _end_requests(self, limit: int) -> int:
        offered = exists().where(
            requested_service.c.request_id == access_request.c.id,
            requested_service.c.service_id == service.c.id,
            service.c.retired_at.is_(None),
        )
        statement = (
            select(access_request.c.id, access_request.c.member_id, member.c.household_id)
            .join_from(access_request, member)
            .where(access_request.c.status == "open", ~offered)
            .order_by(member.c.household_id, access_request.c.id)
        )
        rows = self._connection.execute(statement.limit(limit)).all()
        for number, member_id, household_id in rows:
            mandate = self._authority.check(_RULE, "expire", household_id)
            self._members.hold(household_id)
            if self._requests.end("expired", number):
                self._audit.done(
                    household_id,
                    mandate.signature,
                    "expire",
                    target=member_id,
                    regarding=f"request {number}",
                )
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
        taken = {folded(name): one.code for one in self._catalogue.services()
                 for name in one.names.values()}  # fmt: skip
        taken |= {folded(word): one for one, words in self._catalogue.offered() for word in words}
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
