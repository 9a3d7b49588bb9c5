"""What the holder does to a secondary user who is there."""

from collections.abc import Collection

from storage.audit.chain import Audit
from storage.audit.past import Past
from storage.errors import NoSuchMember, NothingToChange, NotLocked, UnknownService
from storage.households.authority import Action, Actor, Authority, Mandate
from storage.households.catalogue import Catalogue
from storage.households.households import Receipt
from storage.households.member_writer import MemberWriter
from storage.households.members import Member, Members, personal
from storage.households.notices import Notices
from storage.identity.links import Links
from storage.identity.locks import Locks
from storage.limits import OLD_ADDRESS_TOLD
from storage.names import clean_name, folded
from storage.transaction import Repository, part


class Changes(Repository):
    """Every method raises NotAuthorised or NoSuchMember; after a refusal nothing has changed."""

    _past = part(Past)
    _members = part(Members)
    _catalogue = part(Catalogue)
    _authority = part(Authority)
    _audit = part(Audit)
    _links = part(Links)
    _locks = part(Locks)
    _notices = part(Notices)
    _writer = part(MemberWriter)

    def change_rights(
        self,
        actor: Actor,
        member_id: int,
        *,
        grant: Collection[str] = (),
        revoke: Collection[str] = (),
        regarding: str | None = None,
    ) -> Receipt:
        """Give and take away services by code; one in both is taken away.

        Raises UnknownService or NothingToChange.
        """
        mandate, before = self._target(actor, "rights", member_id)
        known = [one.code for one in self._catalogue.services()]
        if not {*grant, *revoke} <= set(known):
            raise UnknownService
        wanted = {*before.services, *grant} - {*revoke}
        if wanted == set(before.services):
            raise NothingToChange
        values = {"services": [code for code in known if code in wanted]}
        return self._writer.rewrite(mandate, "rights", before, values, regarding=regarding)

    def edit_profile(
        self,
        actor: Actor,
        member_id: int,
        *,
        first_name: str | None = None,
        last_name: str | None = None,
        email: str | None = None,
        language: str | None = None,
    ) -> Receipt:
        """Change what is given; a new address must have been checked for its form.

        Raises InvalidName, EmailTaken or NothingToChange.
        """
        mandate, before = self._target(actor, "edit", member_id)
        wanted = {
            "first_name": None if first_name is None else clean_name(first_name),
            "last_name": None if last_name is None else clean_name(last_name),
            "email": None if email is None or folded(email) == folded(before.email) else email,
            "language": language,
        }
        values = {
            name: value
            for name, value in wanted.items()
            if value is not None and value != getattr(before, name)
        }
        if not values:
            raise NothingToChange
        return self._writer.rewrite(mandate, "edit", before, values)

    def reset_password(self, actor: Actor, member_id: int) -> Receipt:
        """Mail a link to choose a new password; somebody invited is invited again.

        Older unused links are void; the password stays until the new link is used.
        """
        mandate, person = self._target(actor, "reset_link", member_id)
        self._links.void(person.id)
        if person.status == "invited":
            self._notices.invite(person)
            sent = self._links.newest(person.id, "activation")
        else:
            since = self._clock() - OLD_ADDRESS_TOLD
            former = self._past.former_addresses(person.household_id, person.id, since)
            self._notices.reset(person, mandate.signature, former)
            sent = self._links.newest(person.id, "reset")
        number = self._audit.done(
            mandate.household_id,
            mandate.signature,
            "reset_link",
            target=person.id,
            after={"link": sent},
        )
        return Receipt(number, person)

    def unlock(self, actor: Actor, member_id: int) -> Receipt:
        """Open the sign-in page to them again; raises NotLocked."""
        mandate, before = self._target(actor, "unlock", member_id)
        if before.status != "locked":
            raise NotLocked
        self._locks.free(member_id)
        after = self._members.present(member_id)
        number = self._audit.done(
            mandate.household_id,
            mandate.signature,
            "unlock",
            target=member_id,
            before=personal(before),
            after=personal(after),
        )
        self._notices.tell("unlocked", after, mandate.signature)
        return Receipt(number, after)

    def delete(self, actor: Actor, member_id: int) -> Receipt:
        """Remove them: the seat is free at once, an undo brings them back for a day.

        The receipt has the person as they were.
        """
        mandate, person = self._target(actor, "delete", member_id)
        return self._writer.remove(mandate, "delete", person)

    def _target(self, actor: Actor, action: Action, member_id: int) -> tuple[Mandate, Member]:
        """The actor's mandate, and the person as they are while nobody else can change them."""
        mandate = self._authority.check(actor, action)
        self._members.hold(mandate.household_id)
        found = self._members.get(member_id)
        if found is None or found.household_id != mandate.household_id or found.role != "secondary":
            raise NoSuchMember
        return mandate, found
