"""Works off what happens in the agents' group, one message of a topic at a time.

The same promises as a turn of the dialogue: one transaction, nothing sent from inside, and after
a crash the inbox row is simply not done. The customer's conversation is held meanwhile, so that
a takeover never falls into the middle of a turn of the bot.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.dialogue.flows.domain import Domain
from bot.dialogue.inbox import Done
from bot.dialogue.recording import DoneElsewhereError
from bot.dialogue.responses.catalogue import Responses
from bot.handoff import follow_ups, group_changes
from bot.handoff.acting import Acting
from bot.handoff.canned import replies
from bot.handoff.deciding import Room, decide, is_command
from bot.handoff.desk import AgentsDesk
from bot.handoff.exits import held
from bot.handoff.message import DeskMessage
from bot.handoff.resting import is_silent
from bot.handoff.team import answered
from storage.database import Database
from storage.handoff.handoffs import Case
from storage.messages.inbox import InboxRow
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class DeskTurns:
    """Works off the agents' inbox; a chat of it is a topic: "GROUP/TOPIC"."""

    database: Database
    desk: AgentsDesk
    responses: Responses
    domain: Domain
    silence: timedelta
    """After so long another agent may take a case."""
    asks_change: Callable[[str], bool] = field(repr=False)
    """Whether words ask for what only the bot does; it looks at them, and takes its time."""

    def run_next(self, channel: str, bot_id: str, chat_id: str) -> Done | None:
        """Run the oldest waiting message of a topic, if there is one."""
        with self.database.read() as uow:
            row = uow.inbox.next(channel, bot_id, chat_id)
        if row is None or row.body is None:
            return None
        message = DeskMessage.from_json(row.body)
        asks_change = is_command(message) and self.asks_change(message.text.lstrip("/"))
        with suppress(DoneElsewhereError), self.database.write(request_id=row.id) as uow:
            customer = self._run(uow, row, message, asks_change=asks_change)
            if not uow.inbox.finish(row.id):
                raise DoneElsewhereError
            return Done(row.id, customer, ())
        return Done(row.id, None, ())

    def apologise(self, row: InboxRow, error: str) -> None:
        """Park a message that cannot be worked off; an operator sees it."""
        with self.database.write() as uow:
            uow.inbox.park(row.id, error)

    def _run(
        self, uow: UnitOfWork, row: InboxRow, message: DeskMessage, *, asks_change: bool
    ) -> int | None:
        """Return the conversation in which something may have been said."""
        group, _, topic_id = row.chat_id.rpartition("/")
        if group != self.desk.key.chat_id:
            group_changes.came_late(uow, self.desk, group, row.person_id, message)
            return None
        desk_id = uow.conversations.ensure(*self.desk.key)
        if message.kind in group_changes.KINDS:
            group_changes.happened(uow, self.desk, desk_id, topic_id, message)
            return None
        handoff = uow.handoffs.at_topic(desk_id, topic_id) if topic_id else None
        if message.kind == "reaction":  # it comes without a topic
            handoff = uow.desk_outbox.case_shown_in(desk_id, message.message_id or "")
        if answered(uow, self.desk, desk_id, row.person_id, here=handoff, message=message):
            return None
        if handoff is None:
            return None
        chat = uow.handoffs.chat_of(handoff.conversation_id)
        conversation = uow.conversations.locked(chat.channel, chat.bot_id, chat.chat_id)
        case = uow.handoffs.get(handoff.id)
        reaches = self.desk.reaches(conversation)
        room = self._room(uow, desk_id, case, reaches=reaches, asks_change=asks_change)
        acting = Acting(uow, self.desk, self.responses, self.domain, conversation, case)
        acting.carry_out(decide(message, row.person_id, case, room), row.person_id, message, room)
        return conversation.id if conversation.channel == self.desk.key.channel else None

    def _room(
        self, uow: UnitOfWork, desk_id: int, case: Case, *, reaches: bool, asks_change: bool
    ) -> Room:
        return Room(
            uow.handoffs.agents(desk_id),
            replies(uow, self.desk.showing.words),
            frozenset(self.desk.showing.tasks),
            self.desk.can.copies,
            reaches,
            uow.handoffs.handles(desk_id),
            uow.handoffs.of_conversation(case.conversation_id) is not None,
            asks_change,
            is_silent(case, uow.clock(), self.silence),
            uow.bans.in_force(case.conversation_id) is not None,
        )


@dataclass(frozen=True, slots=True)
class Watch:
    """Looks at the clock for those who wait."""

    database: Database
    desk: AgentsDesk
    first_answer: float
    """Minutes until somebody should have claimed a case."""
    next_answer: float
    """Minutes until an agent should have answered."""

    def look(self) -> None:
        """Look at every open case, each in a transaction of its own.

        Its card says what is so by now, and who has waited for too long is told of, once until
        they are answered.
        """
        with self.database.read() as uow:
            desk = uow.conversations.find(*self.desk.key)
            cases = uow.handoffs.open_at(desk.id) if desk else []
            due = uow.follow_ups.due(desk.id) if desk else []
        for case in due:
            with self.database.write() as uow:
                held(uow, case)
                follow_ups.call(uow, self.desk, uow.handoffs.get(case.id))
        for case in cases:
            with self.database.write() as uow:
                held(uow, case)
                self._look_at(uow, uow.handoffs.get(case.id))

    def _look_at(self, uow: UnitOfWork, case: Case) -> None:
        self.desk.redraw(uow, case)  # a proof that has lapsed shows nothing any more
        now = uow.clock()
        if self.desk.hours.are_open(now):
            self._remind(uow, case, (now - _since(case)).total_seconds() / 60)

    def _remind(self, uow: UnitOfWork, case: Case, minutes: float) -> None:
        waits_first = case.status == "queued"
        waits_next = case.status == "claimed" and not case.lent_at and case.waiting_since
        allowed = self.first_answer if waits_first else self.next_answer
        if case.pinged_at is not None or minutes < allowed or not (waits_first or waits_next):
            return
        uow.handoffs.pinged(case)
        values: Mapping[str, object] = {
            "number": case.id,
            "agent": case.agent_name,
            "minutes": int(minutes),
        }
        phrase = "ping_first" if waits_first else "ping_next"
        text = self.desk.showing.words.say(phrase, **values)
        uow.desk_outbox.put(case, "ping", text, status=case.status, agent=case.agent_id)
        chat = uow.handoffs.chat_of(case.conversation_id)
        if waits_first and self.desk.channels(chat.channel).reaches:
            uow.chat_events.put(case.conversation_id, "pattern_handoff_still", {})


def _since(case: Case) -> datetime:
    return case.waiting_since or case.created_at
