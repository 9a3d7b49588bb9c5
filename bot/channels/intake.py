"""The intake: masks an update, stores it, and only then lets the channel acknowledge it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.channels.masking import mask
from bot.dialogue.message import Message
from bot.handoff.message import DeskMessage
from storage.database import Database
from storage.keys import Keys
from storage.unit_of_work import UnitOfWork

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
        self, chat: ChatKey, update_id: str, person_id: str, message: Message | DeskMessage
    ) -> tuple[int, bool]:
        """Store a message; its inbox id, and whether it is new. A second copy does nothing."""
        [stored] = self.receive_all([(chat, update_id, person_id, message)])
        return stored

    def receive_all(
        self, updates: Sequence[tuple[ChatKey, str, str, Message | DeskMessage]]
    ) -> list[tuple[int, bool]]:
        """Store several at once, in one transaction."""
        with self.database.write() as uow:
            return [self._put(uow, *update) for update in updates]

    def _put(
        self,
        uow: UnitOfWork,
        chat: ChatKey,
        update_id: str,
        person_id: str,
        message: Message | DeskMessage,
    ) -> tuple[int, bool]:
        known = uow.conversations.find(chat.channel, chat.bot_id, chat.chat_id)
        awaited = known is not None and known.awaits_code
        masked = replace(
            message,
            text=mask(message.text[:MAX_STORED], self.keys, code_awaited=awaited),
            button=mask(message.button, self.keys) if message.button else None,
        )
        return uow.inbox.put(
            chat.channel, chat.bot_id, chat.chat_id, update_id, person_id, masked.to_json()
        )
