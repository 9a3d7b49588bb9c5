"""Households: who is in one, and the changes that its holder makes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from storage.errors import EmailTaken, EndIsPast
from storage.households.actors import Actor
from storage.households.catalogue import Catalogue, Offered, Service
from storage.households.changing import Changing, Receipt
from storage.households.members import Member, Members
from storage.households.presets import Presets
from storage.households.tables import household
from storage.limits import SEATS
from storage.names import clean_name, folded
from storage.transaction import Repository, part


@dataclass(frozen=True, slots=True)
class Household:
    """`members` by seat, the holder first."""

    id: int
    account_number: str
    language: str
    members: tuple[Member, ...]

    @property
    def places_left(self) -> int:
        return SEATS - len(self.members)

    @property
    def holder(self) -> Member:
        return self.members[0]


@dataclass(frozen=True, slots=True)
class NewMember:
    first_name: str
    last_name: str
    email: str
    language: str
    services: tuple[str, ...]
    until: datetime | None = None
    """When their access ends by itself."""

    @property
    def ends(self) -> dict[str, datetime]:
        return {} if self.until is None else dict.fromkeys(self.services, self.until)

    @property
    def invited(self) -> Member:
        """Who they will be, before they are anybody: for whom the change is foreseen."""
        return Member(
            id=0,
            household_id=0,
            role="secondary",
            status="invited",
            seat=0,
            first_name=self.first_name,
            last_name=self.last_name,
            email=self.email,
            proved_email=self.email,
            email_counts_at=None,
            language=self.language,
            username=None,
            services=self.services,
            ends=tuple(self.ends.items()),
            name=f"{self.first_name} {self.last_name}".strip(),
        )


_HOUSEHOLD = select(household.c.id, household.c.account_number, household.c.language)
_OF = _HOUSEHOLD.where(household.c.id == bindparam("key"))
_NUMBERED = _HOUSEHOLD.where(household.c.account_number == bindparam("key"))


class Households(Repository):
    _members = part(Members)
    _catalogue = part(Catalogue)
    _presets = part(Presets)
    _change = part(Changing)

    def of(self, household_id: int) -> Household:
        home = self._one(_OF, household_id)
        assert home is not None, "a household is never deleted"
        return home

    def find(self, account_number: str) -> Household | None:
        return self._one(_NUMBERED, account_number)

    def services(self, *, retired: bool = False) -> tuple[Service, ...]:
        """The catalogue of what can be granted, in its order; with what could, if asked for."""
        return self._catalogue.services(retired=retired)

    def offered(self) -> Offered:
        """What can be granted, with what it may be called that no lexicon has."""
        return (*self._catalogue.offered(), *self._presets.offered())

    def email_taken(self, household_id: int, email: str) -> bool:
        """Has somebody of the household this address, whatever its case?"""
        members = self._members.of(household_id)
        return folded(email) in {folded(person.email) for person in members}

    def create_member(self, actor: Actor, new: NewMember) -> Receipt:
        """Seat an invited secondary user and queue the mail that lets them in.

        Raises NotAuthorised, InvalidName, EmailTaken, InvitationLimit, HouseholdFull, EndIsPast or
        UnknownService, or MailLimit; then nothing has changed.
        """
        if new.until is not None and new.until <= self._clock():
            raise EndIsPast
        with self._change(actor, "create") as done:
            first_name = clean_name(new.first_name)
            last_name = clean_name(new.last_name) if new.last_name else ""  # some have one alone
            household_id = done.mandate.household_id
            if self.email_taken(household_id, new.email):
                raise EmailTaken
            done.target = self._members.add(
                household_id,
                "secondary",
                status="invited",
                first_name=first_name,
                last_name=last_name,
                email=new.email,
                language=new.language,
            )
            self._members.set_services(done.target, new.services, new.ends)
        return done.receipt

    def _one(self, which: Select[Any], key: int | str) -> Household | None:
        row = self._connection.execute(which, {"key": key}).one_or_none()
        if row is None:
            return None
        return Household(row.id, row.account_number, row.language, self._members.of(row.id))
