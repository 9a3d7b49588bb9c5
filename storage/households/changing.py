"""A change of a household as it is always made, whatever it is; before it, what time has ended."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from storage.audit.chain import Audit
from storage.audit.macs import Values
from storage.errors import NoSuchMember, NotAuthorised
from storage.households.actors import Actor, Operator, System
from storage.households.authority import Authority, Mandate
from storage.households.declared import CHANGES
from storage.households.ended import Ended, Rights
from storage.households.member_writer import MemberWriter
from storage.households.members import Member, Members, holder_of, personal
from storage.households.notices import Notices
from storage.transaction import Repository, part

_TIME = System("end")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Of a change: the number that the person sees, and the member as they are now."""

    number: str
    member: Member


@dataclass(slots=True)
class Done:
    """A change while it is made; `before` is the member as they were, None for nobody here."""

    mandate: Mandate
    target: int | None
    before: Member | None
    after: Member | None = None
    regarding: str | None = None
    """What it answers: the receipt of an undone change, or a request."""
    happened: bool = True
    """False where it turned out that there is nothing to do, and nothing to enter."""
    number: str = ""
    _noted: tuple[Values | None, Values | None] | None = None

    @property
    def person(self) -> Member:
        """The member as they were; raises NoSuchMember where there was none."""
        if self.before is None:
            raise NoSuchMember
        return self.before

    @property
    def receipt(self) -> Receipt:
        """Who is gone by the change is in it as they were."""
        return Receipt(self.number, self.after or self.person)

    def note(self, before: Values | None = None, after: Values | None = None) -> None:
        """Have these values entered instead of those of the person."""
        self._noted = (before, after)

    @property
    def values(self) -> tuple[Values | None, Values | None]:
        """What the audit keeps of it, erasably: how the person was and is, where that differs."""
        if self._noted is not None:
            return self._noted
        if self.before == self.after:
            return None, None
        return _values(self.before), _values(self.after)


class Changing(Repository):
    """`with self._change(actor, "unlock", member_id) as done:` and then `done.receipt`.

    The household is held, what time has ended there entered, the actor checked, the person read
    before and after; the body writes
    the rows; then the audit has its entry and the mails of the declaration wait to leave. All of
    it happens or nothing.
    """

    _members = part(Members)
    _authority = part(Authority)
    _audit = part(Audit)
    _notices = part(Notices)
    _ended = part(Ended)
    _people = part(MemberWriter)

    def settle(self, household_id: int) -> None:
        """Enter what time has ended in a household that is held, and tell the people concerned."""
        for member_id, since in self._ended.suspensions(household_id):
            self._end_suspension(household_id, member_id, since)
        for member_id, rights in self._ended.rights(household_id).items():
            self._end_rights(household_id, member_id, rights)
        for member_id, pauses in self._ended.pauses(household_id).items():
            self._end_pause(household_id, member_id, pauses)

    @contextmanager
    def __call__(
        self,
        actor: Actor,
        name: str,
        member_id: int | None = None,
        *,
        household_id: int | None = None,
        regarding: str | None = None,
    ) -> Iterator[Done]:
        """Change something about a member; a new one is named by the body, as `done.target`.

        `household_id` is for actors who have none of their own. Raises NotAuthorised,
        NoSuchMember or PasskeyWanted; after that, as after any exception of the body, nothing
        has changed.
        """
        change, mandate = CHANGES[name], self._authority.check(actor, name, household_id)
        is_open = self._members.hold(mandate.household_id)
        if not is_open and not isinstance(actor, Operator | System):
            raise NotAuthorised("no_session")  # it has ended with the household
        if actor != _TIME:
            self.settle(mandate.household_id)
        done = Done(mandate, member_id, self._here(mandate, member_id), regarding=regarding)
        if change.about == "secondary" and done.person.role != "secondary":
            raise NoSuchMember
        with self._connection.begin_nested():
            yield done
            if not done.happened:
                return
            done.after = self._here(mandate, done.target)
            if change.passkey is not None and change.passkey(done.before, done.after):
                self._authority.demand_passkey(mandate)
            before, after = done.values
            done.number = self._audit.done(
                mandate.household_id,
                mandate.signature,
                change.entered_as or name,
                target=done.target,
                before=before,
                after=after,
                regarding=done.regarding,
            )
            self._notices.of(change, mandate.signature, done.before, done.after)

    def _end_suspension(self, household_id: int, member_id: int, since: datetime) -> None:
        """Who reads as let in again was suspended until now, for those who are told."""
        with self(_TIME, "end_suspension", member_id, household_id=household_id) as done:
            done.before = replace(done.person, status="suspended", suspended_until=since)
            self._people.resume(member_id)
            self._tell_holder("suspension_ended", done)

    def _end_rights(self, household_id: int, member_id: int, rights: Rights) -> None:
        """What does not count any more did until now, for those who are told."""
        with self(_TIME, "end_rights", member_id, household_id=household_id) as done:
            person, codes = done.person, [code for code, _ in rights]
            services, ends = (*person.services, *codes), (*person.ends, *rights)
            done.before = replace(person, services=services, ends=ends)
            self._ended.forget_rights(member_id)
            self._tell_holder("access_ended", done, codes)

    def _end_pause(self, household_id: int, member_id: int, rights: Rights) -> None:
        """What counts again did not until now, for those who are told; if it is there by then."""
        with self(_TIME, "end_pause", member_id, household_id=household_id) as done:
            person = done.person
            back = {code: at for code, at in rights if code in person.services}
            services = tuple(code for code in person.services if code not in back)
            pauses = (*person.pauses, *back.items())
            done.before = replace(person, services=services, pauses=pauses)
            self._people.rewrite(member_id, {"services": person.services})
            done.happened = bool(back)
            if back:
                self._tell_holder("pause_ended", done, back)

    def _tell_holder(self, kind: str, done: Done, codes: Collection[str] = ()) -> None:
        holder = holder_of(self._members.of(done.mandate.household_id))
        self._notices.of_end(kind, holder, done.mandate.signature, done.person.name, codes)

    def _here(self, mandate: Mandate, member_id: int | None) -> Member | None:
        person = None if member_id is None else self._members.get(member_id)
        return person if person and person.household_id == mandate.household_id else None


def _values(person: Member | None) -> Values | None:
    return None if person is None else personal(person)
