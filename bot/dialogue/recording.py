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
from bot.dialogue.signs import Manners, standing
from storage.messages.conversations import ConversationRow
from storage.messages.inbox import InboxRow
from storage.messages.pace import Pace
from storage.messages.signs import SignOf
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

    def write(
        self,
        tracker: Tracker,
        replies: Replies,
        now: datetime,
        *,
        protected: bool,
    ) -> None:
        """Write down everything that the turn decided, the inbox row last.

        What is said to somebody who is verified is `protected`, unless everybody gets the same: it
        may not be forwarded.

        Raises:
            DoneElsewhereError: another process has done this message meanwhile.
        """
        state, spoken = tracker.state, self.message.event is None
        self._remove_secret()
        if spoken:
            replies.vary()
        owner = self.uow.conversations.owner(self.conversation.id)
        speaker = "agent" if owner == "agent" else "bot"
        signs = self._manners(replies.language, speaker)
        self._send(replies, signs, protected=protected, speaker=speaker)
        signs.close(replies.asked, state)
        signs.show_menu(state, standing(owner, verified=bool(state.slots.get("verified"))))
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

    def _manners(self, language: str, speaker: str) -> Manners:
        inbox_id = self.row.id if self.message.event is None else None
        turn = (self.conversation.id, inbox_id, self.conversation.channel)
        return Manners(self.uow, self.can, self.message, SignOf(*turn, language, speaker))

    def _send(self, replies: Replies, signs: Manners, *, protected: bool, speaker: str) -> None:
        spoken = self.message.event is None
        immediate = spoken and self.can.answers_at_once
        if immediate and speaker == "agent":
            self.uow.chat_outbox.supersede(self.conversation.id)
        if immediate:
            self.uow.outbox.adopt(self.conversation.id, self.row.id)
        said = [reply for reply in replies.said if not signs.passes(reply)]
        for number, reply in enumerate(said):
            text, buttons = reply.text, [dict(b) for b in reply.buttons]
            if not self.can.apps:
                buttons = [button for button in buttons if "app" not in button]
            if not self.can.styles:
                buttons = [{k: v for k, v in b.items() if k != "style"} for b in buttons]
            if not self.can.links:
                text, buttons = with_addresses(text, buttons)
            self.uow.outbox.reply(
                conversation_id=self.conversation.id,
                inbox_id=self.row.id if spoken else None,
                channel=self.conversation.channel,
                template=reply.response,
                text=text,
                language=replies.language,
                parameters={**reply.parameters, **self._marks(reply, first=number == 0)},
                buttons=buttons,
                question=reply.question,
                protected=protected and not reply.is_public,
                sent=immediate,
                speaker=speaker,
            )

    def _marks(self, reply: Reply, *, first: bool) -> dict[str, bool]:
        """What its words do not say: a card, and that one sound for all of a turn is enough."""
        marks = {"card": reply.card, "silent": self.can.silence and not first}
        return {name: True for name, is_so in marks.items() if is_so}

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
