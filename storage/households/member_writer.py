"""The rows of a person as they always change, with what that makes void.

A change and the undoing of its opposite are the same here; who may ask for them, and whether
they make sense, was decided by the callers.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from storage.households.members import Members
from storage.identity.links import Links
from storage.identity.proofs import Proofs
from storage.names import folded
from storage.transaction import Repository, part

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class MemberWriter(Repository):
    """Every method takes a member by number, and values as in `storage.households.members`."""

    _members = part(Members)
    _proofs = part(Proofs)
    _links = part(Links)

    def rewrite(self, member_id: int, values: Mapping[str, Any]) -> None:
        """Give the person these values, `services` among them; a new address voids all proofs.

        Raises EmailTaken or UnknownService.
        """
        email = self._members.present(member_id).email
        columns = {name: value for name, value in values.items() if name != "services"}
        if "services" in values:
            self._members.set_services(member_id, values["services"])
        if columns:
            self._members.change(member_id, **columns)
        if folded(columns.get("email", email)) != folded(email):
            self._proofs.void(member_id)

    def remove(self, member_id: int, values: Mapping[str, Any] = _NOTHING) -> None:
        """Free the seat, and void codes, links and sessions; the row stays for an undo."""
        self._members.vacate(member_id)
        self._proofs.void(member_id)

    def restore(self, member_id: int, values: Mapping[str, Any] = _NOTHING) -> None:
        """Seat a removed person again, as they were; raises HouseholdFull or EmailTaken."""
        self._members.reseat(member_id, self._members.home(member_id), "secondary")

    def void_links(self, member_id: int, values: Mapping[str, Any] = _NOTHING) -> None:
        """Older links were void already, so all that are open are the newest."""
        self._links.void(member_id)
