"""Taking back what the holder changed, for a day: exactly, or not at all."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from storage.audit.past import Past, PastEntry
from storage.audit.tables import audit
from storage.errors import ChangedSince, NotUndoable
from storage.households.actors import Actor
from storage.households.authority import Authority
from storage.households.changing import Changing, Receipt
from storage.households.declared import CHANGES, UNDOABLE
from storage.households.member_writer import MemberWriter, moments
from storage.households.members import Member, Members, personal
from storage.identity.links import Links
from storage.limits import UNDO_FOR
from storage.transaction import Repository, part

_FIELDS = (
    "first_name",
    "last_name",
    "email",
    "language",
    "services",
    "ends",
    "pauses",
    "status",
    "suspended_until",
)
_RIGHTS = {"services", "ends", "pauses"}
"""What somebody may use, until when, and what from when on: as one, or it means nothing."""

Reason = Literal["too_old", "undone", "not_undoable", "unknown"]


@dataclass(frozen=True, slots=True)
class Undoable:
    """A change that may be taken back; what else one message changed goes back with it.

    The values are those of `members.personal`, but for a reset, which names its link.
    """

    seq: int
    receipt: str
    action: str
    member_id: int
    first_name: str
    last_name: str
    name: str
    at: datetime
    before: dict[str, Any]
    after: dict[str, Any]
    together: tuple["Undoable", ...] = ()

    @property
    def restores(self) -> dict[str, Any]:
        """The fields that the change gave new values, with their former ones; rights as one."""
        both = [name for name in _FIELDS if name in self.before and name in self.after]
        differ = {name for name in both if self.before[name] != self.after[name]}
        if differ & _RIGHTS:
            differ |= _RIGHTS & set(both)
        return {name: self.before[name] for name in both if name in differ}

    @property
    def rewrites(self) -> dict[str, Any]:
        """What an undo writes: `restores`, and of an address whether it had been proved."""
        proved = self.before.get("proved_email", self.before.get("email"))
        also = {"proved_email": proved} if "email" in self.restores else {}
        return {**self.restores, **also}


class Undoing(Repository):
    _past = part(Past)
    _members = part(Members)
    _authority = part(Authority)
    _change = part(Changing)
    _links = part(Links)
    _people = part(MemberWriter)

    def standing(self, household_id: int) -> Iterator[Undoable]:
        """Every change that can be taken back now, newest first: not overtaken by another."""
        since = self._clock() - UNDO_FOR
        for entry in self._past.done_since(household_id, since, UNDOABLE):
            judged = self.find(household_id, entry.receipt)
            if isinstance(judged, Undoable) and not self._is_overtaken(judged):
                yield judged

    def find(self, household_id: int, receipt: str) -> Undoable | Reason:
        """The change with this receipt, or why it cannot be taken back.

        A receipt of another household is as unknown as one that nobody has.
        """
        entries = self._past.entries(household_id, audit.c.receipt == receipt.strip().upper())
        if not entries:
            return "unknown"
        [entry] = entries
        judged = self._judge(household_id, entry)
        if not isinstance(judged, Undoable) or entry.request_id is None:
            return judged
        return replace(judged, together=self._others(household_id, entry))

    def sides(self, change: Undoable) -> tuple[Member | None, Member | None]:
        """The person now, and as taking the change back would leave them."""
        person = self._members.get(change.member_id)
        if person is None:
            return None, _as_they_were(change, self._members.home(change.member_id))
        if "role" in change.after and not change.before:  # it added them
            return person, None
        return person, replace(person, **_columns(change.rewrites))

    def undo(self, actor: Actor, receipt: str, about: Collection[int] = ()) -> Receipt:
        """Take the change back, with all that the same message changed, and tell the people.

        With `about`, members by number, of those only what was changed about them.

        Raises NotAuthorised, NotUndoable, ChangedSince, HouseholdFull, EmailTaken, EndIsPast,
        UnknownService, InvitationLimit or MailLimit; then nothing has changed.
        """
        mandate = self._authority.check(actor, "undo")
        self._members.hold(mandate.household_id)
        judged = self.find(mandate.household_id, receipt)
        if not isinstance(judged, Undoable):
            raise NotUndoable(judged)
        others = (change for change in judged.together if not about or change.member_id in about)
        changes = sorted((judged, *others), key=lambda change: change.seq, reverse=True)
        with self._connection.begin_nested():
            receipts = {change.receipt: self._take_back(actor, change) for change in changes}
        return receipts[judged.receipt]

    def _judge(self, household_id: int, entry: PastEntry) -> Undoable | Reason:
        is_change = entry.outcome == "done" and entry.actor_kind == "holder"
        if not is_change or entry.action not in UNDOABLE or entry.target_member_id is None:
            return "not_undoable"
        is_undo = (audit.c.action == "undo") & (audit.c.reason == entry.receipt)
        if self._past.entries(household_id, is_undo, limit=1):
            return "undone"
        if entry.at <= self._clock() - UNDO_FOR:
            return "too_old"
        if "link" in entry.after and not self._links.is_open(entry.after["link"]):
            return "not_undoable"
        return self._undoable(entry, entry.target_member_id) or "not_undoable"

    def _undoable(self, entry: PastEntry, member_id: int) -> Undoable | None:
        """None for somebody who was erased meanwhile."""
        name = self._members.names([member_id]).get(member_id)
        if name is None:
            return None
        is_rewriting = bool(entry.before and entry.after)
        change = Undoable(
            seq=entry.seq,
            receipt=entry.receipt,
            action=entry.action,
            member_id=member_id,
            first_name=name.first,
            last_name=name.last,
            name=name.whole,
            at=entry.at,
            before=entry.before,
            after=entry.after,
        )
        return None if is_rewriting and not change.restores else change

    def _others(self, household_id: int, entry: PastEntry) -> tuple[Undoable, ...]:
        """What else the same message changed, oldest first."""
        same = (audit.c.request_id == entry.request_id) & (audit.c.receipt != entry.receipt)
        siblings = self._past.entries(household_id, same)
        judged = [self._judge(household_id, sibling) for sibling in siblings]
        return tuple(change for change in reversed(judged) if isinstance(change, Undoable))

    def _is_overtaken(self, change: Undoable) -> bool:
        person = self._members.get(change.member_id)
        if not change.after:  # it took somebody away
            return person is not None
        return person is None or not _still_has(person, change, self._clock())

    def _take_back(self, actor: Actor, change: Undoable) -> Receipt:
        undo = CHANGES[change.action].undo
        if undo is None or self._is_overtaken(change):
            raise ChangedSince
        with self._change(actor, "undo", change.member_id, regarding=change.receipt) as done:
            undo(self._people, change.member_id, change.rewrites)
        return done.receipt


def _still_has(person: Member, change: Undoable, now: datetime) -> bool:
    """Has the person still what the change gave them, but for what time has ended since?"""
    current, given = personal(person), _left(change.after, now)
    current["services"] = sorted(person.services)
    return all(current[name] == given[name] for name in change.restores)


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of `members.personal` as those of a `Member`."""
    typed = {name: value for name, value in values.items() if name in Member.__dataclass_fields__}
    if "services" in typed:
        typed["services"] = tuple(typed["services"])
    for name in ("ends", "pauses"):
        if name in typed:
            typed[name] = tuple(moments(typed[name]).items())
    for name in ("suspended_until", "email_counts_at"):
        if typed.get(name) is not None:
            typed[name] = datetime.fromisoformat(typed[name])
    return typed


def _as_they_were(change: Undoable, household_id: int) -> Member:
    """Somebody who was removed, by what the audit kept of them."""
    kept = _columns(change.before)
    address = kept.get("proved_email") or kept["email"]
    missing = {"id": change.member_id, "household_id": household_id, "seat": 0, "username": None}
    return Member(**{**kept, **missing, "proved_email": address, "name": change.name})


def _left(values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What is left of such values by now, with what is there again."""
    ends, pauses = moments(values.get("ends", {})), moments(values.get("pauses", {}))
    over = {code for code, ends_at in ends.items() if ends_at <= now}
    back = {code for code, resumes_at in pauses.items() if resumes_at <= now}
    services = {*values.get("services", ()), *back} - over
    return {
        **values,
        "services": sorted(services),
        "ends": _without(values.get("ends", {}), over),
        "pauses": _without(values.get("pauses", {}), back | over),
    }


def _without(values: Mapping[str, str], gone: Collection[str]) -> dict[str, str]:
    return {code: at for code, at in values.items() if code not in gone}
