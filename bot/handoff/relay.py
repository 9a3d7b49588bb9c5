"""Passes on to the agents what a customer says or sends: in words, or copied as it is."""

from dataclasses import dataclass

from bot.chats import Capabilities, content_called
from bot.dialogue.agents import Passed
from bot.dialogue.message import Message
from bot.handoff.hearing import Hide, heard, sent
from bot.handoff.masking import masked, shown
from bot.handoff.opening import opening
from bot.handoff.words import DeskWords
from storage.handoff.desk_rows import length
from storage.handoff.handoffs import Case
from storage.identity.sign_in_inside import SIGNED_IN
from storage.limits import ALBUM_GATHERS
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Relay:
    """To the desk on that channel; `can` is what the channel is able to."""

    channel: str
    can: Capabilities
    words: DeskWords

    def copies(self, channel: str, kind: str | None) -> bool:
        """Whether the messenger can copy between the agents and a customer: both must be there."""
        return channel == self.channel and kind in self.can.copies

    def show(self, uow: UnitOfWork, case: Case, message: Message) -> Passed:
        """Show a message of the customer, and what came beside its words, without secrets.

        The agent who has claimed the case is told when something is hidden.
        """
        if message.kind == SIGNED_IN:  # the page inside the messenger says it: nobody has typed it
            return Passed(hides=False, seen=True)
        claimed = case.status == "claimed"
        opened = opening(uow, case.conversation_id) if claimed else None
        seen = self._show(uow, case, message, lambda text: masked(text, opened))
        hides = any(shown(text, opened).hides for text in message.texts)
        if message.tells_private or (claimed and message.has_private):
            uow.desk_outbox.put(case, "line", self.words.say("said_private"))
        elif claimed and hides and case.lent_at is None:  # with the bot it is where it belongs
            uow.desk_outbox.put(case, "line", self.words.say("said_code"))
        return Passed(hides, seen)

    def _show(self, uow: UnitOfWork, case: Case, message: Message, hide: Hide) -> bool:
        """Show it; False where it cannot be seen here what was sent."""
        chat, about = uow.handoffs.chat_of(case.conversation_id), message.noted
        if message.kind == "reaction":
            said = uow.agent_words.said_as(case.conversation_id, message.message_id or "")
            about = {**about, "answered": said}
        copied = message.message_id is not None and self.copies(chat.channel, message.media)
        unseen = sent(self.words, about, hide)
        if unseen is not None and not copied:
            uow.desk_outbox.put(case, "word", unseen, said=message.message_id)
        under = copied and not message.album and length(message.text) <= self.can.captions
        for line in heard(self.words, "" if under else message.text, about, hide):
            uow.desk_outbox.put(case, "word", line, said=message.message_id)
        if copied:
            self._copy(uow, case, message, chat.chat_id, hide(message.text) if under else "")
        return copied or unseen is None or bool(message.beside.get("holds"))

    def _copy(
        self, uow: UnitOfWork, case: Case, message: Message, chat_id: str, caption: str
    ) -> None:
        """Pass on what was sent; what cannot be shown after all is named instead."""
        kind = content_called(message.media or "")
        unseen = [self.words.say("said_unseen", kind=kind)]
        if caption:
            unseen.append(self.words.say("said_customer", text=caption))
        gathers = uow.clock() + ALBUM_GATHERS
        uow.desk_outbox.put(
            case,
            "copy",
            caption,
            due=gathers if message.album else None,
            chat=chat_id,
            message=message.message_id,
            album=message.album,
            instead="\n".join(unseen),
            bare=not caption,  # else the messenger would copy the words as they were
        )
