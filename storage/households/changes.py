"""What the holder does to a secondary user who is there."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType

from storage.audit.past import Past
from storage.errors import (
    EndIsPast,
    NothingToChange,
    NotLocked,
    NotSuspended,
    Suspended,
    UnknownService,
)
from storage.households.actors import Actor
from storage.households.catalogue import Catalogue
from storage.households.changing import Changing, Receipt
from storage.households.member_writer import MemberWriter
from storage.households.members import Member, Members, is_unconfirmed
from storage.households.notices import Notices
from storage.identity.links import Links
from storage.identity.lockout import Lockout
from storage.limits import OLD_ADDRESS_TOLD
from storage.names import clean_name, folded
from storage.transaction import Repository, part

_FOR_GOOD: Mapping[str, datetime] = MappingProxyType({})


class Changes(Repository):
    """Every method raises NotAuthorised or NoSuchMember; after a refusal nothing has changed."""

    _change = part(Changing)
    _past = part(Past)
    _catalogue = part(Catalogue)
    _links = part(Links)
    _lockout = part(Lockout)
    _notices = part(Notices)
    _members = part(Members)
    _people = part(MemberWriter)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make several changes of which none stays if the last of them raises."""
        with self._connection.begin_nested():
            yield

    def change_rights(
        self,
        actor: Actor,
        member_id: int,
        *,
        grant: Collection[str] = (),
        revoke: Collection[str] = (),
        until: datetime | None = None,
        ends: Mapping[str, datetime] = _FOR_GOOD,
        pauses: Mapping[str, datetime] = _FOR_GOOD,
        regarding: str | None = None,
    ) -> Receipt:
        """Give and take away services by code; one in both is taken away.

        What is given ends at `until`, or each at its moment of `ends`, also where the person has it
        for longer; without that it is given for good, also where it would have ended. What is taken
        is given back at its moment of `pauses`, if it has one, until when it would have ended.

        Raises UnknownService, EndIsPast or NothingToChange.
        """
        for moment in (until, *ends.values(), *pauses.values()):
            self._check_ahead(moment)
        with self._change(actor, "rights", member_id, regarding=regarding) as done:
            known = [service.code for service in self._catalogue.services()]
            if not {*grant, *revoke} <= set(known):
                raise UnknownService
            person = done.person
            wanted = {*person.services, *grant} - {*revoke}
            until_then = dict(person.ends) | {code: ends.get(code, until) for code in grant}
            paused = _paused(person, {*grant, *revoke}, pauses, until_then)
            left = {c: at for c, at in until_then.items() if at and c in wanted | paused.keys()}
            rights = {
                "services": [code for code in known if code in wanted],
                "ends": left,
                "pauses": paused,
            }
            same = wanted == set(person.services)
            if same and (left, paused) == (dict(person.ends), dict(person.pauses)):
                raise NothingToChange
            self._people.rewrite(member_id, rights)
        return done.receipt

    def edit_profile(
        self,
        actor: Actor,
        member_id: int,
        *,
        first_name: str | None = None,
        last_name: str | None = None,
        email: str | None = None,
        language: str | None = None,
        mailbox_lost: bool = False,
    ) -> Receipt:
        """Change what is given; a new address must have been checked for its form.

        One that waits to be confirmed may be given again: its mail goes out again. With
        `mailbox_lost` nobody reads the one before it any more.

        Raises InvalidName, EmailTaken, NothingToChange, InvitationLimit or MailLimit; for another
        address, or a lost mailbox, also PasskeyWanted.
        """
        with self._change(actor, "edit", member_id) as done:
            kept = email is None or folded(email) == folded(done.person.email)
            waits = email is not None and kept and is_unconfirmed(done.person)
            wanted = {
                "first_name": None if first_name is None else clean_name(first_name),
                "last_name": None if last_name is None else clean_name(last_name),
                "email": None if kept else email,
                "language": language,
            }
            values = {
                name: value
                for name, value in wanted.items()
                if value is not None and value != getattr(done.person, name)
            }
            if not values and not waits:
                raise NothingToChange
            self._people.rewrite(member_id, values)
            if waits:
                self._notices.confirm(done.person)
            if mailbox_lost and is_unconfirmed(self._members.present(member_id)):
                self._people.lose_mailbox(member_id)
        return done.receipt

    def reset_password(self, actor: Actor, member_id: int) -> Receipt:
        """Mail a link to choose a new password; somebody invited is invited again.

        Older unused links are void; the password stays until the new link is used. Raises
        Suspended, InvitationLimit or MailLimit.
        """
        with self._change(actor, "reset_link", member_id) as done:
            person = done.person
            if person.status == "suspended":
                raise Suspended
            self._links.void(member_id)
            if person.status == "invited":
                self._notices.invite(person)
                sent = self._links.newest(member_id, "activation")
            else:
                since = self._clock() - OLD_ADDRESS_TOLD
                former = self._past.former_addresses(person.household_id, member_id, since)
                self._notices.reset(person, done.mandate.signature, former)
                sent = self._links.newest(member_id, "reset")
            done.note(after={"link": sent})
        return done.receipt

    def unlock(self, actor: Actor, member_id: int) -> Receipt:
        """Open the sign-in page to them again; raises NotLocked."""
        with self._change(actor, "unlock", member_id) as done:
            if done.person.status != "locked":
                raise NotLocked
            self._lockout.free(member_id)
        return done.receipt

    def suspend(self, actor: Actor, member_id: int, *, until: datetime | None = None) -> Receipt:
        """Let them in nowhere, until then or until they are resumed; what they have stays theirs.

        Raises EndIsPast, or NothingToChange where it is so already.
        """
        self._check_ahead(until)
        with self._change(actor, "suspend", member_id) as done:
            person = done.person
            if person.status == "suspended" and person.suspended_until == until:
                raise NothingToChange
            self._people.suspend(member_id, until)
        return done.receipt

    def resume(self, actor: Actor, member_id: int) -> Receipt:
        """End that: they are again what they were, locked or invited too. Raises NotSuspended."""
        with self._change(actor, "resume", member_id) as done:
            if done.person.status != "suspended":
                raise NotSuspended
            self._people.resume(member_id)
        return done.receipt

    def delete(self, actor: Actor, member_id: int) -> Receipt:
        """Remove them: the seat is free at once, an undo brings them back for a day.

        The receipt has the person as they were. Raises PasskeyWanted.
        """
        with self._change(actor, "delete", member_id) as done:
            self._people.remove(member_id)
        return done.receipt

    def _check_ahead(self, until: datetime | None) -> None:
        if until is not None and until <= self._clock():
            raise EndIsPast


def _paused(
    person: Member,
    changed: Collection[str],
    pauses: Mapping[str, datetime],
    ends: Mapping[str, datetime | None],
) -> dict[str, datetime]:
    """What comes back, and when: what the person had, if it would not have ended by then."""
    before = dict(person.pauses)
    after = {code: at for code, at in before.items() if code not in changed}
    after |= {c: at for c, at in pauses.items() if c in before or c in person.services}
    ended = {c for c, at in after.items() if (ends_at := ends.get(c)) and ends_at <= at}
    return {code: at for code, at in after.items() if code not in ended}
