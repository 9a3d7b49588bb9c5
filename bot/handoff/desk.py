"""The agents' desk as a conversation sees it: cases begin here, and what is said is passed on."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from hashlib import sha256
from typing import Any

from bot.chats import Can, Capabilities, ChatKey
from bot.dialogue.agents import Passed
from bot.dialogue.engine.state import DialogueState
from bot.dialogue.message import Message
from bot.handoff.hours import Hours, honest_range
from bot.handoff.relay import Relay
from bot.handoff.showing import Button, Showing, state_of, summary_of
from storage.handoff.desk_rows import Kind
from storage.handoff.handoffs import Case
from storage.messages.conversations import ConversationRow
from storage.unit_of_work import UnitOfWork

URGENT = "urgent"
"""The label of a case that waits and comes before all others; any other says how a case stands."""
REFUSED = {"edit": "refused_edit", "caption": "refused_edit", "react": "cannot_react"}
"""What an agent is told whose correction, or whose sign, a messenger does not take."""
SUFFIX = "_desk"
"""Of the channel of the agents' inbox: their topics are no conversations of customers."""


class DeskKey(ChatKey):
    """The agents' own chat: a forum group, or a terminal."""

    __slots__ = ()

    def topic(self, topic_id: str) -> ChatKey:
        """Return the inbox of a topic; the general topic has no id."""
        return ChatKey(f"{self.channel}{SUFFIX}", self.bot_id, f"{self.chat_id}/{topic_id}")


