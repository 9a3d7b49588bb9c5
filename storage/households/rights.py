"""What people may use, and until when: rows of rights, and of rights that are paused.

A paused right is none until its moment; from then on it is one again for every reader, whether
somebody has entered that yet or not.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    CompoundSelect,
    bindparam,
    null,
    select,
    union_all,
)

from storage.errors import UnknownService
from storage.households.moments import COUNTS, IS_PAUSED, LASTS
from storage.households.tables import access_right, paused_right, service
from storage.table_base import Moment
from storage.transaction import Repository

Moments = tuple[tuple[str, datetime], ...]
_NEVER: Mapping[str, datetime] = MappingProxyType({})
_BACK = null().cast(Moment()).label("resumes_at")
_RIGHTS = (
    select(access_right.c.member_id, service.c.code, access_right.c.ends_at, _BACK, service.c.id)
    .join_from(access_right, service)
    .where(COUNTS, service.c.retired_at.is_(None))
)
_PAUSED = (
    select(
        paused_right.c.member_id,
        service.c.code,
        paused_right.c.ends_at,
        IS_PAUSED.label("resumes_at"),
        service.c.id,
    )
    .join_from(paused_right, service)
    .where(LASTS, service.c.retired_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class Rights:
    """Services by code, in the catalogue's order; when some of them end; which are paused.

    What is paused is none of the services until its moment, and may have an end for afterwards.
    """

    services: tuple[str, ...] = ()
    ends: Moments = ()
    pauses: Moments = ()


def rights_among(
    is_one: Callable[[Column[Any]], ColumnElement[bool]],
) -> CompoundSelect[Any]:
    """The rows of the rights of some people, at the moment bound as `of_now`."""
    return union_all(
        _RIGHTS.where(is_one(access_right.c.member_id)),
        _PAUSED.where(is_one(paused_right.c.member_id)),
    ).order_by("id")


_THESE: BindParameter[int] = bindparam("of_members", expanding=True)
_OF = rights_among(lambda column: column.in_(_THESE))


def rights_of(member_ids: Iterable[int], rows: Iterable[Any]) -> dict[int, Rights]:
    """What each of these people may use, by the rows of `rights_among`."""
    services: dict[int, list[str]] = {number: [] for number in member_ids}
    ends: dict[int, dict[str, datetime]] = {number: {} for number in services}
    pauses: dict[int, dict[str, datetime]] = {number: {} for number in services}
    for member_id, code, ends_at, resumes_at, _ in rows:
        if resumes_at is None:
            services[member_id].append(code)
            ends[member_id].pop(code, None)  # of what was to come back: what is given counts
        elif code in services[member_id]:
            continue
        else:
            pauses[member_id][code] = resumes_at
        if ends_at is not None:
            ends[member_id][code] = ends_at
    return {
        number: Rights(
            tuple(codes),
            tuple(ends[number].items()),
            tuple((code, at) for code, at in pauses[number].items() if code not in codes),
        )
        for number, codes in services.items()
    }


class RightRows(Repository):
    """Who may change them, and what must be told, is decided by the callers."""

    def of(self, member_ids: Sequence[int], now: datetime) -> dict[int, Rights]:
        rows = self._connection.execute(_OF, {"of_members": member_ids, "of_now": now})
        return rights_of(member_ids, rows)

    def write(
        self,
        member_id: int,
        codes: Collection[str],
        ends: Mapping[str, datetime] = _NEVER,
        pauses: Mapping[str, datetime] = _NEVER,
    ) -> None:
        """Exactly these, some until a moment, and others again from one; raises UnknownService."""
        wanted = {*codes, *pauses}
        offered = service.c.code.in_(wanted) & service.c.retired_at.is_(None)
        services = self._connection.execute(select(service.c.code, service.c.id).where(offered))
        numbers: dict[str, int] = {row.code: row.id for row in services}
        if len(numbers) != len(wanted):
            raise UnknownService
        for table in (access_right, paused_right):
            self._connection.execute(table.delete().where(table.c.member_id == member_id))
        rows = {
            code: {"member_id": member_id, "service_id": number, "ends_at": ends.get(code)}
            for code, number in numbers.items()
        }
        if given := [row for code, row in rows.items() if code not in pauses]:
            self._connection.execute(access_right.insert(), given)
        if away := [rows[code] | {"resumes_at": at} for code, at in pauses.items()]:
            self._connection.execute(paused_right.insert(), away)
