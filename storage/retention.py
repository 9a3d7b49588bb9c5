"""What was said, and what once proved somebody, is forgotten in time.

Rows are written in the order of time, so the oldest come first by number: a look at them tells
whether there is anything to do, however long the table is.
"""

from datetime import datetime, timedelta

from sqlalchemy import Column, Subquery, Table, select, union

from storage.handoff.bans import is_in_force
from storage.handoff.tables import agent, ban, handoff, objection
from storage.identity.linked import is_linked
from storage.identity.tables import (
    chat_link,
    known_browser,
    link,
    one_time_code,
    page_flood,
    page_session,
    passkey,
    refused_token,
    reset_request,
    sign_in_attempt,
    sign_in_link,
    verified_session,
)
from storage.limits import KNOWN_BROWSER_LASTS, PAGE_WINDOW, PROOFS_KEPT
from storage.messages.tables import conversation, conversation_event, faq_feedback, inbox, outbox
from storage.transaction import Repository

_SPOKEN = (outbox.c.created_at, inbox.c.received_at)
_PROOFS = (
    one_time_code.c.created_at,
    link.c.created_at,
    sign_in_attempt.c.at,
    refused_token.c.at,
    verified_session.c.created_at,
    sign_in_link.c.created_at,
    page_session.c.created_at,
    passkey.c.removed_at,
    objection.c.closed_at,
    ban.c.ends_at,
    reset_request.c.asked_at,
)
_MOMENT = timedelta(minutes=1)
"""More than lies between an event and the end of its turn."""


class Retention(Repository):
    def forget(self, *, keep: timedelta, limit: int) -> int:
        """Forget what was said before `keep`, and proofs that are long void.

        At most `limit` rows of each table; the greatest number of rows that one of them lost.
        """
        now = self._clock()
        counts = [self._forget_events(now - keep, limit)]
        counts += [self._delete(moment, now - keep, limit) for moment in _SPOKEN]
        counts += [self._delete(moment, now - PROOFS_KEPT, limit) for moment in _PROOFS]
        counts.append(self._delete(page_flood.c.at, now - PAGE_WINDOW, limit))
        unseen = known_browser.c.seen_at < now - KNOWN_BROWSER_LASTS
        self._connection.execute(known_browser.delete().where(unseen))
        self._forget_cases(now - keep)
        self._forget_questions(now - keep)
        return max(counts)

    def _forget_events(self, before: datetime, limit: int) -> int:
        oldest = _oldest(conversation_event, limit)
        doomed = select(oldest.c.id).where(oldest.c.at < before - _MOMENT)
        lost = self._connection.scalars(
            conversation_event.delete()
            .where(conversation_event.c.id.in_(doomed))
            .returning(conversation_event.c.conversation_id)
        ).all()
        self._forget_conversations(set(lost), before)
        return len(lost)

    def _forget_conversations(self, ids: set[int], before: datetime) -> None:
        """Those where nobody has spoken since; a linked chat stays, empty, for notices.

        The agents' own conversation, one whose case is open, and one that may open none for a
        while stay as they are.
        """
        is_open = handoff.c.status != "closed"
        busy = union(
            select(agent.c.desk_id),
            select(handoff.c.desk_id),
            select(handoff.c.conversation_id).where(is_open),
            select(ban.c.conversation_id).where(is_in_force(self._clock())),
        )
        silent = (
            conversation.c.id.in_(ids)
            & (conversation.c.updated_at < before)
            & conversation.c.id.not_in(busy)
        )
        linked = select(chat_link.c.conversation_id).where(is_linked(self._clock()))
        self._connection.execute(
            conversation.delete().where(silent, conversation.c.id.not_in(linked))
        )
        self._connection.execute(
            conversation.update().where(silent).values(state={}, awaits_code=False)
        )

    def _delete(self, moment: Column[datetime], before: datetime, limit: int) -> int:
        table = moment.table
        assert isinstance(table, Table)
        oldest = _oldest(table, limit)
        doomed = select(oldest.c.id).where(oldest.c[moment.name] < before)
        return self._connection.execute(table.delete().where(table.c.id.in_(doomed))).rowcount

    def _forget_cases(self, before: datetime) -> None:
        """What agents were told, and what they noted."""
        self._connection.execute(handoff.delete().where(handoff.c.closed_at < before))

    def _forget_questions(self, before: datetime) -> None:
        """That there was no answer is still counted; the words of the question go."""
        old = faq_feedback.c.text.is_not(None) & (faq_feedback.c.at < before)
        self._connection.execute(faq_feedback.update().where(old).values(text=None))


def _oldest(table: Table, limit: int) -> Subquery:
    return select(table).order_by(table.c.id).limit(limit).subquery()
