"""The mails about changes of a household: to the person, saying what changed and by whom."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from storage.audit.chain import Signature
from storage.errors import InvitationLimit
from storage.households.access_request_rows import AccessRequest
from storage.households.catalogue import Catalogue
from storage.households.declared import PROFILE, Change, Mail
from storage.households.foreseen import mails_of
from storage.households.members import Member, Members, addresses_of, holder_of
from storage.households.tables import member
from storage.identity.links import Links
from storage.limits import (
    ACTIVATION_LIFETIME,
    CONFIRMATION_LIFETIME,
    INVITATIONS_PER_DAY,
    REQUEST_LIFETIME,
)
from storage.messages.mail_allowances import LAST, Cause, MailAllowances
from storage.messages.outbox import Outbox
from storage.messages.tables import outbox
from storage.names import folded
from storage.transaction import Repository, part

_AUTHORS: dict[str, dict[str, Any]] = {
    "page": {"by": {"response": "on_our_page"}},
    "system": {"by": {"response": "end_that_was_set"}},
}
"""Who a mail names where it was nobody known; else it is our team."""


class Notices(Repository):
    """Each goes to its person, in their language; when it happened is when it was queued."""

    _members = part(Members)
    _catalogue = part(Catalogue)
    _links = part(Links)
    _outbox = part(Outbox)
    _allowances = part(MailAllowances)

    def of(
        self, change: Change, by: Signature, before: Member | None, after: Member | None
    ) -> None:
        """The mails that are declared for a change, as far as they fit what it made of whom."""
        person = after or before
        if person is None:
            return
        for mail in mails_of(change.name, before, after):
            is_typed = change.name == "edit"  # an undo brings back an address that was mailed
            self._declared(mail, by, before or person, person, is_typed=is_typed)

    def _declared(
        self, mail: Mail, by: Signature, before: Member, person: Member, *, is_typed: bool
    ) -> None:
        if mail.template == "activation":
            self.invite(person)
            return
        if mail.template == "email_confirmation":
            self.confirm(person)
            return
        told = addresses_of(person)
        if mail.to == "both addresses":
            told = (*addresses_of(before), *told)
        addresses = {folded(address): address for address in told}
        values = self._values(mail.template, before, person)
        for key, address in addresses.items():
            is_new = is_typed and key != folded(before.email)
            if is_new:
                self._check_strangers(person.household_id)
            cause: Cause = "proved" if is_new else "event"
            self.tell(mail.template, person, by, to=address, cause=cause, **values)

    def _values(self, template: str, before: Member, after: Member) -> dict[str, Any]:
        """What a mail says of the difference."""
        if template == "profile_changed":
            changed = [name for name in PROFILE if getattr(before, name) != getattr(after, name)]
            return {"changed": changed}
        if template == "mailbox_lost":
            assert after.email_counts_at is not None, "that is what it tells"
            return {"until": after.email_counts_at.isoformat(), "address": after.email}
        if template == "suspended":
            return _lasting(after)
        if template != "rights_changed":
            return {}
        was, can = dict(before.ends), dict(after.ends)
        granted = {
            code
            for code in after.services
            if code not in before.services or was.get(code) != can.get(code)
        }
        services = {"services": set(after.services), "granted": granted}
        named = {
            name: self._until(codes, after, dict(after.ends)) for name, codes in services.items()
        }
        return {**named, "revoked": self._until(_taken(before, after), after, dict(after.pauses))}

    def _until(
        self, codes: Collection[str], person: Member, ends: Mapping[str, datetime]
    ) -> list[Any]:
        """The names of services, each with the moment until which it is so."""
        return [
            {"response": "until", "parameters": {"what": name, **_moment(ends[code])}}
            if code in ends
            else name
            for code, name in self._catalogue.named(codes, person.language).items()
        ]

    def suspended(self, person: Member) -> None:
        """Once more, to somebody who asks for a way in; no more often than they would get one."""
        allowed: Cause = "anybody"
        room = self._allowances.room("suspended", allowed, person.proved_email, person.id)
        if room.is_left:
            values = _lasting(person)
            self.tell("suspended", person, Signature("holder"), cause=allowed, **values)

    def of_end(
        self, kind: str, holder: Member, by: Signature, who: str, codes: Collection[str]
    ) -> None:
        """To the holder: what they had said should end has ended."""
        services = self._catalogue.names(codes, holder.language)
        more: dict[str, Any] = {"services": services} if codes else {}
        self.tell(kind, holder, by, who=who, **more)

    def invite(self, invited: Member) -> None:
        """The link with which somebody chooses their user name and password.

        Raises InvitationLimit or MailLimit.
        """
        self._check_strangers(invited.household_id)
        people = self._members.of(invited.household_id)
        holder = holder_of(people)
        self._outbox.mail(
            "activation",
            to=invited.email,
            language=invited.language,
            member_id=invited.id,
            parameters={
                "first_name": invited.first_name,
                "holder_name": _full_name(holder),
                "services": self._until(invited.services, invited, dict(invited.ends)),
                "days": ACTIVATION_LIFETIME.days,
            },
            secrets={"activation_url": self._links.issue("activation", invited.id)},
        )

    def confirm(self, person: Member) -> None:
        """The link by which codes and resets go to a new address; raises MailLimit."""
        self._links.void(person.id, ["email_confirmation"])
        self._outbox.mail(
            "email_confirmation",
            to=person.email,
            language=person.language,
            member_id=person.id,
            parameters={"first_name": person.first_name, "days": CONFIRMATION_LIFETIME.days},
            secrets={"confirm_url": self._links.issue("email_confirmation", person.id)},
            cause="proved",
        )

    def _check_strangers(self, household_id: int) -> None:
        """An address that a holder has typed has proved nothing yet: it may be anybody's.

        Raises InvitationLimit: counted are all mails to such addresses, whoever of the household
        they were for, and whether they are still of it.
        """
        sent = (
            select(func.count())
            .join_from(outbox, member, member.c.id == outbox.c.member_id)
            .where(member.c.household_id == household_id, outbox.c.cause == "proved")
            .where(outbox.c.template.in_(["activation", "profile_changed"]))
            .where(outbox.c.created_at > self._clock() - timedelta(days=1))
        )
        if self._connection.execute(sent).scalar_one() >= INVITATIONS_PER_DAY:
            raise InvitationLimit

    def reset(
        self,
        person: Member,
        by: Signature,
        former: Collection[str],
        *,
        cause: Cause = "proved",
        last_until: datetime | None = None,
    ) -> None:
        """A link to choose a new password; the person's other addresses hear of it, without it.

        The last mail of a day says so: its link lives until there is another. Raises MailLimit.
        """
        url = self._links.issue("reset", person.id, until=last_until)
        kind, last = "password_reset", {}
        if last_until is not None:
            kind, last = kind + LAST, {"until": last_until.isoformat()}
        mailbox = person.proved_email
        self.tell(kind, person, by, to=mailbox, secrets={"reset_url": url}, cause=cause, **last)
        others = {folded(address): address for address in (*former, *addresses_of(person))}
        others.pop(folded(mailbox), None)
        for address in others.values():
            self.tell("password_reset_notice", person, by, to=address)

    def access_request(
        self, holder: Member, who: str, request: AccessRequest, *, again: bool = False
    ) -> None:
        """Somebody wishes for more. No link: only a live session of the holder decides."""
        lasts = {"until": request.expires_at.isoformat()} if again else {}
        self._outbox.mail(
            "access_reminder" if again else "access_request",
            to=holder.email,
            language=holder.language,
            member_id=holder.id,
            parameters={
                "first_name": holder.first_name,
                "who": who,
                "services": self._catalogue.names(request.services, holder.language),
                **(lasts or {"days": REQUEST_LIFETIME.days}),
                **request.words,
            },
        )

    def taken_back(
        self, holder: Member, who: str, dropped: Collection[str], left: Collection[str]
    ) -> None:
        """To the holder, who was told that it waits: it, or some of it, is not asked for now."""
        names = {"services": self._catalogue.names(dropped, holder.language)}
        if left:
            names["left"] = self._catalogue.names(left, holder.language)
        self._outbox.mail(
            "access_reduced" if left else "access_withdrawn",
            to=holder.email,
            language=holder.language,
            member_id=holder.id,
            parameters={"first_name": holder.first_name, "who": who, **names},
        )

    def disowned(self, household_id: int, member_id: int, chat: str) -> None:
        """To the holder: somebody said that a verification as this member was not theirs."""
        people = self._members.of(household_id)
        holder = holder_of(people)
        who = next((person.name for person in people if person.id == member_id), "")
        self.tell("verification_disowned", holder, Signature("link"), who=who, chat=chat)

    def tell(
        self,
        kind: str,
        person: Member,
        by: Signature,
        *,
        to: str | None = None,
        secrets: dict[str, str] | None = None,
        cause: Cause | None = None,
        **parameters: Any,
    ) -> None:
        author = None if by.member_id is None else self._members.get(by.member_id)
        named = _AUTHORS.get(by.kind, {}) if author is None else {"by": _full_name(author)}
        for address in addresses_of(person) if to is None else (to,):
            self._outbox.mail(
                kind,
                to=address,
                language=person.language,
                member_id=person.id,
                parameters={"first_name": person.first_name, **named, **parameters},
                secrets=secrets,
                cause=cause,
            )


def _taken(before: Member, after: Member) -> set[str]:
    """What somebody cannot use any more, or not until another moment."""
    was, now = dict(before.pauses), dict(after.pauses)
    others = {code for code in was | now if was.get(code) != now.get(code)}
    return (others | set(before.services)) - set(after.services)


def _lasting(person: Member) -> dict[str, Any]:
    """How long somebody is suspended, as a value of a mail."""
    until = person.suspended_until
    if until is None:
        return {"lasting": {"response": "until_resumed"}}
    return {"lasting": {"response": "until_then", "parameters": _moment(until)}}


def _moment(at: datetime) -> dict[str, Any]:
    return {"ends_on": {"day": at.isoformat()}, "ends_at": {"time": at.isoformat()}}


def _full_name(person: Member) -> str:
    return f"{person.first_name} {person.last_name}"
