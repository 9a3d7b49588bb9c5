"""Works off the inbox, one message at a time.

    look (no database) ▸ BEGIN ▸ folded state ▸ decide ▸ flows and actions ▸ write ▸ commit

Nothing inside commits and nothing is sent from inside. After a crash the inbox row is simply
not done, and the turn runs again.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.dialogue.counters import Counters
from bot.dialogue.equipment import Equipment
from bot.dialogue.looking import Seen
from bot.dialogue.message import Message
from bot.dialogue.pacing import Slowing
from bot.dialogue.processor import Turn
from bot.dialogue.recording import DoneElsewhereError
from bot.languages import DEFAULT
from intents.secrets.numbers import Typed
from storage.database import Database
from storage.messages.conversations import ConversationRow
from storage.messages.inbox import InboxRow
from storage.messages.outbox_rows import OutboxRow
from storage.messages.pace import NO_WAIT


@dataclass(frozen=True, slots=True)
class Done:
    """A message that was worked off, with what was said."""

    inbox_id: int
    conversation_id: int | None
    replies: Sequence[OutboxRow]


@dataclass(frozen=True, slots=True)
class Early:
    """Nothing was run: the chat has to keep a pace, for so long."""

    wait: timedelta


@dataclass(frozen=True, slots=True)
class Turns:
    """Works off the inbox, one message at a time."""

    database: Database
    equipment: Equipment
    counters: Counters = field(default_factory=Counters)

    def run_next(self, channel: str, bot_id: str, chat_id: str) -> Done | Early | None:
        """Run the oldest waiting message of a conversation, if there is one."""
        with self.database.read() as uow:
            row = uow.inbox.next(channel, bot_id, chat_id)
            if row is None or row.body is None:
                return None
            message = Message.from_json(row.body)
            silent = message.button is not None or message.event is not None
            known = uow.conversations.find(channel, bot_id, chat_id)
            wait = self._wait(known, channel, uow.clock()) if message.event is None else NO_WAIT
            unread = [] if known is None else known.state.get("unread", [])
            offered = None if silent else uow.households.offered()
            typed = None if message.sealed is None else Typed.of(uow.keys.open(message.sealed))
        if known is not None and wait > NO_WAIT:
            Slowing(self.database, self.equipment.responses, self.equipment.can).tell(row, known)
            return Early(wait)
        self.counters.looks.inc()
        seen = Seen()
        if offered is not None:
            hint = (known.language if known else None) or message.language
            words = typed.words if typed else message.words
            seen = self.equipment.looking.look(words, unread, language_hint=hint, offered=offered)
        done = None
        with suppress(DoneElsewhereError), self.database.write(request_id=row.id) as uow:
            conversation = uow.conversations.locked(channel, bot_id, chat_id)
            turn = Turn(
                self.equipment,
                uow,
                conversation,
                row,
                message=message,
                typed=typed,
                seen=seen,
            )
            turn.run()
            done = Done(row.id, conversation.id, uow.outbox.replies(row.id))
        if done is not None:
            self.counters.turns.inc()
            return done
        with self.database.read() as uow:
            return Done(row.id, None, uow.outbox.replies(row.id))

    def _wait(self, known: ConversationRow | None, channel: str, now: datetime) -> timedelta:
        pace = self.equipment.pace(channel)
        if known is None or pace is None:
            return NO_WAIT
        return pace.wait(known.paced_until, now)

    def apologise(self, row: InboxRow, error: str) -> None:
        """Park a message that cannot be worked off, and say so kindly."""
        with self.database.write() as uow:
            conversation = uow.conversations.locked(row.channel, row.bot_id, row.chat_id)
            uow.inbox.park(row.id, error)
            language = conversation.language or DEFAULT
            uow.outbox.reply(
                conversation_id=conversation.id,
                inbox_id=row.id,
                channel=row.channel,
                template="utter_internal_error",
                text=self.equipment.responses.text("utter_internal_error", language, {}),
                language=language,
                parameters={},
                buttons=[],
                sent=self.equipment.can(row.channel).answers_at_once,
            )
