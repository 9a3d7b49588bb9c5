"""The side of a request for access of whoever asks: nothing here gives anything."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement

from storage.audit.macs import Values
from storage.errors import (
    AlreadyGranted,
    HouseholdError,
    NothingToChange,
    RemindedAlready,
    RequestGone,
    UnknownService,
)
from storage.households.access_request_rows import AccessRequest, RequestRows
from storage.households.actors import Secondary, System
from storage.households.catalogue import Catalogue
from storage.households.changing import Changing, Done
from storage.households.members import Member, Members, holder_of
from storage.households.notices import Notices
from storage.households.tables import access_request, member
from storage.identity.sessions import Session
from storage.limits import REMINDER_EVERY
from storage.messages.chat_events import ChatEvents
from storage.names import called
from storage.transaction import Repository, part
from storage.words import clean_words

_RULE = System("request_lifetime")


class RequestOpen(HouseholdError):  # noqa: N818 - a refusal, named like those of `storage.errors`
    """The person has asked already, and waits for the answer; `request` is what they asked."""

    def __init__(self, request: AccessRequest) -> None:
        super().__init__("request_open")
        self.request = request


class AskingAccess(Repository):
    _rows = part(RequestRows)
    _members = part(Members)
    _catalogue = part(Catalogue)
    _change = part(Changing)
    _notices = part(Notices)
    _chat_events = part(ChatEvents)

    def ask(self, session: Session, services: Collection[str], note: str = "") -> AccessRequest:
        """Ask the holder for these services, those left out that the person has already.

        The holder hears of it by mail and in linked chats; neither can grant anything.
        Raises NotAuthorised, UnknownService, AlreadyGranted, InvalidWords or RequestOpen.
        """
        with self._asking(session, "request_access") as done:
            wanted = self._new(done.person, services)
            words = clean_words(note) if note else ""
            self._expire(_RULE, access_request.c.member_id == done.person.id)
            if earlier := self.newest_open(done.person.id):
                raise RequestOpen(earlier)
            return self._asked(done, self._rows.write(done.person.id, wanted, words))

    def extend(
        self,
        session: Session,
        services: Collection[str],
        note: str = "",
        *,
        instead_of: Collection[str] = (),
    ) -> AccessRequest:
        """Ask for these too, in the request that is open, or instead of some of it.

        The holder hears of it anew, and of all that is asked for now.

        Raises NotAuthorised, UnknownService, AlreadyGranted, InvalidWords, NothingToChange or
        RequestGone.
        """
        with self._asking(session, "change_request") as done:
            request = self._open_of(done.person)
            more = set(self._new(done.person, services)) - set(request.services)
            if not more:
                raise NothingToChange
            self._rows.extend(request.id, more)
            if less := {*instead_of} & {*request.services}:
                self._rows.drop(request.id, less)
            if note:
                self._rows.annotate(request.id, clean_words(note))
            return self._asked(done, request.id, before={"services": list(request.services)})

    def reduce(self, session: Session, services: Collection[str]) -> AccessRequest:
        """Ask for these no more; something is left of the request, or it is withdrawn instead.

        The holder, who was told of them, hears of it.

        Raises NotAuthorised, NothingToChange or RequestGone.
        """
        with self._asking(session, "change_request") as done:
            request = self._open_of(done.person)
            kept = [code for code in request.services if code not in services]
            if not kept or len(kept) == len(request.services):
                raise NothingToChange
            self._rows.drop(request.id, services)
            done.regarding = f"request {request.id}"
            done.note({"services": list(request.services)}, {"services": kept})
            self._tell_taken_back(request, kept)
            return replace(request, services=tuple(kept))

    def add_note(self, session: Session, note: str) -> AccessRequest:
        """Let the holder know something about the open request, in the place of what was said.

        Raises NotAuthorised, InvalidWords, NothingToChange or RequestGone.
        """
        with self._asking(session, "change_request") as done:
            request, words = self._open_of(done.person), clean_words(note)
            if words == request.note:
                raise NothingToChange
            self._rows.annotate(request.id, words)
            before = {"services": list(request.services), **request.words}
            return self._asked(done, request.id, before=before)

    def remind(self, session: Session, note: str = "") -> AccessRequest:
        """Tell the holder once more of the open request, with a note if any; once a day.

        Raises NotAuthorised, InvalidWords, RequestGone or RemindedAlready.
        """
        with self._asking(session, "remind_request") as done:
            request = self._open_of(done.person)
            if again_at := self.next_reminder(request.id):
                raise RemindedAlready(again_at)
            if note:
                self._rows.annotate(request.id, clean_words(note))
            self._rows.remind(request.id)
            return self._asked(done, request.id, again=True)

    def withdraw(self, session: Session) -> AccessRequest:
        """Take the open request back; the holder, who was told of it, need not decide any more.

        Raises NotAuthorised or RequestGone.
        """
        with self._asking(session, "withdraw_request") as done:
            request = self._open_of(done.person)
            self._end(request, "withdrawn")
            done.regarding = f"request {request.id}"
            done.note(before={"services": list(request.services)})
            self._tell_taken_back(request, ())
        return request

    def newest(self, member_id: int) -> AccessRequest | None:
        """What somebody asked for last; unanswered in time is expired, swept or not."""
        request = self._rows.newest(member_id)
        return self._as_it_is(request) if request else None

    def newest_open(self, member_id: int) -> AccessRequest | None:
        """What somebody waits for an answer to."""
        return next(iter(self._rows.open(access_request.c.member_id == member_id)), None)

    def next_reminder(self, request_id: int) -> datetime | None:
        """When the holder can be reminded again; None: now."""
        last = self._rows.reminded(request_id, self._clock() - REMINDER_EVERY)
        return last + REMINDER_EVERY if last else None

    def get(self, request_id: int, household_id: int) -> AccessRequest | None:
        """An open request of that household; one of another household is nobody's business."""
        requests = self._rows.open(
            (access_request.c.id == request_id) & (member.c.household_id == household_id)
        )
        return requests[0] if requests else None

    def _as_it_is(self, request: AccessRequest) -> AccessRequest:
        is_late = request.status == "open" and request.expires_at <= self._clock()
        return replace(request, status="expired") if is_late else request

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

    def _asked(
        self, done: Done, number: int, before: Values | None = None, *, again: bool = False
    ) -> AccessRequest:
        """Enter what is asked for now, and tell the holder."""
        request = self.get(number, done.mandate.household_id)
        assert request is not None, "what was just written is there"
        done.regarding = f"request {request.id}"
        done.note(before, after={"services": list(request.services), **request.words})
        self._tell_holder(request, again=again)
        return request

    def _end(self, request: AccessRequest, status: str, reason: str = "") -> None:
        """Close the request: only the first of two answers counts."""
        if not self._rows.end(status, request.id, reason):
            raise RequestGone

    def _tell_holder(self, request: AccessRequest, *, again: bool = False) -> None:
        holder, who, first_name = self._concerned(request)
        self._notices.access_request(holder, who, request, again=again)
        context = {**_told_of(request, first_name, request.services), **request.words}
        if again:
            context["again"] = True
        self._chat_events.tell(holder.id, "pattern_access_request", context)

    def _tell_taken_back(self, request: AccessRequest, left: Collection[str]) -> None:
        holder, who, first_name = self._concerned(request)
        dropped = [code for code in request.services if code not in left]
        self._notices.taken_back(holder, who, dropped, left)
        context = {**_told_of(request, first_name, dropped), "left": list(left)}
        self._chat_events.tell(holder.id, "pattern_access_taken_back", context)

    def _concerned(self, request: AccessRequest) -> tuple[Member, str, str]:
        """The holder, and what whoever asks is called: in a mail, and in a chat."""
        people = self._members.of(request.household_id)
        who = next(person for person in people if person.id == request.member_id)
        return holder_of(people), who.name, called(who, people, private=True)


def _told_of(request: AccessRequest, first_name: str, codes: Collection[str]) -> dict[str, Any]:
    return {"request": request.id, "first_name": first_name, "services": list(codes)}
