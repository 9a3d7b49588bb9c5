"""The intake: masks an update, stores it, and only then lets the channel acknowledge it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.channels.channel import Incoming
from bot.channels.masking import Looked, Masks
from bot.dialogue.message import Message
from storage.database import Database
from storage.messages.pace import Pace
from storage.unit_of_work import UnitOfWork

MAX_STORED = 4096
"""Characters of a message that are kept; the classifier reads 400."""


class TooFastError(Exception):
    """A chat sends more than its pace allows: the message may come again, after `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"in {wait.total_seconds():.0f} s")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Intake:
    """Puts updates into the inbox."""

    database: Database
    masks: Masks

    def receive(self, incoming: Incoming, pace: Pace | None = None) -> tuple[int, bool]:
        """Store a message; its inbox id, and whether it is new. A second copy does nothing.

        Raises TooFastError, and stores nothing, where its chat has to keep a pace and does not.
        """
        looked = self._looked(incoming)
        with self.database.write() as uow:
            if pace is not None:
                wait = uow.pacing.wait(incoming.chat, incoming.update_id, pace)
                if wait:
                    raise TooFastError(wait)
            return self._put(uow, incoming, looked)

    def receive_all(self, updates: Sequence[Incoming]) -> list[tuple[int, bool]]:
        """Store several at once, in one transaction."""
        looked = [self._looked(update) for update in updates]
        with self.database.write() as uow:
            return [self._put(uow, *update) for update in zip(updates, looked, strict=True)]

    def _looked(self, incoming: Incoming) -> Looked:
        return self.masks.look(incoming.message.text[:MAX_STORED])

    def _put(self, uow: UnitOfWork, incoming: Incoming, looked: Looked) -> tuple[int, bool]:
        message, chat = incoming.message, incoming.chat
        known = uow.conversations.find(*chat)
        awaited = known is not None and known.awaits_code
        masked = replace(
            message,
            text=self.masks.mask(looked, awaited=awaited),
            button=self._id(message.button) if message.button else None,
        )
        if isinstance(masked, Message) and masked.beside:
            masked = replace(masked, beside=self._beside(masked.beside, awaited=awaited))
        return uow.inbox.put(*chat, incoming.update_id, incoming.person_id, masked.to_json())

    def _beside(self, values: Mapping[str, str], *, awaited: bool) -> dict[str, str]:
        """Return what came beside the words, masked as the words are."""
        looked = {name: self.masks.look(value[:MAX_STORED]) for name, value in values.items()}
        return {name: self.masks.mask(seen, awaited=awaited) for name, seen in looked.items()}

    def _id(self, button: str) -> str:
        """Return a button's id; what is none may be anything."""
        return self.masks.mask(self.masks.look(button))
