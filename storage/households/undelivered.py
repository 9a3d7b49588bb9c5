"""Mails that came back: the holder is told, who alone can mend an address."""

from datetime import datetime, timedelta

from sqlalchemy import select

from storage.households.members import Member, Members, addresses_of, holder_of
from storage.messages.chat_events import ChatEvents
from storage.messages.outbox import Outbox
from storage.messages.tables import outbox
from storage.names import folded
from storage.transaction import Repository, part

UNDELIVERABLE = "undeliverable"


class Undelivered(Repository):
    _members = part(Members)
    _outbox = part(Outbox)
    _chat_events = part(ChatEvents)

    def tell(self, member_id: int, address: str) -> None:
        """A mail server said for good that it takes nothing for this person's address.

        Once a day, and only about an address that is still theirs. That the holder's own is dead
        can be said in a chat alone.
        """
        person = self._members.get(member_id)
        if person is None or folded(address) not in map(folded, addresses_of(person)):
            return
        holder = holder_of(self._members.of(person.household_id))
        if self._was_told(holder.id, address):
            return
        about = {"who": person.name, "address": address}
        status = "holder" if person.id == holder.id else person.status
        if person.id != holder.id:
            self._outbox.mail(
                UNDELIVERABLE,
                to=holder.email,
                language=holder.language,
                member_id=holder.id,
                parameters={"first_name": holder.first_name, **about},
            )
        context = {**about, "number": person.id, "status": status}
        self._chat_events.tell(holder.id, "pattern_undeliverable", context)

    def was_refused(self, person: Member, since: datetime) -> bool:
        """Did a mail server say so of the address that is on file, since then or the day before?"""
        holder = holder_of(self._members.of(person.household_id))
        return self._was_told(holder.id, person.email, since)

    def _was_told(self, holder_id: int, address: str, since: datetime | None = None) -> bool:
        told = select(outbox.c.parameters).where(
            outbox.c.member_id == holder_id,
            outbox.c.template == UNDELIVERABLE,
            outbox.c.created_at > (since or self._clock()) - timedelta(days=1),
        )
        return any(
            folded(parameters.get("address", "")) == folded(address)
            for parameters in self._connection.scalars(told)
        )
