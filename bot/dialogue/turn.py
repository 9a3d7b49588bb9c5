"""One turn: a message becomes commands, changes and replies, inside one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.dialogue.commands import CannotHandle, Command, SetSlots
from bot.dialogue.desk import Desk
from bot.dialogue.domain import Collect, Domain
from bot.dialogue.executor import FlowExecutor
from bot.dialogue.half_codes import read_digits
from bot.dialogue.in_process import ActionFactory, InProcessActions, Utterance
from bot.dialogue.message import Message
from bot.dialogue.people import OF_THE_DESK, People, put_aside, suspends_the_claim
from bot.dialogue.reading import Heard
from bot.dialogue.replies import Replies, Reply
from bot.dialogue.responses import Responses
from bot.dialogue.situation import Situation
from bot.dialogue.stack import Stack
from bot.dialogue.state import DialogueState
from bot.dialogue.tracker import Tracker
from bot.dialogue.understanding import decide
from bot.dialogue.words import Words
from intents.parse_result import FALLBACK, ParseResult, Reading
from storage.conversations import ConversationRow
from storage.inbox import InboxRow
from storage.unit_of_work import UnitOfWork

SILENCE = timedelta(minutes=30)
SECRET_SLOTS = frozenset({"one_time_code", "sign_in_number"})
"""While one of these is asked for, digits are sealed at the intake."""
IMMEDIATE_CHANNELS = frozenset({"rest", "terminal"})
"""Their replies leave with the turn itself; other channels send from the outbox."""


class DoneElsewhereError(Exception):
    """Another process was faster with this message: what this turn did is rolled back."""


@dataclass(frozen=True, slots=True)
class Equipment:
    """What every turn works with and none changes."""

    domain: Domain
    responses: Responses
    words: Words
    actions: Mapping[str, ActionFactory]
    people: People | None = None
    """Who takes over where a person is needed; None: nobody is connected."""


_NOTHING = ParseResult("", "en", False, Reading(FALLBACK, 0.0), (), ())


class Turn:
    """What happens to one message between BEGIN and commit."""

    def __init__(
        self,
        equipment: Equipment,
        uow: UnitOfWork,
        conversation: ConversationRow,
        row: InboxRow,
        *,
        message: Message,
        parse: ParseResult | None,
    ) -> None:
        self.equipment = equipment
        self.uow = uow
        self.conversation = conversation
        self.row = row
        self.message = message
        self.parse = parse
        self.now = uow.clock()
        self.state = DialogueState.from_json(conversation.state)
        self.state.fit(equipment.domain.flows)
        sender = f"{conversation.channel}:{conversation.chat_id}"
        self.tracker = Tracker(sender, self.state, timestamp=self.now.timestamp())
        self.replies = Replies(equipment.responses, self.tracker, self._language())

    def run(self) -> None:
        people = self.equipment.people if self.conversation.owner == "agent" else None
        if people is None or self._may_answer(people):
            self._answer()
        else:
            self._write(protected=False)

    def _may_answer(self, people: People) -> bool:
        """While an agent has the conversation: only what the agent has let the bot do."""
        event = self.message.event
        if event is not None:
            if event["pattern"].startswith(OF_THE_DESK):
                return True
            people.hold(self.uow, self.conversation, event)
            return False
        case = people.case_of(self.uow, self.conversation.id)
        can_tap = self.conversation.channel != "terminal"
        if case is not None and suspends_the_claim(self.message, self.state, can_tap=can_tap):
            people.lend(self.uow, case)
            return True
        self._hear()
        people.pass_on(self.uow, self.conversation, self.message)
        return False

    def _answer(self) -> None:
        spoken = self.message.event is None
        if spoken and self._more_of_an_album():
            self._write(protected=False)
            return
        if spoken:
            self._hear()
        session = self.uow.sessions.live(self.conversation.id, self.row.person_id, touch=spoken)
        desk = Desk(
            self.uow,
            self.conversation,
            self.row.person_id,
            self.replies.language,
            self._card_is_open(),
        )
        actions = InProcessActions(self.equipment.actions, desk)
        executor = FlowExecutor(self.equipment.domain, self.tracker, actions, self.replies)
        stack = Stack(executor, self.replies)
        if spoken and session is None and self.state.slots.get("verified"):
            stack.lapsed = True
            for fact in ("verified", "is_holder"):
                self.tracker.set_slot(fact, None)
        if self.message.event is not None:
            stack.announce(**self.message.event)
        else:
            for command in self._commands():
                self._remember(command)
                stack.carry_out(command)
        if self.equipment.people is not None:
            self._keep_people_informed(self.equipment.people)
        self._write(protected=session is not None or bool(self.state.slots.get("verified")))

    def _more_of_an_album(self) -> bool:
        """Whether this is another picture of a message that was answered already."""
        album, self.state.album = self.state.album, self.message.album
        return album is not None and album == self.message.album

    def _keep_people_informed(self, people: People) -> None:
        """Agents read along in the queue; one who lent the conversation gets it back."""
        case = people.case_of(self.uow, self.conversation.id)
        if case is None:
            return
        if self.message.event is None or case.status == "claimed":
            heard = None if self.message.event else self.message
            people.follow(self.uow, case, heard, [reply.text for reply in self.replies.said])
        if case.lent_at is not None and not self.state.stack:
            put_aside(self.state, self.equipment.domain)
            self.replies.say([Utterance("utter_handoff_back", {"agent": case.agent_name})], {})
            people.take_back(self.uow, case)

    def _remember(self, command: Command) -> None:
        """Keep which question this message answers, well or badly: it may be edited later."""
        question, message_id = self.state.question, self.message.message_id
        if isinstance(command, SetSlots | CannotHandle) and question and message_id is not None:
            self.state.remember_answer(message_id, question.slot)

    def _language(self) -> str:
        """The language of this message if it is plain, else the conversation's."""
        plain = self.parse is not None and self.parse.language_confident
        plain = plain and not self._is_one_word_of_a_name()
        if self.parse is not None and plain and not self.equipment.words.means(self.message.text):
            return self.parse.language
        known = self.conversation.language or self.message.language
        return known or (self.parse.language if self.parse else "en")

    def _is_one_word_of_a_name(self) -> bool:
        """Whether it is one word where a name is asked for: names speak no language."""
        question = self.state.question
        slot = self.equipment.domain.slots[question.slot] if question else None
        return slot is not None and slot.takes_text and len(self.message.text.split()) == 1

    def _hear(self) -> None:
        data = self.parse.as_rasa() if self.parse else {"intent": None, "entities": []}
        if self.message.button:
            data["metadata"] = {"button": self.message.button}
        self.tracker.hear(self.message.text, data, self.conversation.channel)

    def _commands(self) -> list[Command]:
        sealed = self.message.sealed_digits
        if sealed is not None:
            return [read_digits(self.uow.keys.open(sealed), self.state, self.now, self.uow.keys)]
        self.state.half_code = None
        heard = Heard(
            text=self.message.words,
            parse=self.parse or _NOTHING,
            button=self.message.button,
            codes=self.message.codes,
            card_left=self._card_left(),
            kind=self.message.kind,
            message_id=self.message.message_id,
        )
        return decide(
            Situation(
                heard,
                self.state,
                self.equipment.domain,
                self.equipment.words,
                self.replies.language,
                waits=self.conversation.owner == "queue",
                after_silence=self._was_silent(),
            )
        )

    def _card_is_open(self) -> bool:
        frame = self.state.top if self.state.question is not None else None
        step = self.equipment.domain.flows[frame.flow].steps.get(frame.step) if frame else None
        return isinstance(step, Collect) and step.ask_before_filling

    def _was_silent(self) -> bool:
        """Whether the person comes back after so long that they may not remember the question."""
        spoke_at = self.state.spoke_at
        return spoke_at is not None and self.now - datetime.fromisoformat(spoke_at) > SILENCE

    def _card_left(self) -> bool:
        """Whether the open card left for the person before this message came."""
        question = self.state.question
        if question is None or self.message.button or not self._card_is_open():
            return True
        left = self.uow.outbox.left_at(self.conversation.id, question.id)
        return left is not None and left <= self.row.received_at

    def _write(self, *, protected: bool) -> None:
        """Write down everything that the turn decided, the inbox row last.

        What is said to somebody who is verified is protected: it may not be forwarded.
        """
        spoken = self.message.event is None
        immediate = spoken and self.conversation.channel in IMMEDIATE_CHANNELS
        self._remove_secret()
        if spoken:
            self.replies.vary()
        agents = self.uow.conversations.owner(self.conversation.id) == "agent"
        if immediate and agents:
            self.uow.chat_outbox.supersede(self.conversation.id)
        if immediate:
            self.uow.outbox.adopt(self.conversation.id, self.row.id)
        for reply in self.replies.said:
            self.uow.outbox.reply(
                conversation_id=self.conversation.id,
                inbox_id=self.row.id if spoken else None,
                channel=self.conversation.channel,
                template=reply.response,
                text=reply.text,
                language=self.replies.language,
                parameters=dict(reply.parameters),
                buttons=[dict(b) for b in reply.buttons],
                question=reply.question,
                protected=protected,
                sent=immediate,
                speaker="agent" if agents else "bot",
            )
        self.state.last_language = self.replies.language
        if spoken:
            self.state.spoke_at = self.now.isoformat()
        said = [_remembered(reply) for reply in self.replies.said]
        fresh = spoken and said
        self.state.last_replies = said if fresh else [*self.state.last_replies, *said]
        self.uow.conversations.append(self.conversation.id, self.tracker.events)
        question = self.state.question
        self.uow.conversations.save(
            self.conversation.id,
            language=self.replies.language,
            awaits_code=question is not None and question.slot in SECRET_SLOTS,
            state=self.state.to_json(),
        )
        if not self.uow.inbox.finish(self.row.id):
            raise DoneElsewhereError

    def _remove_secret(self) -> None:
        """Have a message with a code deleted from the chat, where the messenger can do that."""
        if self.message.message_id is not None and self.message.has_secret:
            self.uow.outbox.remove(
                conversation_id=self.conversation.id,
                inbox_id=self.row.id,
                channel=self.conversation.channel,
                message_id=self.message.message_id,
            )


def _remembered(reply: Reply) -> dict[str, Any]:
    buttons = [dict(b) for b in reply.buttons]
    return {"response": reply.response, "text": reply.words, "buttons": buttons}
