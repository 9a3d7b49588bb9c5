"""What a holder may know of how the others stand: their invitation, and when they signed in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.identity.tables import link, page_session, sign_in_attempt, verified_session
from storage.transaction import Repository


@dataclass(frozen=True, slots=True)
class Invitation:
    """The newest one. `works`: its link may still be used."""

    sent_at: datetime
    expires_at: datetime
    works: bool


class Standing(Repository):
    def invitation(self, member_id: int) -> Invitation | None:
        """None where none was sent, or where it is long past."""
        statement = (
            select(link.c.created_at, link.c.expires_at, link.c.used_at, link.c.voided_at)
            .where(link.c.member_id == member_id, link.c.kind == "activation")
            .order_by(link.c.id.desc())
            .limit(1)
        )
        sent = self._connection.execute(statement).one_or_none()
        if sent is None:
            return None
        is_untouched = sent.used_at is None and sent.voided_at is None
        works = is_untouched and sent.expires_at > self._clock()
        return Invitation(sent.created_at, sent.expires_at, works)

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
