"""The intake: masks an update, stores it, and only then lets the channel acknowledge it."""

from dataclasses import dataclass

from bot.channels.masking import mask
from bot.dialogue.message import Message
from storage.database import Database
from storage.keys import Keys

MAX_STORED = 4096
"""Characters of a message that are kept: Telegram's own limit; the classifier reads 400."""


@dataclass(frozen=True, slots=True)
class ChatKey:
    """Which conversation: a chat with one bot on one channel."""

    channel: str
    bot_id: str
    chat_id: str


@dataclass(frozen=True, slots=True)
class Intake:
    """Puts updates into the inbox."""

    database: Database
    keys: Keys

    def receive(
        self, chat: ChatKey, update_id: str, person_id: str, message: Message
    ) -> tuple[int, bool]:
        """Store a message; its inbox id, and whether it is new. A second copy does nothing."""
        with self.database.write() as uow:
            known = uow.conversations.find(chat.channel, chat.bot_id, chat.chat_id)
            awaited = known is not None and known.awaits_code
            masked = Message(
                text=mask(message.text[:MAX_STORED], self.keys, code_awaited=awaited),
                button=mask(message.button, self.keys) if message.button else None,
                language=message.language,
                kind=message.kind,
            )
            return uow.inbox.put(
                chat.channel, chat.bot_id, chat.chat_id, update_id, person_id, masked.to_json()
            )
