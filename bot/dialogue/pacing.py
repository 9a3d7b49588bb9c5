"""A chat that is flooded waits: nothing is lost, others go on, and the person is told once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.chats import Can
from bot.dialogue.responses.catalogue import Responses
from bot.languages import DEFAULT
from storage.database import Database
from storage.messages.conversations import ConversationRow
from storage.messages.inbox import InboxRow
from storage.messages.pace import Pace

PaceOf = Callable[[str], Pace | None]
"""The pace of each chat of a channel; None: it need not keep one."""
SLOW_DOWN = "utter_slow_down"


@dataclass(frozen=True, slots=True)
class Slowing:
    """Says that messages wait; of a channel that answers at once none do, they are sent back."""

    database: Database
    responses: Responses
    can: Can

    def tell(self, row: InboxRow, known: ConversationRow) -> None:
        """Say it once, until the chat has been quiet for a while; never over an agent."""
        if known.slowed_at is not None or self.can(row.channel).answers_at_once:
            return
        with self.database.write() as uow:
            chat = uow.conversations.locked(row.channel, row.bot_id, row.chat_id)
            if chat.owner == "agent" or not uow.pacing.slow(chat.id):
                return
            language = chat.language or DEFAULT
            uow.outbox.reply(
                conversation_id=chat.id,
                inbox_id=None,
                channel=row.channel,
                template=SLOW_DOWN,
                text=self.responses.text(SLOW_DOWN, language, {}),
                language=language,
                parameters={},
                buttons=[],
                sent=False,
            )


def paces(
    conversation: ConversationRow, pace: Pace | None, now: datetime
) -> Mapping[str, datetime | None] | None:
    """Return what a conversation keeps of its pace after one more message; None: as it was."""
    if pace is None:
        return None
    full_at = conversation.paced_until
    return {
        "paced_until": pace.spend(full_at, now),
        "slowed_at": None if full_at is None or full_at <= now else conversation.slowed_at,
    }
