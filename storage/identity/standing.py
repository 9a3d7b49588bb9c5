"""What a holder may know of how the others stand: their invitation, and when they signed in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from storage.identity.tables import link, page_session, sign_in_attempt, verified_session
from storage.messages.tables import outbox
from storage.transaction import Repository

Delivery = Literal["waits", "left", "failed"]
"""Of a mail: on its way to the mail server, taken by it, or given up."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """The newest one. `works`: its link may still be used. `opened_at`: when it first was.

    `delivery` is what became of the mail, "left" where nothing is known of it any more.
    """

    sent_at: datetime
    expires_at: datetime
    works: bool
    opened_at: datetime | None
    delivery: Delivery


class Standing(Repository):
    def invitation(self, member_id: int) -> Invitation | None:
        """None where none was sent, or where it is long past."""
        statement = (
            select(
                link.c.created_at,
                link.c.expires_at,
                link.c.used_at,
                link.c.voided_at,
                link.c.opened_at,
            )
            .where(link.c.member_id == member_id, link.c.kind == "activation")
            .order_by(link.c.id.desc())
            .limit(1)
        )
        sent = self._connection.execute(statement).one_or_none()
        if sent is None:
            return None
        is_untouched = sent.used_at is None and sent.voided_at is None
        works = is_untouched and sent.expires_at > self._clock()
        delivery = self._delivery(member_id)
        return Invitation(sent.created_at, sent.expires_at, works, sent.opened_at, delivery)

    def _delivery(self, member_id: int) -> Delivery:
        newest = (
            select(outbox.c.sent_at, outbox.c.dead_at)
            .where(outbox.c.member_id == member_id, outbox.c.template == "activation")
            .order_by(outbox.c.id.desc())
            .limit(1)
        )
        mail = self._connection.execute(newest).one_or_none()
        if mail is None or mail.sent_at is not None:
            return "left"
        return "waits" if mail.dead_at is None else "failed"

    def last_sign_in(self, member_id: int) -> datetime | None:
        """On the pages or in a chat, as far back as `PROOFS_KEPT`."""
        moments = (
            (page_session.c.created_at, page_session.c.member_id == member_id),
            (verified_session.c.created_at, verified_session.c.member_id == member_id),
            (
                sign_in_attempt.c.at,
                (sign_in_attempt.c.member_id == member_id) & sign_in_attempt.c.succeeded,
            ),
        )
        newest = (
            self._connection.scalar(select(at).where(which).order_by(at.desc()).limit(1))
            for at, which in moments
        )
        return max((moment for moment in newest if moment is not None), default=None)
