"""Erasing a person: their row and all that hangs on it; the audit chain stays whole without."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import ColumnElement, select

from storage.audit.tables import audit, audit_detail
from storage.errors import HolderNotErasable, NoSuchMember
from storage.handoff.tables import objection
from storage.households.actors import Operator, System
from storage.households.authority import Authority
from storage.households.changing import Changing, Done
from storage.households.closing import left_with_household
from storage.households.tables import household, member
from storage.identity.linked import is_linked
from storage.identity.tables import chat_link
from storage.limits import CLOSED_KEPT, UNDO_FOR
from storage.messages.tables import conversation, outbox
from storage.names import folded
from storage.transaction import Repository, part


class Erasing(Repository):
    _authority = part(Authority)
    _change = part(Changing)

    def erase(self, actor: Operator, username: str) -> str:
        """Erase a secondary user at once, deleted or not, with the chats linked to them.

        Returns the receipt number. What others wrote about them goes with those conversations'
        own time. Raises NoSuchMember, or HolderNotErasable: a household has always a holder.
        """
        statement = select(member.c.id, member.c.household_id, member.c.role).where(
            member.c.username_key == folded(username)
        )
        person = self._connection.execute(statement).one_or_none()
        if person is None:
            raise NoSuchMember
        if person.role == "holder":
            raise HolderNotErasable
        self._authority.check(actor, "erase", person.household_id)
        linked = select(chat_link.c.conversation_id).where(
            chat_link.c.member_id == person.id, chat_link.c.unlinked_at.is_(None)
        )
        # The chats first, as in a turn: holding the household and waiting for one would deadlock.
        self._connection.execute(conversation.delete().where(conversation.c.id.in_(linked)))
        self._forget_chats([person.id])
        with self._change(actor, "erase", person.id, household_id=person.household_id) as done:
            self._erase(done, person.id)
        return done.number

    def erase_deleted(self, actor: System, *, limit: int) -> int:
        """Erase who was deleted so long ago that it can no longer be taken back; how many.

        People of a closed household are kept for longer, and their chats go with them.
        """
        statement = select(member.c.id, member.c.household_id).where(self._is_due())
        order = (member.c.household_id, member.c.id)
        rows = self._connection.execute(statement.order_by(*order).limit(limit)).all()
        self._forget_chats([row.id for row in rows])
        for row in rows:
            with self._change(actor, "sweep", row.id, household_id=row.household_id) as done:
                due = select(member.c.id).where(self._is_due(row.id))
                done.happened = self._connection.scalar(due) is not None
                if done.happened:
                    self._erase(done, row.id)
        return len(rows)

    def _is_due(self, member_id: int | None = None) -> ColumnElement[bool]:
        due = member.c.deleted_at <= self._clock() - UNDO_FOR
        kept = (
            select(household.c.id)
            .where(household.c.id == member.c.household_id, left_with_household())
            .where(household.c.closed_at > self._clock() - CLOSED_KEPT)
            .correlate(member)
            .exists()
        )
        return due & ~kept if member_id is None else due & ~kept & (member.c.id == member_id)

    def _forget_chats(self, member_ids: Collection[int]) -> None:
        """Those that were linked until the household was closed, and are nobody else's since.

        Before any household is held, as in `erase`.
        """
        if not member_ids:
            return
        theirs = (
            select(chat_link.c.conversation_id)
            .join_from(chat_link, member)
            .where(member.c.id.in_(member_ids), chat_link.c.unlinked_at == member.c.deleted_at)
        )
        is_taken = (
            select(chat_link.c.id)
            .where(chat_link.c.conversation_id == conversation.c.id, is_linked(self._clock()))
            .correlate(conversation)
            .exists()
        )
        self._connection.execute(
            conversation.delete().where(conversation.c.id.in_(theirs), ~is_taken)
        )

    def _erase(self, done: Done, member_id: int) -> None:
        self._forget_values(member_id)
        self._forget_mails(done.mandate.household_id)
        theirs = objection.c.member_id == member_id
        self._connection.execute(objection.update().where(theirs).values(words=None))
        self._connection.execute(member.delete().where(member.c.id == member_id))
        done.note()

    def _forget_values(self, member_id: int) -> None:
        about = select(audit.c.id).where(
            (audit.c.target_member_id == member_id) | (audit.c.actor_member_id == member_id)
        )
        self._connection.execute(audit_detail.delete().where(audit_detail.c.audit_id.in_(about)))

    def _forget_mails(self, household_id: int) -> None:
        """Mails that have left, to anybody of the household: they may name the person.

        Those of a day still count in what may be mailed, and keep nothing else.
        """
        people = select(member.c.id).where(member.c.household_id == household_id)
        settled = outbox.c.member_id.in_(people) & (
            outbox.c.sent_at.is_not(None) | outbox.c.dead_at.is_not(None)
        )
        counts = outbox.c.created_at > self._clock() - timedelta(days=1)
        self._connection.execute(outbox.delete().where(settled, ~counts))
        self._connection.execute(
            outbox.update().where(settled).values(recipient=None, parameters={}, error=None)
        )
