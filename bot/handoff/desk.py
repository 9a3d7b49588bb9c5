"""The agents' desk as a conversation sees it: cases begin here, and what is said is passed on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.chats import Can, Capabilities, ChatKey
from bot.dialogue.message import Message
from bot.handoff.hours import Hours, honest_range
from bot.handoff.masking import shown
from bot.handoff.opening import opening
from bot.handoff.showing import Showing, state_of, summary_of
from storage.handoff.handoffs import Case, ChatOf
from storage.messages.conversations import ConversationRow
from storage.unit_of_work import UnitOfWork

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

    def copies(self, chat: ConversationRow | ChatOf, kind: str) -> bool:
        """Whether the messenger can copy between the agents and a customer: both must be there."""
        return chat.channel == self.key.channel and kind in self.can.copies

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
        case = self.receive(
            uow, conversation, reason=reason, language=language, summary=summary, urgent=urgent
        )
        self._show(uow, case, "transcript", self.showing.transcript(events))
        return case

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
        card = self.showing.card(case, "queued")
        uow.desk_outbox.put(case, "card", card, self.showing.buttons("queued"))
        self._show(uow, case, "earlier_notes", case.notes)
        return case

    def is_reached(self, uow: UnitOfWork) -> bool:
        """Whether what is shown to the agents reaches their group, as the last look found."""
        return uow.agent_groups.address(uow.conversations.ensure(*self.key)).trouble is None

    def reaches(self, conversation: ConversationRow) -> bool:
        """Whether what is said there reaches anybody."""
        return self.channels(conversation.channel).reaches

    def _show(self, uow: UnitOfWork, case: Case, heading: str, lines: Sequence[str]) -> None:
        for line in [self.showing.words.say(heading), *lines] if lines else ():
            uow.desk_outbox.put(case, "line", line)

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
        shown = state or state_of(fresh)
        text, buttons = self.showing.card(fresh, shown), self.showing.buttons(shown)
        uow.desk_outbox.put(fresh, "refresh", text, buttons)

    def tell(self, uow: UnitOfWork, case: Case, phrase: str, **values: Any) -> None:
        """Say something to the agents in the topic of a case."""
        uow.desk_outbox.put(case, "line", self.showing.words.say(phrase, **values))

    def urge(self, uow: UnitOfWork, case: Case) -> None:
        """A case in the queue turns out to be private: it comes first, under another name."""
        uow.handoffs.urge(case)
        fresh = uow.handoffs.get(case.id)
        uow.handoffs.entitle(fresh, self.showing.title(fresh))
        uow.desk_outbox.put(fresh, "rename")
        self.refresh(uow, fresh)

    def warn(self, uow: UnitOfWork, case: Case) -> None:
        """The customer, who is with an agent, speaks of danger: the agent is told how to go on."""
        if not case.urgent:
            self.urge(uow, case)
        self.tell(uow, case, "said_danger")

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

    def pass_on(self, uow: UnitOfWork, conversation: ConversationRow, message: Message) -> bool:
        """Show the agents what the customer said, or sent; whether something of it is hidden."""
        case = uow.handoffs.of_conversation(conversation.id)
        if case is None:
            return False
        uow.handoffs.heard(case)
        return self._relay(uow, case, message)

    def _relay(self, uow: UnitOfWork, case: Case, message: Message) -> bool:
        """Show what the customer said, or sent, without what is secret in it."""
        claimed = case.status == "claimed"
        read = shown(message.text, opening(uow, case.conversation_id) if claimed else None)
        if message.button is not None:
            self.tell(uow, case, "said_button")
        elif message.media is not None:
            self._copy(uow, case, message.media, read.text, message.message_id)
        elif read.text.strip():
            said = "said_edited" if message.kind == "edited" else "said_customer"
            self.tell(uow, case, said, text=read.text)
        if message.tells_private:
            self.tell(uow, case, "said_private")
        elif read.hides and claimed:
            self.tell(uow, case, "said_code")
        return read.hides

    def _copy(
        self, uow: UnitOfWork, case: Case, media: str, text: str, message_id: str | None
    ) -> None:
        """Pass on what was sent, where the messenger can."""
        chat = uow.handoffs.chat_of(case.conversation_id)
        if message_id is not None and self.copies(chat, media):
            uow.desk_outbox.put(case, "copy", text, chat=chat.chat_id, message=message_id)
            return
        self.tell(uow, case, "said_media", kind=media)
        if text.strip():
            self.tell(uow, case, "said_customer", text=text)

    def follow(
        self, uow: UnitOfWork, case: Case, message: Message | None, replies: Sequence[str]
    ) -> None:
        """Let the agents read along while the bot still answers."""
        if message is not None:
            self._relay(uow, case, message)
        for text in replies:
            uow.desk_outbox.put(case, "line", self.showing.line("bot", text))

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
