"""Verified sessions: who has proved to be which member, in which chat, and until when."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, select

from storage.households.moments import is_let_in
from storage.households.tables import member
from storage.identity.tables import verified_session
from storage.limits import SESSION_IDLE, SESSION_LENGTH
from storage.statements import insert_row
from storage.transaction import Repository


@dataclass(frozen=True, slots=True)
class Session:
    """A live proof, bound to one chat and one person; role and name are the present ones."""

    id: int
    member_id: int
    household_id: int
    role: str
    first_name: str
    language: str
    conversation_id: int
    person_id: str
    created_at: datetime
    idle_until: datetime
    ends_at: datetime


Now = datetime | ColumnElement[datetime]


def is_live(now: Now) -> ColumnElement[bool]:
    """Has a session neither ended nor lapsed, and is its member let in?"""
    return (
        verified_session.c.ended_at.is_(None)
        & (verified_session.c.idle_until > now)
        & (verified_session.c.ends_at > now)
        & is_let_in(now)
    )


_SESSIONS = (
    select(
        verified_session.c.id,
        member.c.id,
        member.c.household_id,
        member.c.role,
        member.c.first_name,
        member.c.language,
        verified_session.c.conversation_id,
        verified_session.c.person_id,
        verified_session.c.created_at,
        verified_session.c.idle_until,
        verified_session.c.ends_at,
    )
    .join_from(verified_session, member)
    .where(verified_session.c.conversation_id == bindparam("of_conversation"))
    .where(is_live(bindparam("now")))
)
_LIVE = _SESSIONS.where(verified_session.c.person_id == bindparam("of_person"))
_HERE = _SESSIONS.order_by(verified_session.c.id.desc()).limit(1)
_TOUCH = verified_session.update().where(verified_session.c.id == bindparam("of_id"))


class Sessions(Repository):
    def live(self, conversation_id: int, person_id: str, *, touch: bool = True) -> Session | None:
        """The session of this person in this chat, unless it ended or lapsed.

        `touch` counts as activity: the idle limit moves on, never past the absolute one.
        """
        now = self._clock()
        values = {"of_conversation": conversation_id, "of_person": person_id, "now": now}
        row = self._connection.execute(_LIVE, values).one_or_none()
        if row is None:
            return None
        session = Session(*row)
        if not touch:
            return session
        idle_until = min(now + SESSION_IDLE, session.ends_at)
        self._connection.execute(_TOUCH, {"of_id": session.id, "idle_until": idle_until})
        return replace(session, idle_until=idle_until)

    def here(self, conversation_id: int) -> Session | None:
        """The session of this chat, whoever writes there; to look at, not to act with."""
        values = {"of_conversation": conversation_id, "now": self._clock()}
        row = self._connection.execute(_HERE, values).one_or_none()
        return None if row is None else Session(*row)

    def open(self, *, member_id: int, conversation_id: int, person_id: str, chat: str) -> Session:
        """Begin a session; whatever was open in that chat ends. Only proof may lead here."""
        self.end(conversation_id)
        now = self._clock()
        insert_row(
            self._connection,
            verified_session,
            member_id=member_id,
            conversation_id=conversation_id,
            person_id=person_id,
            chat=chat,
            created_at=now,
            idle_until=now + SESSION_IDLE,
            ends_at=now + SESSION_LENGTH,
        )
        session = self.live(conversation_id, person_id, touch=False)
        assert session is not None, "a session that has just begun is live"
        return session

    def confirm(self, session_id: int) -> None:
        """Its member has used a passkey for it: that counts as activity, and until it ends."""
        now = self._clock()
        ends = select(verified_session.c.ends_at).where(verified_session.c.id == session_id)
        idle_until = min(now + SESSION_IDLE, self._connection.execute(ends).scalar_one())
        values = {"passkey_at": now, "idle_until": idle_until}
        self._connection.execute(_TOUCH.values(values), {"of_id": session_id})

    def is_confirmed(self, session_id: int) -> bool:
        """Whether a passkey was used for it."""
        used = select(verified_session.c.passkey_at).where(verified_session.c.id == session_id)
        return self._connection.scalar(used) is not None

    def end(self, conversation_id: int) -> None:
        """Sign out: no session of that chat goes on."""
        self._end(verified_session.c.conversation_id == conversation_id)

    def end_of_member(self, member_id: int) -> None:
        """End them in every chat: the member's credentials have changed."""
        self._end(verified_session.c.member_id == member_id)

    def _end(self, which: ColumnElement[bool]) -> None:
        self._connection.execute(
            verified_session.update()
            .where(which, verified_session.c.ended_at.is_(None))
            .values(ended_at=self._clock())
        )
