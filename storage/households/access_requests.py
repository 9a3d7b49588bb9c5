"""A secondary user asks for access; the holder, and nobody else, decides."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from storage.errors import NothingToChange, RequestGone, UnknownService
from storage.households.access_request_rows import AccessRequest
from storage.households.actors import Actor, System
from storage.households.asking_access import AskingAccess
from storage.households.authority import Authority, Mandate
from storage.households.changes import Changes
from storage.households.changing import Receipt
from storage.households.tables import access_request, member
from storage.transaction import part
from storage.words import clean_words


class AccessRequests(AskingAccess):
    _authority = part(Authority)
    _changes = part(Changes)

    def open_for(self, household_id: int) -> tuple[AccessRequest, ...]:
        """What waits for the holder's answer, oldest first."""
        return self._rows.open(member.c.household_id == household_id)

    def outcome(self, request_id: int, household_id: int) -> AccessRequest | None:
        """What became of a request of that household: the same for everybody who asks.

        Its status is "deleted" where whoever asked is gone before there was an answer.
        """
        if waiting := self.get(request_id, household_id):
            return waiting
        request = self._rows.gone(request_id, household_id)
        if request is None:
            return None
        now = self._as_it_is(request)
        return replace(now, status="deleted") if now.status == "open" else now

    def approve(
        self,
        actor: Actor,
        request_id: int,
        services: Collection[str] | None = None,
        reason: str = "",
        *,
        until: datetime | None = None,
    ) -> Receipt:
        """Give what was asked for, or only some of it, as if the holder had changed the rights.

        What is given ends at `until`. The rest is declined, for the reason. Where the holder has
        given it meanwhile, the receipt is that of the answer. Raises NotAuthorised, UnknownService,
        EndIsPast, InvalidWords or RequestGone.
        """
        mandate = self._authority.check(actor, "rights")
        with self._connection.begin_nested():
            request = self._open_one(mandate, request_id)
            given = _some(request, services)
            rest = [code for code in request.services if code not in given]
            why = clean_words(reason) if reason and rest else ""
            self._end(request, "partly_approved" if rest else "approved", why)
            has = self._members.present(request.member_id).services
            try:  # what was given meanwhile stays as it is
                receipt = self._changes.change_rights(
                    actor,
                    request.member_id,
                    grant=[code for code in given if code not in has],
                    until=until,
                    regarding=f"request {request.id}",
                )
            except NothingToChange:
                receipt = self._answer(actor, request, given, approved=True)
            if rest:
                self._answer(actor, request, rest, why, mail="access_partly_declined")
            self._tell_person(request, given, rest, why)
        return receipt

    def decline(self, actor: Actor, request_id: int, reason: str = "") -> Receipt:
        """Say no; nothing changes, and the person hears of it kindly, with the reason if any.

        Raises NotAuthorised, InvalidWords or RequestGone.
        """
        mandate = self._authority.check(actor, "decide_request")
        with self._connection.begin_nested():
            request = self._open_one(mandate, request_id)
            why = clean_words(reason) if reason else ""
            self._end(request, "declined", why)
            receipt = self._answer(actor, request, request.services, why, mail="access_declined")
            self._tell_person(request, (), request.services, why)
        return receipt

    def expire(self, actor: System) -> int:
        """End what nobody answered in time; how many there were."""
        return self._expire(actor, access_request.c.id.is_not(None))

    def _open_one(self, mandate: Mandate, request_id: int) -> AccessRequest:
        self._members.hold(mandate.household_id)
        request = self.get(request_id, mandate.household_id)
        if request is None:
            raise RequestGone
        return request

    def _answer(
        self,
        actor: Actor,
        request: AccessRequest,
        about: Collection[str],
        reason: str = "",
        *,
        approved: bool = False,
        mail: str | None = None,
    ) -> Receipt:
        """Enter an answer that changes no rights, and tell the person."""
        regarding = f"request {request.id}"
        why: dict[str, Any] = {"reason": reason} if reason else {}
        with self._change(actor, "decide_request", request.member_id, regarding=regarding) as done:
            done.note(after={"services": list(about), "approved": approved, **why})
            if mail is not None:
                names = self._catalogue.names(about, done.person.language)
                signed = done.mandate.signature
                self._notices.tell(mail, done.person, signed, services=names, **why)
        return done.receipt

    def _tell_person(
        self,
        request: AccessRequest,
        given: Collection[str],
        declined: Collection[str],
        reason: str,
    ) -> None:
        context: dict[str, Any] = {"approved": bool(given), "services": list(given or declined)}
        if given and declined:
            context["declined"] = list(declined)
        if reason:
            context["reason"] = reason
        self._chat_events.tell(request.member_id, "pattern_access_decided", context)


def _some(request: AccessRequest, services: Collection[str] | None) -> tuple[str, ...]:
    """Those of what was asked for that are given; raises UnknownService when there are none."""
    given = tuple(code for code in request.services if services is None or code in services)
    if not given:
        raise UnknownService
    return given
