"""A household that ends: its people leave together, are told, and are erased after a while.

Who leaves with a household counts as deleted at the moment at which it was closed. So whatever
asks for somebody (a code, a page, a link, a turn, a change) finds nobody, without knowing that
households can be closed; and who had been deleted before stays apart from them.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from storage.audit.chain import Signature
from storage.errors import HouseholdClosed, NoSuchHousehold
from storage.households.actors import Operator
from storage.households.changing import Changing
from storage.households.members import Member, Members
from storage.households.notices import Notices
from storage.households.tables import household, member
from storage.identity.proofs import Proofs
from storage.identity.tables import chat_link
from storage.limits import CLOSED_KEPT
from storage.messages.chat_events import ChatEvents
from storage.transaction import Repository, part

CLOSED = "pattern_household_closed"
"""What runs in a chat that was linked to somebody of the household."""


def left_with_household() -> ColumnElement[bool]:
    """Of members joined with their household: they were not deleted before it was closed."""
    return household.c.closed_at == member.c.deleted_at


@dataclass(frozen=True, slots=True)
class Ended:
    """What a closing or a reopening came to: its receipt, and how many people it was about."""

    receipt: str
    people: int


class Closing(Repository):
    _members = part(Members)
    _change = part(Changing)
    _proofs = part(Proofs)
    _notices = part(Notices)
    _chat_events = part(ChatEvents)

    def people(self, account_number: str) -> int:
        """How many people a closing would be about; raises NoSuchHousehold or HouseholdClosed."""
        return len(self._members.of(self._open(account_number)))

    def close(self, actor: Operator, account_number: str) -> Ended:
        """End the household: nobody of it can sign in, verify or be changed from now on.

        Sessions, links and open codes end, chats are unlinked with a word, people are told by
        mail. Raises NoSuchHousehold, HouseholdClosed or NotAuthorised.
        """
        household_id, _ = self._home(account_number)
        with self._change(actor, "close", household_id=household_id) as done:
            self._open(account_number)  # now that it is held
            people, now = self._members.of(household_id), self._clock()
            until = (now + CLOSED_KEPT).isoformat()
            for person in people:
                self._notices.tell("closed", person, done.mandate.signature, until=until)
                self._unlink(person.id, now)
                self._proofs.void(person.id)
                self._members.vacate(person.id, now)
            self._set(household_id, now)
        return Ended(done.number, len(people))

    def reopen(self, actor: Operator, account_number: str) -> Ended:
        """Bring the household back as it was closed, and tell its people.

        Invited ones get a new link. Raises NoSuchHousehold, HouseholdClosed ("open", or "erased"
        when it is too late), NotAuthorised or InvitationLimit.
        """
        household_id, closed_at = self._home(account_number)
        if not self._left(household_id):
            raise HouseholdClosed("open" if closed_at is None else "erased")
        return self.open_again(actor, household_id)

    def open_again(self, actor: Operator, household_id: int) -> Ended:
        """Open a closed household, with whoever is left of it; they are told."""
        with self._change(actor, "reopen", household_id=household_id) as done:
            left = self._left(household_id)
            self._set(household_id, None)
            for member_id, role in left:
                self._proofs.void(member_id)
                self._members.reseat(member_id, household_id, role)
            for person in self._members.of(household_id) if left else ():
                self._welcome(person, done.mandate.signature)
        return Ended(done.number, len(left))

    def _welcome(self, person: Member, by: Signature) -> None:
        if person.status == "invited":
            self._notices.invite(person)
        else:
            self._notices.tell("restored", person, by)

    def _unlink(self, member_id: int, now: datetime) -> None:
        """The chat is told first: an event goes to whoever is there, by the chat's number."""
        for conversation_id in self._chat_events.chats_of(member_id):
            self._chat_events.put(conversation_id, CLOSED, {})
        self._connection.execute(
            chat_link.update()
            .where(chat_link.c.member_id == member_id, chat_link.c.unlinked_at.is_(None))
            .values(unlinked_at=now)
        )

    def _open(self, account_number: str) -> int:
        household_id, closed_at = self._home(account_number)
        if closed_at is not None:
            raise HouseholdClosed("closed")
        return household_id

    def _home(self, account_number: str) -> tuple[int, datetime | None]:
        statement = select(household.c.id, household.c.closed_at).where(
            household.c.account_number == account_number
        )
        home = self._connection.execute(statement).one_or_none()
        if home is None:
            raise NoSuchHousehold
        return home.id, home.closed_at

    def _left(self, household_id: int) -> list[tuple[int, str]]:
        """Who went with the household, the holder first; nobody once the holder is erased."""
        statement = (
            select(member.c.id, member.c.role)
            .join_from(member, household)
            .where(household.c.id == household_id, left_with_household())
            .order_by(member.c.role != "holder", member.c.id)
        )
        people = [(row.id, row.role) for row in self._connection.execute(statement)]
        return people if people and people[0][1] == "holder" else []

    def _set(self, household_id: int, closed_at: datetime | None) -> None:
        self._connection.execute(
            household.update().where(household.c.id == household_id).values(closed_at=closed_at)
        )
