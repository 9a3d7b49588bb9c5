"""What an agent says to a customer: words, pictures, signs, a last word; without secrets.

It leaves as the agent's own: no takeover overtakes it. Whatever of it does not get there, or reads
otherwise there, the agent is told in the topic.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.chats import Capabilities, content_called
from bot.dialogue.responses.catalogue import Responses
from bot.handoff.desk import AgentsDesk
from bot.handoff.masking import hides, masked
from bot.handoff.message import DeskMessage
from bot.handoff.opening import opening
from storage.handoff.desk_rows import length
from storage.handoff.handoffs import Case
from storage.limits import ALBUM_GATHERS
from storage.messages.conversations import ConversationRow
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Speaking:
    """One case and its customer, both held by the transaction."""

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
        self.write(private, source=message.message_id, answers=self._answered(message))
        self._has_answered(private)

    def say_canned(self, name: str, texts: Mapping[str, str], message: DeskMessage) -> None:
        """Say it in the language of the customer; there may be none in it."""
        language, agent = self.language, {"agent": self.case.agent_name}
        if language in texts:
            self.say(self.desk.showing.words.reply(texts[language], language, agent), message)
        else:
            missing = {"language": language}
            self._tell("canned_not_in", reply=name, missing=missing, code=language)

    def send(self, kind: str, caption: str, message: DeskMessage) -> None:
        """Copy what was sent where the messenger can; elsewhere say that something was sent.

        Words that no picture can bear, and those of an album, are said by themselves.
        """
        private, called = self._masked(caption), content_called(kind)
        copied = self.desk.copies(self.conversation.channel, kind)
        album = message.album if copied else None
        answers = self._answered(message)
        apart = copied and (album is not None or length(private) > self.desk.can.captions)
        act = {
            "kind": "copy",
            "chat": self.uow.agent_groups.address(self.case.desk_id).chat_id,
            "message": message.message_id,
            "caption": "" if apart else private,
            "bare": apart,
            "file": message.file,
            "album": album,
        }
        values = {"agent": self.case.agent_name, "kind": called, "text": private}
        self.write(
            self.responses.text("utter_agent_sent", self.language, values),
            source=f"{message.message_id} {kind}" if apart and private else message.message_id,
            act=act if copied else None,
            answers=None if album else answers,
            waits=album is not None,
        )
        if apart and private:
            self.write(private, source=message.message_id, answers=answers if album else None)
        self._has_answered(private, media=kind)

    def react(self, sign: str, message: DeskMessage) -> None:
        """Show a sign under the words of the customer that stand in that message of the topic."""
        number = self.uow.desk_outbox.said_in(self.case, message.message_id or "")
        if number is None:  # a card, a remark of the desk, a note: a sign among colleagues
            return
        if not (number and self._can.reacts):
            self._tell("cannot_react")
            return
        act = {"kind": "react", "message": number, "sign": sign}
        self.write(sign, "agent_reaction", source=f"{message.message_id} react", act=act)

    def correct(self, text: str, message: DeskMessage) -> None:
        """Say in other words what that message had said; the agent is told where that cannot be."""
        private, source = self._private(text), message.message_id or ""
        again = self.responses.text("utter_agent_corrected", self.language, {"text": private})
        done = self.uow.agent_words.correct(self.conversation, source, private, again)
        if done == "nothing":
            self._tell("not_sent_then")
            return
        if done == "changed":
            self._tell_hidden(private, text)
            self._note(again)
        copies = self.conversation.channel == self.desk.key.channel
        if copies and message.file != self.uow.agent_words.file_of(self.conversation.id, source):
            self._tell("other_file")

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
        answers: str | None = None,
        waits: bool = False,
    ) -> None:
        """Have something leave; `waits`: other pictures of its album may come yet."""
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
            answers=answers,
            due=self.uow.clock() + ALBUM_GATHERS if waits else None,
        )

    @property
    def _can(self) -> Capabilities:
        return self.desk.channels(self.conversation.channel)

    def _answered(self, message: DeskMessage) -> str | None:
        """Return the number that a message has for the customer which the agent answers.

        What is no part of the conversation, a card or a note, is answered for the agents alone.
        """
        if message.answers is None:
            return None
        number = self.uow.desk_outbox.said_in(self.case, message.answers)
        if number is None:
            number = self.uow.agent_words.left_as(self.conversation.id, message.answers)
        if number and self._can.quotes:
            return number
        if number is not None:
            self._tell("cannot_quote")
        return None

    def _has_answered(self, text: str, *, media: str | None = None) -> None:
        self.uow.handoffs.answered(self.case)
        self._note(text, media)

    def _note(self, text: str, media: str | None = None) -> None:
        """Keep an agent's words in the tracker: Rasa's event, with who said it."""
        sent = {"media": media} if media else {}
        event = {
            "event": "bot",
            "text": text,
            "data": {},
            "metadata": {"agent": self.case.agent_name, **sent},
            "timestamp": self.uow.clock().timestamp(),
        }
        self.uow.conversations.append(self.conversation.id, [event])

    def _masked(self, text: str) -> str:
        """Return an agent's words as the customer may read them.

        The agent is told where it is not what they wrote.
        """
        private = self._private(text)
        self._tell_hidden(private, text)
        return private

    def _private(self, text: str) -> str:
        """Return an agent's words without what is secret: of numbers, codes are hidden."""
        return masked(text, opening(self.uow, self.conversation.id))

    def _tell_hidden(self, private: str, text: str) -> None:
        if hides(private, text):
            self._tell("hidden_there", text=private)

    def _tell(self, phrase: str, **values: Any) -> None:
        self.desk.tell(self.uow, self.case, phrase, **values)
