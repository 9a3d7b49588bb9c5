"""Does what an agent decided, in the transaction of their message.

Nothing here can change a household: an agent has no authority, and import-linter keeps the
services that could out of this folder (`docs/decisions/0015-people-who-take-over.md`).
"""

from dataclasses import dataclass
from typing import Any

from bot.dialogue.agents import put_aside
from bot.dialogue.engine.state import DialogueState
from bot.dialogue.flows.domain import Domain
from bot.dialogue.responses.catalogue import Responses
from bot.dialogue.responses.replies import bound
from bot.handoff import banning, follow_ups, notes
from bot.handoff.acts import (
    Act,
    AskTask,
    AskWord,
    Ban,
    Claim,
    Close,
    Correct,
    FollowUp,
    Hint,
    Ignore,
    Note,
    Offer,
    React,
    Release,
    Reopen,
    Return,
    Say,
    SayCanned,
    Send,
    Stay,
    Take,
    Transcript,
    Transfer,
    Unban,
)
from bot.handoff.deciding import Room
from bot.handoff.desk import AgentsDesk
from bot.handoff.exits import bot_speaks, over, to_queue
from bot.handoff.masking import masked
from bot.handoff.message import DeskMessage
from bot.handoff.opening import numbers_given
from bot.handoff.speaking import Speaking
from storage.handoff.handoffs import Case, Outcome
from storage.messages.conversations import ConversationRow
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Acting:
    """One case and its customer, both held by the transaction."""

    uow: UnitOfWork
    desk: AgentsDesk
    responses: Responses
    domain: Domain
    conversation: ConversationRow
    case: Case

    @property
    def speaking(self) -> Speaking:
        return Speaking(self.uow, self.desk, self.responses, self.conversation, self.case)

    def carry_out(self, act: Act, person_id: str, message: DeskMessage, room: Room) -> None:  # noqa: C901, PLR0912, PLR0915 -- a match over all acts
        if person_id == self.case.agent_id and not isinstance(act, Ignore):
            self.uow.handoffs.acted(self.case)
        if isinstance(act, SayCanned | Send | Offer) and self.case.awaits_word:
            self.uow.handoffs.ask_word(self.case, asked=False)
        here = (self.uow, self.desk, self.case)
        match act:
            case Claim():
                self._claim(person_id, room.agents[person_id])
            case Reopen():
                self.uow.desk_outbox.put(self.case, "reopen")
                self._claim(person_id, room.agents[person_id])
            case Take():
                self._hand_over("utter_agent_taken", person_id, room.agents[person_id])
                self._tell("taken", agent=room.agents[person_id], before=self.case.agent_name)
            case Transfer(person_id=colleague):
                self._transfer(colleague, room.agents[colleague])
            case Release():
                to_queue(self.uow, self.desk, self.case, "released")
            case Stay():
                self.uow.handoffs.ask_word(self.case, asked=False)
                self._tell("stays", agent=self.case.agent_name)
            case Note():
                notes.take(*here, act, agents=room.agents, by=person_id)
            case FollowUp(when=when):
                follow_ups.take(*here, when, agents=room.agents, by=person_id)
            case Say(text=text):
                self.speaking.say(text, message)
            case SayCanned(name=name):
                self.speaking.say_canned(name, room.canned[name], message)
            case Send(kind=kind, text=text):
                self.speaking.send(kind, text, message)
            case React(sign=sign):
                self.speaking.react(sign, message)
            case Correct(text=text):
                self.speaking.correct(text, message)
            case AskWord():
                self.uow.handoffs.ask_word(self.case, asked=True)
                self._tell("ask_word", self.desk.showing.no_word())
            case Return(word=word):
                self._return(word, message)
            case Close():
                self._close()
            case Ban() | Unban():
                banning.carry_out(*here, act, agents=room.agents, by=person_id)
            case Transcript():
                self.desk.show_transcript(self.uow, self.case)
            case AskTask():
                self._tell("offer_which", self.desk.showing.offers())
            case Offer(task=task):
                self._offer(task)
            case Hint():
                self._hint(act, room)
            case Ignore():
                return

    def _claim(self, agent_id: str, name: str) -> None:
        """The bot falls silent: what it had still to say is taken out, and the agent is told."""
        before = self.case
        unsaid = [] if before.lent_at else self.uow.chat_outbox.supersede(self.conversation.id)
        if before.lent_at:
            self.uow.chat_outbox.keep(self.conversation.id)
        self.uow.handoffs.claim(before, agent_id, name)
        state = DialogueState.from_json(self.conversation.state)
        was_open = bool(state.stack)
        put_aside(state, self.domain, again=before.lent_at is not None)
        self._record(name)
        joined = "utter_agent_reopened" if before.status == "closed" else "utter_agent_joined"
        joined = "utter_handoff_back" if before.lent_at else joined
        self._introduce(joined, state, agent=name)
        buttons = self.desk.buttons(self.uow, self.case, "claimed")
        self._tell("claimed" if self.speaking.reaches else "claimed_page", buttons, agent=name)
        given = numbers_given(self.uow, self.conversation.id)
        if given and not before.lent_at:
            self._tell("numbers_given", numbers=", ".join(given))
        for text in unsaid:
            self._tell("superseded", text=masked(text))
        if was_open:
            self._tell("parked")
        self.desk.refresh(self.uow, before)

    def _hand_over(self, response: str, person_id: str, name: str) -> None:
        """Another agent has it now; the customer is told where an agent has the word."""
        before = self.case
        self.uow.handoffs.hand_over(before, person_id, name)
        if before.lent_at is None:
            state = DialogueState.from_json(self.conversation.state)
            self._introduce(response, state, agent=name, before=before.agent_name)
            self._record(name)
        self.desk.refresh(self.uow, before)

    def _transfer(self, person_id: str, name: str) -> None:
        """Give it to a colleague, who is called."""
        self._hand_over("utter_agent_transferred", person_id, name)
        values = {"agent": name, "before": self.case.agent_name, "number": self.case.id}
        self._tell("transferred", agent=name, before=self.case.agent_name)
        called = self.desk.showing.words.say("ping_transferred", **values)
        self.uow.desk_outbox.put(self.case, "call", called, agent=person_id)

    def _introduce(self, response: str, state: DialogueState, **values: Any) -> None:
        """Say who answers from here on, and how one gets back to the bot."""
        language = self.speaking.language
        text = self.responses.text(response, language, values)
        shown = self.responses.buttons(response, language, values)
        buttons = [dict(bound(state, button)) for button in shown]
        state.last_replies = [{"response": response, "text": text, "buttons": buttons}]
        self._save(state)
        self.speaking.write(text, response, buttons=buttons)

    def _record(self, name: str) -> None:
        self.uow.conversations.append(
            self.conversation.id,
            [{"event": "pause", "timestamp": self.uow.clock().timestamp(), "agent": name}],
        )

    def _save(self, state: DialogueState) -> None:
        self.uow.conversations.save(
            self.conversation.id,
            language=self.conversation.language,
            awaits_code=False,
            state=state.to_json(),
        )

    def _return(self, word: str, message: DeskMessage) -> None:
        """Give the conversation back, with a word on what was done."""
        self.speaking.hand_back(word, message)
        left_to_bot = {"word": ""}  # a program before this one reads what it has to say itself
        context = {"agent": self.case.agent_name, "has_word": bool(word), **left_to_bot}
        self._end("returned", "pattern_handoff_returned", context)

    def _close(self) -> None:
        context = {"agent": self.case.agent_name, "case": str(self.case.id)}
        self._end("closed", "pattern_handoff_closed", context)

    def _end(self, outcome: Outcome, pattern: str, context: dict[str, Any]) -> None:
        over(self.uow, self.desk, self.case, outcome)
        if not self.speaking.reaches:
            self.uow.objections.settle(self.conversation.chat_id)
        bot_speaks(self.uow, self.desk, self.case, pattern, context)

    def _offer(self, task: str) -> None:
        name = self.desk.showing.tasks[task]
        context = {"agent": self.case.agent_name, "task": task, "called": dict(name)}
        self.uow.chat_events.put(self.conversation.id, "pattern_handoff_offer", context)
        self.uow.handoffs.answered(self.case)
        self._tell("offered", task=dict(name))

    def _hint(self, hint: Hint, room: Room) -> None:
        offers = hint.phrase == "cannot_change" and self.case.status == "claimed"
        buttons = self.desk.showing.offers() if offers else ()
        canned = " ".join(f"/{name}" for name in sorted(room.canned))
        values = {"agent": self.case.agent_name, "canned": canned, **hint.values}
        self._tell(hint.phrase, buttons, **values)

    def _tell(self, phrase: str, buttons: Any = (), **values: Any) -> None:
        text = self.desk.showing.words.say(phrase, **values)
        self.uow.desk_outbox.put(self.case, "line", text, buttons)
