"""A secondary user asks for access; the holder, and nobody else, decides."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement

from storage.audit.macs import Values
from storage.errors import (
    AlreadyGranted,
    HouseholdError,
    NothingToChange,
    RequestGone,
    UnknownService,
)
from storage.households.access_request_rows import AccessRequest, RequestRows
from storage.households.actors import Actor, Secondary, System
from storage.households.authority import Authority, Mandate
from storage.households.catalogue import Catalogue
from storage.households.changes import Changes
from storage.households.changing import Changing, Done, Receipt
from storage.households.members import Member, Members, holder_of
from storage.households.notices import Notices
from storage.households.tables import access_request, member
from storage.identity.sessions import Session
from storage.messages.chat_events import ChatEvents
from storage.names import called
from storage.transaction import Repository, part

_RULE = System("request_lifetime")


class RequestOpen(HouseholdError):  # noqa: N818 - a refusal, named like those of `storage.errors`
    """The person has asked already, and waits for the answer; `request` is what they asked."""

    def __init__(self, request: AccessRequest) -> None:
        super().__init__("request_open")
        self.request = request


class AccessRequests(Repository):
    _rows = part(RequestRows)
    _members = part(Members)
    _catalogue = part(Catalogue)
    _authority = part(Authority)
    _change = part(Changing)
    _notices = part(Notices)
    _changes = part(Changes)
    _chat_events = part(ChatEvents)

    def ask(self, session: Session, services: Collection[str]) -> AccessRequest:
        """Ask the holder for these services, those left out that the person has already.

        The holder hears of it by mail and in linked chats; neither can grant anything.
        Raises NotAuthorised, UnknownService, AlreadyGranted or RequestOpen.
        """
        with self._asking(session, "request_access") as done:
            wanted = self._new(done.person, services)
            self._expire(_RULE, access_request.c.member_id == done.person.id)
            if earlier := self.newest_open(done.person.id):
                raise RequestOpen(earlier)
            return self._asked(done, self._rows.write(done.person.id, wanted))

    def extend(self, session: Session, services: Collection[str]) -> AccessRequest:
        """Ask for these too, in the request that is open; the holder hears of it anew.

        Raises NotAuthorised, UnknownService, AlreadyGranted, NothingToChange or RequestGone.
        """
        with self._asking(session, "change_request") as done:
            request = self._open_of(done.person)
            more = set(self._new(done.person, services)) - set(request.services)
            if not more:
                raise NothingToChange
            self._rows.extend(request.id, more)
            return self._asked(done, request.id, before={"services": list(request.services)})

    def withdraw(self, session: Session) -> AccessRequest:
        """Take the open request back; the holder need not decide any more.

        Raises NotAuthorised or RequestGone.
        """
        with self._asking(session, "withdraw_request") as done:
            request = self._open_of(done.person)
            self._end(request, "withdrawn")
            done.regarding = f"request {request.id}"
            done.note(before={"services": list(request.services)})
        return request

    def open_for(self, household_id: int) -> tuple[AccessRequest, ...]:
        """What waits for the holder's answer, oldest first."""
        return self._rows.open(member.c.household_id == household_id)

    def newest(self, member_id: int) -> AccessRequest | None:
        """What somebody asked for last; unanswered in time is expired, swept or not."""
        request = self._rows.newest(member_id)
        is_late = request and request.status == "open" and request.expires_at <= self._clock()
        return replace(request, status="expired") if request and is_late else request

    def newest_open(self, member_id: int) -> AccessRequest | None:
        """What somebody waits for an answer to."""
        return next(iter(self._rows.open(access_request.c.member_id == member_id)), None)

    def get(self, request_id: int, household_id: int) -> AccessRequest | None:
        """An open request of that household; one of another household is nobody's business."""
        requests = self._rows.open(
            (access_request.c.id == request_id) & (member.c.household_id == household_id)
        )
        return requests[0] if requests else None

    def approve(
        self, actor: Actor, request_id: int, services: Collection[str] | None = None
    ) -> Receipt:
        """Give what was asked for, or only some of it, as if the holder had changed the rights.

        The rest is declined. Where the holder has given it meanwhile, the receipt is that of
        the answer. Raises NotAuthorised, UnknownService or RequestGone.
        """
        mandate = self._authority.check(actor, "rights")
        with self._connection.begin_nested():
            request = self._open_one(mandate, request_id)
            given = _some(request, services)
            rest = [code for code in request.services if code not in given]
            self._end(request, "partly_approved" if rest else "approved")
            try:
                receipt = self._changes.change_rights(
                    actor, request.member_id, grant=given, regarding=f"request {request.id}"
                )
            except NothingToChange:
                receipt = self._answer(actor, request, given, approved=True)
            if rest:
                self._answer(actor, request, rest, mail="access_partly_declined")
            self._tell_person(request, given, rest)
        return receipt

    def decline(self, actor: Actor, request_id: int) -> Receipt:
        """Say no; nothing changes, and the person hears of it kindly.

        Raises NotAuthorised or RequestGone.
        """
        mandate = self._authority.check(actor, "decide_request")
        with self._connection.begin_nested():
            request = self._open_one(mandate, request_id)
            self._end(request, "declined")
            receipt = self._answer(actor, request, request.services, mail="access_declined")
            self._tell_person(request, (), request.services)
        return receipt

    def expire(self, actor: System) -> int:
        """End what nobody answered in time; how many there were."""
        return self._expire(actor, access_request.c.id.is_not(None))

    def _expire(self, actor: System, which: ColumnElement[bool]) -> int:
        rows = self._rows.lapsed(which)
        for row in rows:
            home = row.household_id
            with self._change(actor, "expire", row.member_id, household_id=home) as done:
                done.happened = self._rows.end("expired", row.id)
                done.regarding = f"request {row.id}"
        return len(rows)

    def _asking(self, session: Session, name: str) -> AbstractContextManager[Done]:
        """A change that a secondary user makes of what they ask for."""
        actor = Secondary(session.id, session.conversation_id, session.person_id)
        return self._change(actor, name, session.member_id)

    def _open_of(self, person: Member) -> AccessRequest:
        request = self.newest_open(person.id)
        if request is None:
            raise RequestGone
        return request

    def _new(self, person: Member, services: Collection[str]) -> list[str]:
        """In the catalogue's order."""
        known = [service.code for service in self._catalogue.services()]
        if not services or not set(services) <= set(known):
            raise UnknownService
        wanted = [code for code in known if code in services and code not in person.services]
        if not wanted:
            raise AlreadyGranted
        return wanted

    def _asked(self, done: Done, number: int, before: Values | None = None) -> AccessRequest:
        """Enter what is asked for now, and tell the holder."""
        request = self.get(number, done.mandate.household_id)
        assert request is not None, "what was just written is there"
        done.regarding = f"request {request.id}"
        done.note(before, after={"services": list(request.services)})
        self._tell_holder(request)
        return request

    def _open_one(self, mandate: Mandate, request_id: int) -> AccessRequest:
        self._members.hold(mandate.household_id)
        request = self.get(request_id, mandate.household_id)
        if request is None:
            raise RequestGone
        return request

    def _end(self, request: AccessRequest, status: str) -> None:
        """Close the request: only the first of two answers counts."""
        if not self._rows.end(status, request.id):
            raise RequestGone

    def _answer(
        self,
        actor: Actor,
        request: AccessRequest,
        about: Collection[str],
        *,
        approved: bool = False,
        mail: str | None = None,
    ) -> Receipt:
        """Enter an answer that changes no rights, and tell the person."""
        regarding = f"request {request.id}"
        with self._change(actor, "decide_request", request.member_id, regarding=regarding) as done:
            done.note(after={"services": list(about), "approved": approved})
            if mail is not None:
                names = self._catalogue.names(about, done.person.language)
                self._notices.tell(mail, done.person, done.mandate.signature, services=names)
        return done.receipt

    def _tell_holder(self, request: AccessRequest) -> None:
        people = self._members.of(request.household_id)
        holder = holder_of(people)
        who = next(person for person in people if person.id == request.member_id)
        self._notices.access_request(holder, who.name, request.services)
        context = {
            "request": request.id,
            "first_name": called(who, people, private=True),
            "services": list(request.services),
        }
        self._chat_events.tell(holder.id, "pattern_access_request", context)

    def _tell_person(
        self, request: AccessRequest, given: Collection[str], declined: Collection[str]
    ) -> None:
        context: dict[str, Any] = {"approved": bool(given), "services": list(given or declined)}
        if given and declined:
            context["declined"] = list(declined)
        self._chat_events.tell(request.member_id, "pattern_access_decided", context)


def _some(request: AccessRequest, services: Collection[str] | None) -> tuple[str, ...]:
    """Those of what was asked for that are given; raises UnknownService when there are none."""
    given = tuple(code for code in request.services if services is None or code in services)
    if not given:
        raise UnknownService
    return given
