"""The intake: masks an update, stores it, and only then lets the channel acknowledge it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.channels.channel import Incoming
from bot.channels.masking import Looked, Masks
from storage.database import Database
from storage.unit_of_work import UnitOfWork

MAX_STORED = 4096
"""Characters of a message that are kept; the classifier reads 400."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Puts updates into the inbox."""

    database: Database
    masks: Masks

    def receive(self, incoming: Incoming) -> tuple[int, bool]:
        """Store a message; its inbox id, and whether it is new. A second copy does nothing."""
        [stored] = self.receive_all([incoming])
        return stored

    def receive_all(self, updates: Sequence[Incoming]) -> list[tuple[int, bool]]:
        """Store several at once, in one transaction."""
        looked = [self.masks.look(update.message.text[:MAX_STORED]) for update in updates]
        with self.database.write() as uow:
            return [self._put(uow, *update) for update in zip(updates, looked, strict=True)]

    def _put(self, uow: UnitOfWork, incoming: Incoming, looked: Looked) -> tuple[int, bool]:
        message, chat = incoming.message, incoming.chat
        known = uow.conversations.find(*chat)
        awaited = known is not None and known.awaits_code
        masked = replace(
            message,
            text=self.masks.mask(looked, awaited=awaited),
            button=self._id(message.button) if message.button else None,
        )
        return uow.inbox.put(*chat, incoming.update_id, incoming.person_id, masked.to_json())

    def _id(self, button: str) -> str:
        """Return a button's id; what is none may be anything."""
        return self.masks.mask(self.masks.look(button))
