"""Rows of requests for access: how they are read, written and closed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, func, select, true

from storage.households.tables import (
    access_request,
    member,
    request_reminder,
    requested_service,
    service,
)
from storage.limits import REQUEST_LIFETIME
from storage.statements import insert_row
from storage.transaction import Repository


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """What somebody who is there asked for. Services by code, in the catalogue's order.

    `status`: "open", "approved", "partly_approved", "declined", "withdrawn", "expired".
    """

    id: int
    member_id: int
    household_id: int
    first_name: str
    last_name: str
    status: str
    created_at: datetime
    expires_at: datetime
    decided_at: datetime | None
    note: str
    """What they would have the holder know."""
    reason: str
    """Why it was declined, or a part of it."""
    services: tuple[str, ...]

    @property
    def words(self) -> dict[str, str]:
        """The note, where there is one, as something to be told."""
        return {"note": self.note} if self.note else {}


_ROWS = select(
    access_request.c.id,
    member.c.id,
    member.c.household_id,
    member.c.first_name,
    member.c.last_name,
    access_request.c.status,
    access_request.c.created_at,
    access_request.c.expires_at,
    access_request.c.decided_at,
    func.coalesce(access_request.c.note, ""),
    func.coalesce(access_request.c.reason, ""),
).join_from(access_request, member)


_HOMES = (
    select(access_request.c.id, access_request.c.member_id, member.c.household_id)
    .join_from(access_request, member)
    .order_by(member.c.household_id, access_request.c.id)
)


class RequestRows(Repository):
    """Who may write them, and what must be told, is decided by the callers."""

    def open(self, which: ColumnElement[bool]) -> tuple[AccessRequest, ...]:
        """What waits for an answer, oldest first."""
        waits = (access_request.c.status == "open") & member.c.deleted_at.is_(None)
        return self._read(which, waits, access_request.c.expires_at > self._clock(), offered=True)

    def newest(self, member_id: int) -> AccessRequest | None:
        """What the person asked for last, whatever became of it."""
        requests = self._read(access_request.c.member_id == member_id)
        return requests[-1] if requests else None

    def pointless(self, limit: int) -> list[Row[Any]]:
        """The same of what is open although nothing of it is offered any more."""
        offered = exists().where(
            requested_service.c.request_id == access_request.c.id,
            requested_service.c.service_id == service.c.id,
            service.c.retired_at.is_(None),
        )
        statement = _HOMES.where(access_request.c.status == "open", ~offered)
        return list(self._connection.execute(statement.limit(limit)))

    def lapsed(self, which: ColumnElement[bool]) -> list[Row[Any]]:
        """Number, person and household of what is still open after its time."""
        late = access_request.c.expires_at <= self._clock()
        statement = _HOMES.where(which, access_request.c.status == "open", late)
        return list(self._connection.execute(statement))

    def gone(self, request_id: int, household_id: int) -> AccessRequest | None:
        """One that was made in that household, whatever became of it or of whoever made it."""
        made = (access_request.c.id == request_id) & (member.c.household_id == household_id)
        return next(iter(self._read(made)), None)

    def write(self, member_id: int, services: Collection[str], note: str = "") -> int:
        now = self._clock()
        number = insert_row(
            self._connection,
            access_request,
            member_id=member_id,
            status="open",
            created_at=now,
            expires_at=now + REQUEST_LIFETIME,
            note=note or None,
        )
        self._add(number, services)
        return number

    def extend(self, request_id: int, services: Collection[str]) -> None:
        """More services, and all of the time again: the holder is asked anew."""
        self._add(request_id, services)
        self._connection.execute(
            access_request.update()
            .where(access_request.c.id == request_id)
            .values(expires_at=self._clock() + REQUEST_LIFETIME)
        )

    def drop(self, request_id: int, services: Collection[str]) -> None:
        """Fewer services; the time that is left stays what it is."""
        ids = select(service.c.id).where(service.c.code.in_(services))
        self._connection.execute(
            requested_service.delete().where(
                requested_service.c.request_id == request_id,
                requested_service.c.service_id.in_(ids),
            )
        )

    def annotate(self, request_id: int, note: str) -> None:
        self._connection.execute(
            access_request.update().where(access_request.c.id == request_id).values(note=note)
        )

    def remind(self, request_id: int) -> None:
        insert_row(
            self._connection, request_reminder, request_id=request_id, created_at=self._clock()
        )

    def reminded(self, request_id: int, since: datetime) -> datetime | None:
        """When the holder was last reminded of it, if that was after a moment."""
        newest = select(func.max(request_reminder.c.created_at)).where(
            request_reminder.c.request_id == request_id, request_reminder.c.created_at > since
        )
        at: datetime | None = self._connection.scalar(newest)
        return at

    def end(self, status: str, request_id: int, reason: str = "") -> bool:
        """Close it with this outcome; False when it was closed before."""
        ended = self._connection.execute(
            access_request.update()
            .where(access_request.c.id == request_id, access_request.c.status == "open")
            .values(status=status, decided_at=self._clock(), reason=reason or None)
        )
        return ended.rowcount == 1

    def _add(self, request_id: int, services: Collection[str]) -> None:
        ids = self._connection.scalars(select(service.c.id).where(service.c.code.in_(services)))
        rows = [{"request_id": request_id, "service_id": service_id} for service_id in ids]
        self._connection.execute(requested_service.insert(), rows)

    def _read(
        self, *which: ColumnElement[bool], offered: bool = False
    ) -> tuple[AccessRequest, ...]:
        statement = _ROWS.where(*which).order_by(access_request.c.id)
        rows = self._connection.execute(statement).all()
        services = self._services([row[0] for row in rows], offered=offered)
        return tuple(AccessRequest(*row, services=services.get(row[0], ())) for row in rows)

    def _services(
        self, request_ids: Collection[int], *, offered: bool
    ) -> dict[int, tuple[str, ...]]:
        """What was asked for, by request; only what is still `offered`, where it can be given."""
        statement = (
            select(requested_service.c.request_id, service.c.code)
            .join_from(requested_service, service)
            .where(requested_service.c.request_id.in_(request_ids))
            .where(service.c.retired_at.is_(None) if offered else true())
            .order_by(service.c.id)
        )
        codes: dict[int, tuple[str, ...]] = {}
        for request_id, code in self._connection.execute(statement):
            codes[request_id] = (*codes.get(request_id, ()), code)
        return codes