@dataclass(frozen=True, slots=True)
class AgentsDesk:
    """Where people take over. Everything it does is part of the caller's transaction."""

    key: DeskKey
    hours: Hours
    showing: Showing
    channels: Can

    @property
    def can(self) -> Capabilities:
        """What the agents' own channel can do."""
        return self.channels(self.key.channel)

    def copies(self, channel: str, kind: str | None) -> bool:
        """Whether the messenger can copy between the agents and a customer: both must be there."""
        return self._relay.copies(channel, kind)

    @property
    def _relay(self) -> Relay:
        return Relay(self.key.channel, self.can, self.showing.words)

    def open(
        self,
        uow: UnitOfWork,
        conversation: ConversationRow,
        person_id: str,
        *,
        reason: str,
        language: str,
        goal: Mapping[str, str] | None,
        urgent: bool = False,
    ) -> Case:
        """Put a conversation in the queue, with its card and what was said so far."""
        events = uow.conversations.events(conversation.id, limit=400)
        session = uow.sessions.live(conversation.id, person_id, touch=False)
        summary = summary_of(conversation, session, goal, events, self.showing.outcome)
        return self.receive(
            uow, conversation, reason=reason, language=language, summary=summary, urgent=urgent
        )

    def receive(
        self,
        uow: UnitOfWork,
        conversation: ConversationRow,
        *,
        reason: str,
        language: str,
        summary: Mapping[str, Any],
        urgent: bool = False,
    ) -> Case:
        """Put a case before the agents, with its card and what they noted before."""
        case = uow.handoffs.open(
            conversation.id,
            uow.conversations.ensure(*self.key),
            reason=reason,
            language=language,
            summary=summary,
            urgent=urgent,
        )
        uow.handoffs.entitle(case, self.showing.title(case))
        if urgent:
            self._alarm(uow, case)
        self._draw(uow, case, "card", state_of(case))
        self._show(uow, case, "line", "earlier_notes", case.notes)
        return case

    def buttons(self, uow: UnitOfWork, case: Case, state: str) -> Sequence[Button]:
        """Return what can be tapped at a card; where there is no chat, nothing was said before."""
        channel = uow.handoffs.chat_of(case.conversation_id).channel
        return self.showing.buttons(state, has_chat=self.channels(channel).reaches)

    def show_transcript(self, uow: UnitOfWork, case: Case) -> None:
        """Show what was said so far; an agent has asked for it."""
        said = self.showing.transcript(uow.conversations.events(case.conversation_id, limit=400))
        nothing = [self.showing.words.say("transcript_empty")]
        self._show(uow, case, "transcript", "transcript", said or nothing)

    def _alarm(self, uow: UnitOfWork, case: Case) -> None:
        """Call all agents: they read it before the case has a topic, and before what waits."""
        uow.desk_outbox.put(case, "alarm", self.showing.words.say("alarm", number=case.id))

    def is_reached(self, uow: UnitOfWork) -> bool:
        """Whether what is shown to the agents reaches their group, as the last look found."""
        return uow.agent_groups.address(uow.conversations.ensure(*self.key)).trouble is None

    def reaches(self, conversation: ConversationRow) -> bool:
        """Whether what is said there reaches anybody."""
        return self.channels(conversation.channel).reaches

    def _show(
        self, uow: UnitOfWork, case: Case, kind: Kind, heading: str, lines: Sequence[str]
    ) -> None:
        for line in [self.showing.words.say(heading), *lines] if lines else ():
            uow.desk_outbox.put(case, kind, line)

    def unreached(self, uow: UnitOfWork, conversation_id: int, *, comes_back: bool) -> None:
        """Tell the agents what they said and nobody reads."""
        case = uow.handoffs.newest_of(conversation_id)
        if case is None:
            return
        for said in uow.agent_words.unreached(conversation_id, comes_back=comes_back):
            refused = REFUSED.get(said.kind, "refused")
            self.tell(uow, case, "unreached" if comes_back else refused, text=said.text)

    def returns(self, uow: UnitOfWork, conversation_id: int) -> None:
        """The customer writes: what had not reached them does now, and the agents know."""
        if uow.agent_words.resume(conversation_id):
            case = uow.handoffs.newest_of(conversation_id)
            assert case is not None, "an agent spoke in it"
            self.tell(uow, case, "reached")

    def case_of(self, uow: UnitOfWork, conversation_id: int) -> Case | None:
        return uow.handoffs.of_conversation(conversation_id)

    def leave(self, uow: UnitOfWork, case: Case) -> None:
        """The customer no longer wants to wait."""
        uow.handoffs.close(case, "left")
        self.tell(uow, case, "left")
        self.end(uow, case, "left")

    def end(self, uow: UnitOfWork, case: Case, outcome: str) -> None:
        """Show that a case is over, and close its topic."""
        self.refresh(uow, case, outcome)
        uow.desk_outbox.put(case, "close")

    def refresh(self, uow: UnitOfWork, case: Case, state: str | None = None) -> None:
        """Have the card say how things stand."""
        fresh = uow.handoffs.get(case.id)
        self._draw(uow, fresh, "refresh", state or state_of(fresh))

    def redraw(self, uow: UnitOfWork, case: Case, dialogue: DialogueState | None = None) -> None:
        """Have the card of an open case say what is so by now, if that is something else."""
        fresh = uow.handoffs.get(case.id)
        if fresh.status != "closed":
            self._draw(uow, fresh, "redraw", state_of(fresh), dialogue)

    def _draw(
        self,
        uow: UnitOfWork,
        case: Case,
        kind: Kind,
        state: str,
        dialogue: DialogueState | None = None,
    ) -> None:
        facts = self._facts(uow, case, dialogue)
        known = {name: facts[name] for name in ("who", "proof")}
        text, buttons = self.showing.card(case, state, facts), self.buttons(uow, case, state)
        drawn = sha256(json.dumps([text, list(map(dict, buttons))]).encode()).hexdigest()
        if kind == "redraw" and drawn == case.drawn:
            return
        uow.handoffs.drawn(case, drawn, known)
        uow.desk_outbox.put(case, kind, text, buttons)
        label = URGENT if case.urgent and state == "queued" else state
        changed = kind != "redraw" and uow.handoffs.label(case, label)
        if changed and self.can.labels and case.topic_id is not None:
            uow.desk_outbox.put(case, "label")  # a topic that is still to be made begins with it

    def card(self, uow: UnitOfWork, case: Case, state: str) -> str:
        """Return what the card of a case would say by now, for a text that stays as it is."""
        return self.showing.card(case, state, self._facts(uow, case, lives=False))

    def _facts(
        self,
        uow: UnitOfWork,
        case: Case,
        dialogue: DialogueState | None = None,
        *,
        lives: bool = True,
    ) -> Mapping[str, Any]:
        chat = uow.conversations.find(*astuple(uow.handoffs.chat_of(case.conversation_id)))
        open_now = dialogue or DialogueState.from_json(chat.state if chat else {})
        return self.showing.live.facts(uow, case, open_now, lives=lives)

    def tell(self, uow: UnitOfWork, case: Case, phrase: str, **values: Any) -> None:
        """Say something to the agents in the topic of a case."""
        uow.desk_outbox.put(case, "line", self.showing.words.say(phrase, **values))

    def urge(self, uow: UnitOfWork, case: Case) -> None:
        """A case turns out to be private: it comes first, under another name.

        Where somebody has it, they are told how to go on; else all agents are called.
        """
        uow.handoffs.urge(case)
        fresh = uow.handoffs.get(case.id)
        uow.handoffs.entitle(fresh, self.showing.title(fresh))
        if fresh.status == "queued":
            self._alarm(uow, fresh)
        else:
            self.tell(uow, fresh, "said_danger")
        uow.desk_outbox.put(fresh, "rename")
        self.refresh(uow, fresh)

    def warn(self, uow: UnitOfWork, case: Case) -> None:
        """The customer, who is with an agent, speaks of danger: the agent is told how to go on."""
        if case.urgent:
            self.tell(uow, case, "said_danger")
        else:
            self.urge(uow, case)

    def waiting(self, uow: UnitOfWork, case: Case) -> tuple[int, tuple[int, int] | None]:
        """The position in the queue, and the minutes that people waited lately, if known."""
        position = uow.handoffs.place(case)
        return position, honest_range(uow.handoffs.recent_waits(case.desk_id), position)

    def standing(self, uow: UnitOfWork, case: Case) -> dict[str, Any]:
        """Return how it stands with somebody who waits, as values of texts.

        Where nobody is there, `day` and `at` are when somebody is again; else `low` and `high` are
        how many minutes others waited, if that is `known`.
        """
        position, minutes = self.waiting(uow, case)
        low, high = minutes or (0, 0)
        opens = self.hours.open_at(uow.clock())
        standing = {"place": position, "known": bool(minutes), "low": low, "high": high}
        if opens is None:
            return {**standing, "closed": False}
        again = {"day": {"date": opens.isoformat()}, "at": {"time": opens.isoformat()}}
        return {**standing, **again, "closed": True}

    def pass_on(self, uow: UnitOfWork, conversation: ConversationRow, message: Message) -> Passed:
        """Show the agent what the customer said, or sent."""
        case = uow.handoffs.of_conversation(conversation.id)
        if case is None:
            return Passed()
        uow.handoffs.heard(case)
        return self._relay.show(uow, case, message)

    def follow(
        self, uow: UnitOfWork, case: Case, message: Message | None, replies: Sequence[str]
    ) -> None:
        """Let the agents read along while the bot still answers."""
        if message is not None:
            self._relay.show(uow, case, message)
        for text in replies:
            uow.desk_outbox.put(case, "word", self.showing.line("bot", text))

    def hold(
        self, uow: UnitOfWork, conversation: ConversationRow, event: Mapping[str, Any]
    ) -> None:
        """Keep what the bot was to say until the agent gives the conversation back."""
        case = uow.handoffs.of_conversation(conversation.id)
        if case is not None:
            uow.handoffs.hold(case, event)

    def lend(self, uow: UnitOfWork, case: Case) -> None:
        """The customer does the task with the bot now."""
        uow.handoffs.lend(case)
        self.tell(uow, case, "lent")
        self.refresh(uow, case)

    def take_back(self, uow: UnitOfWork, case: Case) -> None:
        """The task is done or dropped: the agent has the conversation again."""
        uow.handoffs.take_back(case)
        uow.chat_outbox.keep(case.conversation_id)
        self.tell(uow, case, "taken_back", agent=case.agent_name)
        self.refresh(uow, case)
