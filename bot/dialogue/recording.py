"""Writes down what a turn has decided: what is said and remembered, and that it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.chats import Capabilities
from bot.dialogue.engine.tracker import Tracker
from bot.dialogue.message import Message
from bot.dialogue.pacing import paces
from bot.dialogue.responses.replies import Replies, Reply
from storage.messages.conversations import ConversationRow
from storage.messages.inbox import InboxRow
from storage.messages.pace import Pace
from storage.unit_of_work import UnitOfWork

SECRET_SLOTS = frozenset({"one_time_code", "sign_in_number"})
"""While one of these is asked for, digits are sealed at the intake."""


class DoneElsewhereError(Exception):
    """Another process was faster with this message: what this turn did is rolled back."""


@dataclass(frozen=True, slots=True)
class Record:
    """Where one turn is written down."""

    uow: UnitOfWork
    conversation: ConversationRow
    row: InboxRow
    message: Message
    can: Capabilities
    """What the channel of the conversation can do."""
    pace: Pace | None
    """How fast its people may write."""

    def write(self, tracker: Tracker, replies: Replies, now: datetime, *, protected: bool) -> None:
        """Write down everything that the turn decided, the inbox row last.

        What is said to somebody who is verified is protected: it may not be forwarded.

        Raises:
            DoneElsewhereError: another process has done this message meanwhile.
        """
        state, spoken = tracker.state, self.message.event is None
        self._remove_secret()
        if spoken:
            replies.vary()
        self._send(replies, protected=protected)
        state.last_language = replies.language
        if spoken:
            state.spoke_at = now.isoformat()
        said = [_remembered(reply) for reply in replies.said]
        fresh = spoken and said
        state.last_replies = said if fresh else [*state.last_replies, *said]
        self.uow.conversations.append(self.conversation.id, tracker.events)
        question = state.question
        self.uow.conversations.save(
            self.conversation.id,
            language=replies.language,
            awaits_code=question is not None and question.slot in SECRET_SLOTS,
            state=state.to_json(),
            pace=paces(self.conversation, self.pace if spoken else None, now),
        )
        if not self.uow.inbox.finish(self.row.id):
            raise DoneElsewhereError

    def _send(self, replies: Replies, *, protected: bool) -> None:
        spoken = self.message.event is None
        immediate = spoken and self.can.answers_at_once
        agents = self.uow.conversations.owner(self.conversation.id) == "agent"
        if immediate and agents:
            self.uow.chat_outbox.supersede(self.conversation.id)
        if immediate:
            self.uow.outbox.adopt(self.conversation.id, self.row.id)
        for reply in replies.said:
            text, buttons = reply.text, [dict(b) for b in reply.buttons]
            if not self.can.apps:
                buttons = [button for button in buttons if "app" not in button]
            if not self.can.links:
                text, buttons = with_addresses(text, buttons)
            self.uow.outbox.reply(
                conversation_id=self.conversation.id,
                inbox_id=self.row.id if spoken else None,
                channel=self.conversation.channel,
                template=reply.response,
                text=text,
                language=replies.language,
                parameters={**reply.parameters, **({"card": True} if reply.card else {})},
                buttons=buttons,
                question=reply.question,
                protected=protected,
                sent=immediate,
                speaker="agent" if agents else "bot",
            )

    def _remove_secret(self) -> None:
        """Have a message with a code deleted from the chat, where the messenger can do that."""
        if self.can.deletes and self.message.message_id is not None and self.message.has_secret:
            self.uow.outbox.remove(
                conversation_id=self.conversation.id,
                inbox_id=self.row.id,
                channel=self.conversation.channel,
                message_id=self.message.message_id,
            )


def with_addresses(
    text: str, buttons: Sequence[dict[str, str]]
) -> tuple[str, list[dict[str, str]]]:
    """Return both for a chat in which no button leads to a page: its address is written out."""
    pages = [f"{button['title']}\n{button['url']}" for button in buttons if "url" in button]
    return "\n".join([text, *pages]), [button for button in buttons if "url" not in button]


def _remembered(reply: Reply) -> dict[str, Any]:
    buttons = [dict(b) for b in reply.buttons]
    done = "receipt" in reply.parameters
    return {
        "response": reply.response,
        "text": reply.words,
        "buttons": buttons,
        "done": done,
        "card": reply.card,
    }
