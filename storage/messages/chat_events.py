"""What a chat is told outside of its own turns: notices, decisions, a task handed back.

An event is a row of the chat's inbox like any message. It waits for its place in the order of
the conversation, and the turn that works it off says it with the means of every other turn.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from storage.households.moments import is_let_in
from storage.households.tables import member
from storage.identity.linked import is_linked
from storage.identity.tables import chat_link, verified_session
from storage.messages.inbox import Inbox
from storage.messages.tables import conversation
from storage.transaction import Repository, part

EVENT = "event"
"""The kind of such a message; no channel makes one of what people send."""


class ChatEvents(Repository):
    _inbox = part(Inbox)

    def tell(
        self,
        member_id: int,
        pattern: str,
        context: Mapping[str, Any],
        *,
        except_conversation: int | None = None,
    ) -> None:
        """Run a pattern in every chat that is linked to the member, soon after the commit.

        A linked chat proves nothing: without a live session of the member it is told no more than
        that something waits. Somebody suspended is told nothing.
        """
        if not self._is_let_in(member_id):
            return
        for conversation_id in self.chats_of(member_id):
            if conversation_id != except_conversation:
                self.put(conversation_id, pattern, context, member_id)

    def chats_of(self, member_id: int) -> list[int]:
        """The conversations that are linked to the member, the oldest link first."""
        linked = (
            select(chat_link.c.conversation_id)
            .where(chat_link.c.member_id == member_id, is_linked(self._clock()))
            .order_by(chat_link.c.id)
        )
        return list(self._connection.scalars(linked))

    def _is_let_in(self, member_id: int) -> bool:
        let_in = select(member.c.id).where(member.c.id == member_id, is_let_in(self._clock()))
        return self._connection.scalar(let_in) is not None

    def put(
        self,
        conversation_id: int,
        pattern: str,
        context: Mapping[str, Any],
        member_id: int | None = None,
    ) -> int:
        """Run a pattern in one conversation; returns the inbox row's id.

        With `member_id` it is a notice for them alone.
        """
        chat = self._connection.execute(
            select(conversation.c.channel, conversation.c.bot_id, conversation.c.chat_id).where(
                conversation.c.id == conversation_id
            )
        ).one()
        event: dict[str, Any] = {"pattern": pattern, "context": dict(context)}
        if member_id is not None:
            event["member_id"] = member_id
        body = {"text": "", "kind": EVENT, "event": event}
        event_id = f"{EVENT} {secrets.token_hex(12)}"
        row, _ = self._inbox.put(*chat, event_id, self._person(conversation_id), body)
        return row

    def _person(self, conversation_id: int) -> str:
        """Who spoke there last with a proof; an event of a chat without any is nobody's."""
        newest = select(func.max(verified_session.c.id)).where(
            verified_session.c.conversation_id == conversation_id
        )
        statement = select(verified_session.c.person_id).where(
            verified_session.c.id == newest.scalar_subquery()
        )
        return self._connection.scalar(statement) or ""
