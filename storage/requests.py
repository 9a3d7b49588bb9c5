"""A secondary user asks for access; the holder, and nobody else, decides."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select

from storage.audit import Audit
from storage.authority import Actor, Authority, Mandate, Secondary, System
from storage.catalogue import Catalogue
from storage.changes import Changes
from storage.chat_events import ChatEvents
from storage.clock import Clock
from storage.errors import (
    AlreadyGranted,
    NothingToChange,
    RequestGone,
    RequestOpen,
    UnknownService,
)
from storage.households import Receipt
from storage.limits import REQUEST_LIFETIME
from storage.members import Member, Members
from storage.notices import Notices
from storage.sessions import Session
from storage.statements import insert_row
from storage.tables import access_request, member, requested_service, service

_RULE = System("request_lifetime")


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """What somebody who is there asked for, and has had no answer to. Services by code."""

    id: int
    member_id: int
    household_id: int
    first_name: str
    last_name: str
    created_at: datetime
    expires_at: datetime
    services: tuple[str, ...]


class AccessRequests:
    def __init__(
        self,
        connection: Connection,
        clock: Clock,
        *,
        members: Members,
        catalogue: Catalogue,
        authority: Authority,
        audit: Audit,
        notices: Notices,
        changes: Changes,
        chat_events: ChatEvents,
    ) -> None:
        self._connection = connection
        self._clock = clock
        self._members = members
        self._catalogue = catalogue
        self._authority = authority
        self._audit = audit
        self._notices = notices
        self._changes = changes
        self._chat_events = chat_events

    def ask(self, session: Session, services: Collection[str]) -> AccessRequest:
        """Ask the holder for these services, those left out that the person has already.

        The holder hears of it by mail and in linked chats; neither can grant anything.
        Raises NotAuthorised, UnknownService, AlreadyGranted or RequestOpen.
        """
        actor = Secondary(session.id, session.conversation_id, session.person_id)
        mandate = self._authority.check(actor, "request_access")
        self._members.hold(mandate.household_id)
        person = self._members.get(session.member_id)
        assert person is not None, "a live session is that of somebody who is there"
        wanted = self._new(person, services)
        self._expire(_RULE, access_request.c.member_id == person.id)
        earlier = self._open(access_request.c.member_id == person.id)
        if earlier:
            raise RequestOpen(earlier[0])
        request = self._write(person, wanted)
        self._audit.done(
            mandate.household_id,
            mandate.signature,
            "request_access",
            target=person.id,
            after={"services": list(request.services)},
            regarding=f"request {request.id}",
        )
        self._tell_holder(request)
        return request

    def open_for(self, household_id: int) -> tuple[AccessRequest, ...]:
        """What waits for the holder's answer, oldest first."""
        return self._open(member.c.household_id == household_id)

    def get(self, request_id: int, household_id: int) -> AccessRequest | None:
        """An open request of that household; one of another household is nobody's business."""
        found = self._open(
            (access_request.c.id == request_id) & (member.c.household_id == household_id)
        )
        return found[0] if found else None

    def approve(self, actor: Actor, request_id: int) -> Receipt:
        """Give what was asked for, as if the holder had changed the rights.

        Where the holder has given it meanwhile, the receipt is that of the answer.
        Raises NotAuthorised or RequestGone.
        """
        mandate = self._authority.check(actor, "rights")
        with self._connection.begin_nested():
            request = self._decide(mandate, request_id, "approved")
            try:
                receipt = self._changes.change_rights(
                    actor,
                    request.member_id,
                    grant=request.services,
                    regarding=f"request {request.id}",
                )
            except NothingToChange:
                receipt = self._answered(mandate, request, approved=True)
            self._tell_person(request, approved=True)
        return receipt

    def decline(self, actor: Actor, request_id: int) -> Receipt:
        """Say no; nothing changes, and the person hears of it kindly.

        Raises NotAuthorised or RequestGone.
        """
        mandate = self._authority.check(actor, "decide_request")
        request = self._decide(mandate, request_id, "declined")
        receipt = self._answered(mandate, request, approved=False)
        person = receipt.member
        names = self._catalogue.names(request.services, person.language)
        self._notices.tell("access_declined", person, mandate.signature, services=names)
        self._tell_person(request, approved=False)
        return receipt

    def expire(self, actor: System) -> int:
        """End what nobody answered in time; how many there were."""
        return self._expire(actor, access_request.c.id.is_not(None))

    def _expire(self, actor: System, which: ColumnElement[bool]) -> int:
        lapsed = (
            select(access_request.c.id, access_request.c.member_id, member.c.household_id)
            .join_from(access_request, member)
            .where(which, access_request.c.status == "open")
            .where(access_request.c.expires_at <= self._clock())
            .order_by(member.c.household_id, access_request.c.id)
        )
        rows = self._connection.execute(lapsed).all()
        for row in rows:
            mandate = self._authority.check(actor, "expire", row.household_id)
            self._members.hold(row.household_id)
            if self._end("expired", access_request.c.id == row.id):
                self._audit.done(
                    row.household_id,
                    mandate.signature,
                    "expire",
                    target=row.member_id,
                    regarding=f"request {row.id}",
                )
        return len(rows)

    def _new(self, person: Member, services: Collection[str]) -> list[str]:
        """In the catalogue's order."""
        known = [one.code for one in self._catalogue.services()]
        if not services or not set(services) <= set(known):
            raise UnknownService
        wanted = [code for code in known if code in services and code not in person.services]
        if not wanted:
            raise AlreadyGranted
        return wanted

    def _write(self, person: Member, services: Collection[str]) -> AccessRequest:
        now = self._clock()
        number = insert_row(
            self._connection,
            access_request,
            member_id=person.id,
            status="open",
            created_at=now,
            expires_at=now + REQUEST_LIFETIME,
        )
        ids = self._connection.scalars(select(service.c.id).where(service.c.code.in_(services)))
        rows = [{"request_id": number, "service_id": one} for one in ids]
        self._connection.execute(requested_service.insert(), rows)
        written = self.get(number, person.household_id)
        assert written is not None, "what was just written is there"
        return written

    def _decide(self, mandate: Mandate, request_id: int, status: str) -> AccessRequest:
        """Close the request with this answer: only the first of two answers counts."""
        self._members.hold(mandate.household_id)
        request = self.get(request_id, mandate.household_id)
        if request is None or self._end(status, access_request.c.id == request_id) != 1:
            raise RequestGone
        return request

    def _end(self, status: str, which: ColumnElement[bool]) -> int:
        ended = self._connection.execute(
            access_request.update()
            .where(which, access_request.c.status == "open")
            .values(status=status, decided_at=self._clock())
        )
        return ended.rowcount

    def _answered(self, mandate: Mandate, request: AccessRequest, *, approved: bool) -> Receipt:
        number = self._audit.done(
            mandate.household_id,
            mandate.signature,
            "decide_request",
            target=request.member_id,
            after={"services": list(request.services), "approved": approved},
            regarding=f"request {request.id}",
        )
        person = self._members.get(request.member_id)
        assert person is not None, "an open request is that of somebody who is there"
        return Receipt(number, person)

    def _tell_holder(self, request: AccessRequest) -> None:
        people = self._members.of(request.household_id)
        holder = next(one for one in people if one.role == "holder")
        self._notices.access_request(
            holder, f"{request.first_name} {request.last_name}", request.services
        )
        context = {
            "request": request.id,
            "first_name": request.first_name,
            "services": list(request.services),
        }
        self._chat_events.tell(holder.id, "pattern_access_request", context)

    def _tell_person(self, request: AccessRequest, *, approved: bool) -> None:
        context = {"approved": approved, "services": list(request.services)}
        self._chat_events.tell(request.member_id, "pattern_access_decided", context)

    def _open(self, which: ColumnElement[bool]) -> tuple[AccessRequest, ...]:
        statement = (
            select(
                access_request.c.id,
                member.c.id,
                member.c.household_id,
                member.c.first_name,
                member.c.last_name,
                access_request.c.created_at,
                access_request.c.expires_at,
            )
            .join_from(access_request, member)
            .where(which, access_request.c.status == "open", member.c.deleted_at.is_(None))
            .where(access_request.c.expires_at > self._clock())
            .order_by(access_request.c.id)
        )
        rows = self._connection.execute(statement).all()
        services = self._services([row[0] for row in rows])
        return tuple(AccessRequest(*row, services=services[row[0]]) for row in rows)

    def _services(self, request_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
        statement = (
            select(requested_service.c.request_id, service.c.code)
            .join_from(requested_service, service)
            .where(requested_service.c.request_id.in_(request_ids))
            .order_by(service.c.id)
        )
        codes: dict[int, tuple[str, ...]] = {}
        for request_id, code in self._connection.execute(statement):
            codes[request_id] = (*codes.get(request_id, ()), code)
        return codes
