"""One turn: a message becomes commands, changes and replies, inside one transaction."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue import reassuring
from bot.dialogue.action_context import ActionContext
from bot.dialogue.agents import OF_THE_DESK, SAID_FOR_AGENTS, Agents, Asked, asked_of_bot, put_aside
from bot.dialogue.awaited import LENGTHS, judged, take_half, unjudged
from bot.dialogue.discretion import keep_private, warn_agents
from bot.dialogue.engine.command_processor import CommandProcessor
from bot.dialogue.engine.commands import CannotHandle, Command, SetSlots, StartFlow, StartPattern
from bot.dialogue.engine.executor import FlowExecutor
from bot.dialogue.engine.in_process import InProcessActions, Utterance
from bot.dialogue.engine.state import DialogueState
from bot.dialogue.engine.topics import note_open_topic
from bot.dialogue.engine.tracker import Tracker
from bot.dialogue.equipment import Equipment
from bot.dialogue.known_people import known_people, waiting_requests
from bot.dialogue.looking import Seen, as_rasa, keep_unread
from bot.dialogue.message import Message
from bot.dialogue.notices import may_be_told, now_told
from bot.dialogue.recording import Record
from bot.dialogue.responses.replies import Replies
from bot.dialogue.screen import card_is_open, card_left, offered, titled
from bot.dialogue.tongue import language_of
from bot.dialogue.understanding.contexts import context_of
from bot.dialogue.understanding.deciding import decide
from bot.dialogue.understanding.in_turn import CHECKLIST
from bot.dialogue.understanding.private import is_in_danger
from bot.dialogue.understanding.situation import Heard, Situation
from intents.secrets.numbers import Typed
from intents.sighting import NOTHING, Sighting
from storage.handoff.handoffs import Case
from storage.identity.sessions import Session
from storage.identity.sign_in_inside import SIGNED_IN
from storage.messages.conversations import ConversationRow
from storage.messages.inbox import InboxRow
from storage.unit_of_work import UnitOfWork

SIGN_IN = "sign_in"
"""The one task that is done once somebody has proved who they are: nothing of it is read again."""
SAID_BEFORE = (CHECKLIST, "pattern_search")
"""What a message got before the proof already, and is not told again after it."""


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
        typed: Typed | None,
        seen: Seen,
    ) -> None:
        self.equipment = equipment
        self.uow = uow
        self.conversation = conversation
        self.row = row
        self.message = message
        self.typed = typed
        """What was sealed of it, because a code or a number was awaited."""
        self.seen = seen
        self.sighting = seen.sighting
        self.session: Session | None = None
        self.chosen = False
        """Whether the words only chose a button of the screen."""
        self.asked: Asked = ""
        """What was wanted of the bot while an agent had the word."""
        self.now = uow.clock()
        self._can = equipment.can(conversation.channel)
        self.state = DialogueState.from_json(conversation.state)
        self.state.fit(equipment.domain.flows)
        self.message = titled(message, self.state)
        sender = f"{conversation.channel}:{conversation.chat_id}"
        self.tracker = Tracker(sender, self.state, timestamp=self.now.timestamp())
        self.replies = Replies(equipment.responses, self.tracker, self._language())

    def run(self) -> None:
        if self.message.event is None and self.equipment.agents is not None:
            self.equipment.agents.returns(self.uow, self.conversation.id)
        if self.message.is_reaction:
            self._keep_agents_informed()
            self._write(protected=False)
            return
        agents = self.equipment.agents if self.conversation.owner == "agent" else None
        if agents is None or self._may_answer(agents):
            self._answer()
        else:
            self._write(protected=False)

    def _may_answer(self, agents: Agents) -> bool:
        """While an agent has the conversation: only what the agent has let the bot do."""
        event = self.message.event
        if event is not None:
            if not event["pattern"].startswith(OF_THE_DESK):
                agents.hold(self.uow, self.conversation, event)
            return event["pattern"] in SAID_FOR_AGENTS
        case = agents.case_of(self.uow, self.conversation.id)
        heard, domain = self._situation(self.sighting or NOTHING), self.equipment.domain
        self.asked = asked_of_bot(self.message, self.state, heard.reading, domain, self._can)
        if case and self.asked == "task":
            agents.lend(self.uow, case)
        if case and self.asked:
            return True
        self._pass_on(agents, case, heard)
        return False

    def _pass_on(self, agents: Agents, case: Case | None, heard: Situation) -> None:
        """Show the agent what was said; what of it did not get there, the person hears."""
        if reassuring.comes_too_late(self.message, self.replies):
            return
        self._hear()
        passed = agents.pass_on(self.uow, self.conversation, self.message)
        reassuring.tell_what_is_unseen(self.message, passed, self.replies)
        if passed.hides and case:
            told = (self.uow, self.conversation, case, self.tracker)
            reassuring.tell_that_it_is_hidden(*told, self.equipment.responses)
        if case and is_in_danger(heard):
            warn_agents(agents, self.uow, case, self.state)

    def _answer(self) -> None:
        spoken = self.message.event is None
        if spoken and self.state.more_of_album(self.message.album):
            self._keep_agents_informed()
            self._write(protected=False)
            return
        if spoken:
            self._hear()
        session = self.uow.sessions.live(self.conversation.id, self.row.person_id, touch=spoken)
        asking = (self.uow, self.conversation, self.row.person_id, self.replies.language)
        card_open = card_is_open(self.state, self.equipment.domain)
        context = ActionContext(*asking, card_open, self._can, self.seen.articles)
        actions = InProcessActions(self.equipment.actions, context)
        executor = FlowExecutor(self.equipment.domain, self.tracker, actions, self.replies)
        executor.discreet = self.state.is_private(self.now)
        proved = session is not None and session.created_at <= self.row.received_at
        processor = CommandProcessor(executor, self.replies, proved=proved)
        self.session = session
        if spoken and session is None:
            processor.lapsed = True  # whatever has gone on since: what stands open was proved
            for fact in ("verified", "is_holder"):
                self.tracker.set_slot(fact, None)
        if self.message.event is None:
            self._respond(processor)
        elif (notice := may_be_told(self.message.event, session, self.state)) is not None:
            processor.announce(**notice)
        self._keep_agents_informed()
        self._write(protected=session is not None or bool(self.state.slots.get("verified")))

    def _respond(self, processor: CommandProcessor) -> None:
        commands = self._commands()
        reassuring.warn(self.message, commands, self.replies)
        if (agents := self.equipment.agents) is not None and reassuring.is_beside_the_waiting(
            commands
        ):
            case = agents.case_of(self.uow, self.conversation.id)
            reassuring.keep_place_in_mind(self.uow, agents, case, self.tracker, self.replies)
        self._carry_out(processor, commands)
        self._read_again(processor)
        note_open_topic(self.equipment.domain, self.state)
        proved = self.uow.sessions.live(self.conversation.id, self.row.person_id, touch=False)
        for kept in now_told(proved, self.state):
            self.uow.chat_events.put(self.conversation.id, **kept)

    def _write(self, *, protected: bool) -> None:
        pace = self.equipment.pace(self.conversation.channel)
        record = Record(self.uow, self.conversation, self.row, self.message, self._can, pace)
        record.write(self.tracker, self.replies, self.now, protected=protected)

    def _keep_agents_informed(self) -> None:
        """Agents read along in the queue; one who lent the conversation gets it back."""
        agents = self.equipment.agents
        case = agents.case_of(self.uow, self.conversation.id) if agents else None
        if agents is None or case is None:
            return
        if self.message.event is None or case.status == "claimed":
            heard = None if self.message.event else self.message
            agents.follow(self.uow, case, heard, [reply.text for reply in self.replies.said])
        if case.lent_at is not None and not self.state.stack:
            put_aside(self.state, self.equipment.domain, again=True)
            self.replies.say([Utterance("utter_handoff_back", {"agent": case.agent_name})], {})
            agents.take_back(self.uow, case)
        agents.redraw(self.uow, case, self.state)

    def _remember(self, command: Command) -> None:
        """Keep which question this message answers, well or badly: it may be edited later."""
        question, message_id = self.state.question, self.message.message_id
        if isinstance(command, SetSlots | CannotHandle) and question and message_id is not None:
            self.state.remember_answer(message_id, question.slot)

    def _language(self) -> str:
        question = self.state.question
        asked = self.equipment.domain.slots[question.slot] if question else None
        return language_of(
            self.sighting, self.conversation.language or self.message.language, asked
        )

    def _hear(self) -> None:
        read = self.sighting if self.typed is None else None
        self.tracker.hear(self.message.kept, as_rasa(self.message, read), self.conversation.channel)

    def _commands(self) -> Sequence[Command]:
        half = take_half(self.state, self.now, self.uow.keys)
        if self.typed is not None:
            return self._of_digits(self.typed, half)
        situation = self._situation(self.sighting or NOTHING)
        self.chosen = bool(situation.reading.choices)
        return decide(situation)

    def _of_digits(self, typed: Typed, half: str) -> Sequence[Command]:
        """Judge the one candidate; without one the words count, if they mean something."""
        slot = self.state.question.slot if self.state.question else None
        candidate = judged(slot, typed, half, self.uow.keys)
        if candidate is not None:
            return [candidate]
        worded = typed.words and not typed.has_several(LENGTHS.get(slot or "", 0))
        meant = decide(self._situation(self.sighting)) if worded and self.sighting else ()
        understood = [command for command in meant if not isinstance(command, CannotHandle)]
        late = self.message.kind == SIGNED_IN
        return understood or [unjudged(slot, typed, self.state, self.now, self.uow.keys, late=late)]

    def _situation(self, sighting: Sighting, *, again: bool = False) -> Situation:
        """Return all that decides what a message does; `again` where it was heard before."""
        buttons = offered(self.state)
        message = replace(self.message, text="", button=None) if again else self.message
        context = context_of(
            self.state,
            self.equipment.domain,
            self.replies.language,
            people=known_people(self.uow, self.session),
            requests=waiting_requests(self.uow, self.session),
            services=[service.code for service in self.uow.households.services()],
            buttons=buttons,
            now=self.now.astimezone(self.equipment.time_zone),
        )
        name, argument = message.command or ("", "")
        heard = Heard(
            button=message.button,
            command=self.equipment.domain.commands.get(name),
            argument=argument,
            looks_like_command=message.looks_like_command,
            codes=message.codes,
            hidden=message.has_secret,
            private=message.tells_private,
            card_left=not card_is_open(self.state, self.equipment.domain)
            or card_left(self.uow, self.conversation.id, self.row, self.message, self.state),
            kind=message.kind,
            message_id=message.message_id,
            is_empty=not (again or message.button or message.words or message.has_secret),
        )
        return Situation(
            heard,
            self.equipment.looking.parser.read(sighting, context),
            self.state,
            self.equipment.domain,
            context,
            self.replies.language,
            role=self.session.role if self.session else "",
            waits=self.conversation.owner == "queue",
            leaves=self.asked == "bot",
            after_silence=self.state.was_silent(self.now),
            private=self.state.is_private(self.now),
            offered=tuple(buttons),
        )

    def _carry_out(self, processor: CommandProcessor, commands: Sequence[Command]) -> None:
        known = {frame.id for frame in self.state.stack}
        typed = not (self.message.button or self.message.command or self.chosen)
        begun = {command.flow for command in commands if isinstance(command, StartFlow)} - {SIGN_IN}
        unread = typed and begun and self.session is None and keep_unread(self.state, self.sighting)
        keep_private(self.state, commands, self.now)
        for command in commands:
            self._remember(command)
            processor.carry_out(command)
        if unread:
            processor.mark_unread(known)

    def _read_again(self, processor: CommandProcessor) -> None:
        """Read what was wished for before a proof once more, knowing the household."""
        if not processor.drop_unread():
            return
        self.session = self.uow.sessions.live(self.conversation.id, self.row.person_id, touch=False)
        unread, self.state.unread = self.state.unread, []
        seen = [self.seen.unread[text] for text in unread if text in self.seen.unread]
        commands = [
            command
            for sighting in seen
            for command in decide(self._situation(sighting, again=True))
            if not (isinstance(command, StartPattern) and command.pattern in SAID_BEFORE)
        ]
        for command in commands:
            processor.carry_out(command)
        if not commands:
            processor.go_on()
