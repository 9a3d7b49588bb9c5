"""The rows of a person as they always change, with what that makes void.

A change and the undoing of its opposite are the same here; who may ask for them, and whether
they make sense, was decided by the callers.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from storage.errors import EndIsPast
from storage.households.members import Member, Members
from storage.identity.links import Links
from storage.identity.proofs import Proofs
from storage.limits import MAILBOX_LOST
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

        It also waits to be confirmed, unless it is the one that was proved: now, or where a
        change is taken back by the former values, before that (`proved_email`).

        Raises EmailTaken or UnknownService.
        """
        person = self._members.present(member_id)
        columns = dict(values)
        proved = columns.pop("proved_email", None) or person.proved_email
        rights = {name: columns.pop(name, None) for name in ("services", "ends", "pauses")}
        if any(value is not None for value in rights.values()):
            self._give(person, **rights)
        if is_other := folded(columns.get("email", person.email)) != folded(person.email):
            counts = person.stood == "invited" or folded(columns["email"]) == folded(proved)
            columns |= {"confirmed_email": None if counts else proved, "email_counts_at": None}
        if columns:
            self._members.change(member_id, **columns)
        if is_other:
            self._proofs.void(member_id)
            self._links.void(member_id, ["email_confirmation"])

    def _give(
        self,
        person: Member,
        services: Collection[str] | None,
        ends: Mapping[str, Any] | None,
        pauses: Mapping[str, Any] | None,
    ) -> None:
        """Give these services, until these moments, and others from these.

        What has ended meanwhile stays so, and a pause that is over is.
        """
        now = self._clock()
        until = dict(person.ends) if ends is None else moments(ends)
        paused = dict(person.pauses) if pauses is None else moments(pauses)
        over = {code for code, ends_at in until.items() if ends_at <= now}
        back = {code for code, resumes_at in paused.items() if resumes_at <= now}
        codes = {*(person.services if services is None else services), *back} - over
        away = {code: at for code, at in paused.items() if code not in codes | over}
        self._members.set_services(person.id, codes, until, away)

    def suspend(self, member_id: int, until: datetime | None = None) -> None:
        """Let the person in nowhere, until then; what was open for them ends.

        Links that were mailed to them open nothing meanwhile, and what they did afterwards.
        """
        status = self._members.present(member_id).stood
        self._members.change(
            member_id, status="suspended", status_before=status, suspended_until=until
        )
        self._proofs.end(member_id)

    def resume(self, member_id: int) -> None:
        """Have the person be again what they were."""
        self._members.change(member_id, status=self._members.present(member_id).stood)

    def stand_again(self, member_id: int, values: Mapping[str, Any]) -> None:
        """Suspend them, or end that, as it was before; raises EndIsPast."""
        person = self._members.present(member_id)
        if values.get("status", person.status) != "suspended":
            self.resume(member_id)
            return
        until = moment(values.get("suspended_until", person.suspended_until))
        if until is not None and until <= self._clock():
            raise EndIsPast
        self.suspend(member_id, until)

    def lose_mailbox(self, member_id: int) -> None:
        """Have a new address count in a day, whoever confirms it or not."""
        self._members.change(member_id, email_counts_at=self._clock() + MAILBOX_LOST)

    def confirm(self, member_id: int) -> None:
        """From now on the address on file counts; codes for the one before it are void."""
        self._members.change(member_id, confirmed_email=None, email_counts_at=None)
        self._proofs.void_mailed(member_id)

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


def moment(value: datetime | str | None) -> datetime | None:
    """What an entry of the audit holds in words."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def moments(values: Mapping[str, Any]) -> dict[str, datetime]:
    read = {code: moment(value) for code, value in values.items()}
    return {code: at for code, at in read.items() if at is not None}
