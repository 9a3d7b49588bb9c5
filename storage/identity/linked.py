"""Chats that once verified for an account, and sessions of the pages: seen and ended one by one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from storage.identity.page_sessions import PageSessions
from storage.identity.sessions import Sessions
from storage.identity.tables import chat_link, page_session, verified_session
from storage.limits import CHAT_LINK_LASTS
from storage.messages.tables import conversation
from storage.transaction import Repository, part


def is_linked(now: datetime) -> ColumnElement[bool]:
    """It gets notices: until it signs out, is put out, or gives no proof for a month."""
    return chat_link.c.unlinked_at.is_(None) & (chat_link.c.linked_at > now - CHAT_LINK_LASTS)


@dataclass(frozen=True, slots=True)
class LinkedChat:
    """`chat` names it as mails do; `is_verified` while its session lasts."""

    id: int
    chat: str
    linked_at: datetime
    is_verified: bool


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A browser that is signed in; `is_this` is the one that asks."""

    id: int
    since: datetime
    idle_until: datetime
    is_this: bool


class LinkedChats(Repository):
    _sessions = part(Sessions)
    _page_sessions = part(PageSessions)

    def sign_out(self, conversation_id: int) -> bool:
        """End what the chat has proved, and forget whose it is; was it linked?"""
        self._sessions.end(conversation_id)
        return self._unlink(chat_link.c.conversation_id == conversation_id)

    def of(self, member_id: int) -> list[LinkedChat]:
        """The chats that get the member's notices, the newest proof first."""
        now = self._clock()
        live = (
            select(verified_session.c.conversation_id)
            .where(verified_session.c.member_id == member_id)
            .where(verified_session.c.ended_at.is_(None), verified_session.c.idle_until > now)
            .where(verified_session.c.ends_at > now)
        )
        statement = (
            select(
                chat_link.c.id,
                conversation.c.channel,
                conversation.c.chat_id,
                chat_link.c.linked_at,
                chat_link.c.conversation_id.in_(live),
            )
            .join_from(chat_link, conversation)
            .where(chat_link.c.member_id == member_id, is_linked(now))
            .order_by(chat_link.c.linked_at.desc(), chat_link.c.id.desc())
        )
        return [
            LinkedChat(number, f"{channel} {chat_id}", linked_at, is_verified)
            for number, channel, chat_id, linked_at, is_verified in self._connection.execute(
                statement
            )
        ]

    def end_chat(self, link_id: int, member_id: int) -> bool:
        """Put a chat of the member's out; False where it is not one."""
        theirs = (chat_link.c.id == link_id) & (chat_link.c.member_id == member_id)
        which = select(chat_link.c.conversation_id).where(theirs)
        conversation_id = self._connection.scalar(which)
        if conversation_id is None:
            return False
        self._connection.execute(
            verified_session.update()
            .where(verified_session.c.conversation_id == conversation_id)
            .where(verified_session.c.member_id == member_id)
            .where(verified_session.c.ended_at.is_(None))
            .values(ended_at=self._clock())
        )
        return self._unlink(theirs)

    def pages(self, member_id: int, token: str) -> list[OpenPage]:
        """The browsers in which the member is signed in; `token` is that of the one that asks."""
        now, this = self._clock(), self._keys.page_session_digests(token)
        statement = (
            select(
                page_session.c.id,
                page_session.c.created_at,
                page_session.c.idle_until,
                page_session.c.token_digest.in_(this),
            )
            .where(page_session.c.member_id == member_id, page_session.c.ended_at.is_(None))
            .where(page_session.c.idle_until > now, page_session.c.ends_at > now)
            .order_by(page_session.c.id.desc())
        )
        return [OpenPage(*row) for row in self._connection.execute(statement)]

    def end_page(self, session_id: int, member_id: int) -> bool:
        """Sign a browser of the member's out; False where it is not one."""
        ended = (
            page_session.update()
            .where(page_session.c.id == session_id, page_session.c.member_id == member_id)
            .where(page_session.c.ended_at.is_(None))
            .values(ended_at=self._clock())
        )
        return self._connection.execute(ended).rowcount == 1

    def _unlink(self, which: ColumnElement[bool]) -> bool:
        unlinked = chat_link.update().where(which, chat_link.c.unlinked_at.is_(None))
        return self._connection.execute(unlinked.values(unlinked_at=self._clock())).rowcount > 0
