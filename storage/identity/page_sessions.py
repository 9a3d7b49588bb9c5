"""Sessions of the pages: who has signed in with a password, in which browser, until when."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select

from storage.households.moments import is_let_in
from storage.households.tables import member
from storage.identity.tables import page_session
from storage.limits import PAGE_SESSION_IDLE, PAGE_SESSION_LENGTH, PAGE_SESSION_TOKEN_BYTES
from storage.statements import insert_row
from storage.transaction import Repository

_WRITTEN_AFTER = timedelta(minutes=1)
"""A page that is looked at moves the idle limit on, but not with every picture."""


@dataclass(frozen=True, slots=True)
class PageSession:
    id: int
    member_id: int
    household_id: int
    idle_until: datetime
    ends_at: datetime

    def is_due(self, now: datetime) -> bool:
        """Should the idle limit be moved on (`PageSessions.touch`)?"""
        return self.idle_until < min(now + PAGE_SESSION_IDLE - _WRITTEN_AFTER, self.ends_at)


class PageSessions(Repository):
    """The token is in the browser's cookie and nowhere else (OWASP ASVS 5.0, 7.2)."""

    def open(self, member_id: int) -> str:
        """Begin a session under a fresh token; only a password or a passkey may lead here."""
        token = secrets.token_urlsafe(PAGE_SESSION_TOKEN_BYTES)
        now = self._clock()
        insert_row(
            self._connection,
            page_session,
            token_digest=self._keys.page_session_digest(token),
            member_id=member_id,
            created_at=now,
            idle_until=now + PAGE_SESSION_IDLE,
            ends_at=now + PAGE_SESSION_LENGTH,
        )
        return token

    def live(self, token: str) -> PageSession | None:
        """The session of this token, unless it ended or lapsed, or its member is let in no more."""
        now = self._clock()
        row = self._connection.execute(
            select(
                page_session.c.id,
                member.c.id,
                member.c.household_id,
                page_session.c.idle_until,
                page_session.c.ends_at,
            )
            .join_from(page_session, member)
            .where(
                page_session.c.token_digest.in_(self._keys.page_session_digests(token)),
                page_session.c.ended_at.is_(None),
                page_session.c.idle_until > now,
                page_session.c.ends_at > now,
                is_let_in(now),
            )
        ).one_or_none()
        return None if row is None else PageSession(*row)

    def touch(self, session: PageSession) -> None:
        """Somebody is there: the idle limit moves on, never past the absolute one."""
        idle_until = min(self._clock() + PAGE_SESSION_IDLE, session.ends_at)
        self._connection.execute(
            page_session.update()
            .where(page_session.c.id == session.id)
            .values(idle_until=idle_until)
        )

    def end(self, token: str) -> None:
        self._end(page_session.c.token_digest.in_(self._keys.page_session_digests(token)))

    def end_of_member(self, member_id: int) -> None:
        """End them in every browser: the member's credentials have changed."""
        self._end(page_session.c.member_id == member_id)

    def _end(self, which: ColumnElement[bool]) -> None:
        self._connection.execute(
            page_session.update()
            .where(which, page_session.c.ended_at.is_(None))
            .values(ended_at=self._clock())
        )
