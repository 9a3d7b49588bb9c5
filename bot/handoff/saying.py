"""What an agent says to a customer: in words, with a picture, in other words, with a last one.

It leaves as the agent's own: no takeover overtakes it, and what cannot be delivered is told in the
topic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.dialogue.responses.catalogue import Responses
from bot.handoff.desk import AgentsDesk
from bot.handoff.masking import masked
from bot.handoff.message import DeskMessage
from bot.handoff.opening import opening
from storage.handoff.desk_rows import length
from storage.handoff.handoffs import Case
from storage.messages.conversations import ConversationRow
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Saying:
    """To the customer of one case, whose conversation is held by the transaction."""

    uow: UnitOfWork
    desk: AgentsDesk
    responses: Responses
    conversation: ConversationRow
    case: Case

    @property
    def language(self) -> str:
        return self.conversation.language or self.case.language

    @property
    def reaches(self) -> bool:
        return self.desk.reaches(self.conversation)

    def say(self, text: str, message: DeskMessage) -> None:
        private = self._masked(text)
        self.write(private, source=message.message_id)
        self.uow.handoffs.answered(self.case)
        self._note(private)

    def send(self, kind: str, caption: str, message: DeskMessage) -> None:
        """Copy what was sent where the messenger can; elsewhere say that something was sent."""
        private = self._masked(caption)
        values = {"agent": self.case.agent_name, "kind": kind, "text": private}
        copied = self.desk.copies(self.conversation.channel, kind)
        apart = copied and length(private) > self.desk.can.captions
        act = {
            "kind": "copy",
            "chat": self.uow.agent_groups.address(self.case.desk_id).chat_id,
            "message": message.message_id,
            "caption": "" if apart else private,
            "bare": apart,
        }
        text = self.responses.text("utter_agent_sent", self.language, values)
        source = f"{message.message_id} {kind}" if apart else message.message_id
        self.write(text, source=source, act=act if copied else None)
        if apart:  # no picture can bear so many words: they are said by themselves
            self.write(private, source=message.message_id)
        self.uow.handoffs.answered(self.case)
        self._note(f"[{kind}] {private}")

    def correct(self, text: str, message: DeskMessage) -> bool:
        """Say in other words what that message had said; False when it had said nothing."""
        private = self._masked(text)
        again = self.responses.text("utter_agent_corrected", self.language, {"text": private})
        source = message.message_id or ""
        corrected = self.uow.agent_words.correct(self.conversation, source, private, again)
        if corrected:
            self._note(again)
        return corrected

    def hand_back(self, word: str, message: DeskMessage) -> None:
        """Say what was done; the bot has the word from then on."""
        if not word:
            return
        values = {"agent": self.case.agent_name, "word": self._masked(word), "has_word": True}
        text = self.responses.text("utter_handoff_returned", self.language, values)
        self.write(text, "utter_handoff_returned", source=message.message_id)
        self._note(text)

    def write(
        self,
        text: str,
        template: str = "agent",
        *,
        source: str | None = None,
        act: dict[str, Any] | None = None,
        buttons: Sequence[dict[str, str]] = (),
    ) -> None:
        if not self.reaches:
            return
        self.uow.agent_words.say(
            self.conversation,
            text,
            language=self.language,
            template=template,
            source=source,
            act=act,
            buttons=buttons,
        )

    def _masked(self, text: str) -> str:
        """Return an agent's words as the customer may read them: of numbers, codes are hidden."""
        return masked(text, opening(self.uow, self.conversation.id))

    def _note(self, text: str) -> None:
        """Keep an agent's words in the tracker: Rasa's event, with who said it."""
        event = {
            "event": "bot",
            "text": text,
            "data": {},
            "metadata": {"agent": self.case.agent_name},
            "timestamp": self.uow.clock().timestamp(),
        }
        self.uow.conversations.append(self.conversation.id, [event])
