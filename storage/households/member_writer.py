"""Changes of a person as they are always made: the rows, what they void, the audit, the mails.

A change and the undoing of its opposite are the same here; who may ask for them, and whether
they make sense, was decided by the callers.
"""

from collections.abc import Mapping
from typing import Any

from storage.audit.chain import Audit
from storage.households.authority import Mandate
from storage.households.households import Receipt
from storage.households.members import Member, Members, personal
from storage.households.notices import Notices
from storage.identity.proofs import Proofs
from storage.names import folded
from storage.transaction import Repository, part


class MemberWriter(Repository):
    _members = part(Members)
    _proofs = part(Proofs)
    _audit = part(Audit)
    _notices = part(Notices)

    def rewrite(
        self,
        mandate: Mandate,
        action: str,
        before: Member,
        values: Mapping[str, Any],
        *,
        regarding: str | None = None,
    ) -> Receipt:
        """Give the person these values, `services` among them.

        Another address voids what was sent to the old one; somebody invited is invited there.
        Raises EmailTaken or UnknownService; then nothing has changed.
        """
        columns = {name: value for name, value in values.items() if name != "services"}
        with self._connection.begin_nested():
            if "services" in values:
                self._members.set_services(before.id, values["services"])
            if columns:
                self._members.change(before.id, **columns)
        after = self._members.present(before.id)
        has_moved = folded(before.email) != folded(after.email)
        if has_moved:
            self._proofs.void(before.id)
        number = self._audit.done(
            mandate.household_id,
            mandate.signature,
            action,
            target=before.id,
            before=personal(before),
            after=personal(after),
            regarding=regarding,
        )
        if before.services != after.services:
            self._notices.rights(before, after, mandate.signature)
        if columns:
            self._notices.profile(before, after, mandate.signature)
        if has_moved and after.status == "invited":
            self._notices.invite(after)
        return Receipt(number, after)

    def remove(
        self, mandate: Mandate, action: str, person: Member, *, regarding: str | None = None
    ) -> Receipt:
        """Free the seat, and void codes, links and sessions; the row stays for an undo."""
        self._members.vacate(person.id)
        self._proofs.void(person.id)
        number = self._audit.done(
            mandate.household_id,
            mandate.signature,
            action,
            target=person.id,
            before=personal(person),
            regarding=regarding,
        )
        self._notices.tell("deleted", person, mandate.signature)
        return Receipt(number, person)

    def restore(
        self, mandate: Mandate, action: str, member_id: int, *, regarding: str | None = None
    ) -> Receipt:
        """Seat a removed person again, as they were; an old invitation is sent anew.

        Raises HouseholdFull or EmailTaken; then nothing has changed.
        """
        self._members.reseat(member_id, mandate.household_id, "secondary")
        person = self._members.present(member_id)
        number = self._audit.done(
            mandate.household_id,
            mandate.signature,
            action,
            target=member_id,
            after=personal(person),
            regarding=regarding,
        )
        if person.status == "invited":
            self._notices.invite(person)
        else:
            self._notices.tell("restored", person, mandate.signature)
        return Receipt(number, person)
