"""For channels that answer at once: a message goes in, the replies of its turn come back."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.channel import Incoming
from bot.channels.intake import Intake
from bot.chats import ChatKey
from bot.dialogue.pacing import PaceOf
from bot.work.port import Engine
from storage.database import Database
from storage.messages.chat_outbox import ChatRow
from storage.messages.outbox_rows import OutboxRow


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said in a turn; `parked`: it is the apology for a message that failed."""

    replies: Sequence[OutboxRow]
    parked: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """Has messages worked off while somebody waits for the replies."""

    database: Database
    intake: Intake
    engine: Engine
    pace: PaceOf

    async def to(self, incoming: Incoming) -> Answer:
        """Return the replies of this message's turn, once it is done; a copy gets the same.

        Raises TooFastError: a chat that answers at once does not keep what has to wait.
        """
        pace = self.pace(incoming.chat.channel)
        with self.engine.listening(incoming.chat) as ear:
            inbox_id, is_new = await asyncio.to_thread(self.intake.receive, incoming, pace)
            answer = None if is_new else await asyncio.to_thread(self._stored, inbox_id)
            while answer is None:
                done = await ear.hear(inbox_id)
                if done is not None and done.inbox_id == inbox_id:
                    return Answer(done.replies)
                answer = await asyncio.to_thread(self._stored, inbox_id)
        return answer

    def unasked(self, chat: ChatKey) -> Sequence[ChatRow]:
        """Return what waits to be said in a chat without having been asked for; it is said then."""
        said = []
        with self.database.write() as uow:
            conversation = uow.conversations.ensure(*chat)
            while (row := uow.chat_outbox.take(conversation)) is not None:
                uow.chat_outbox.sent(row)
                said.append(row)
        return said

    def _stored(self, inbox_id: int) -> Answer | None:
        with self.database.read() as uow:
            row = uow.inbox.get(inbox_id)
            if row is None or (row.done_at is None and row.parked_at is None):
                return None
            return Answer(uow.outbox.replies(inbox_id), parked=row.parked_at is not None)
