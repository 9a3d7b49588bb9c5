"""Whose conversation it is: what a turn asks of the agents, who can take over from the bot.

The owner is the bot, the queue (the bot still answers) or an agent (the bot says nothing). It
changes under the lock of the conversation's row, which a turn holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from bot.chats import Capabilities
from bot.dialogue.engine.state import DialogueState, LiveButton
from bot.dialogue.flows.domain import Domain
from bot.dialogue.message import Message
from bot.dialogue.payloads import intent_of, set_slots
from intents.reading import Reading
from storage.handoff.handoffs import Case
from storage.messages.conversations import ConversationRow
from storage.unit_of_work import UnitOfWork

WITH_THE_BOT = "with_the_bot"
"""The payload of the button that suspends an agent's claim for one task."""

BACK_TO_BOT = "back_to_bot"
"""What a customer says who has had enough of people: a button, a command, or words."""
Asked = Literal["", "task", "bot"]
"""Nothing; the task that an agent has offered; the whole conversation back."""
_LEAVING = frozenset({BACK_TO_BOT, "leave_queue"})

UNSEEN = "pattern_handoff_unseen"
"""The event that says that the agents cannot see what was sent."""
SAID_FOR_AGENTS = frozenset({"pattern_handoff_offer", UNSEEN})
"""The events that speak while an agent has the conversation, on the agent's behalf."""
OF_THE_DESK = "pattern_handoff_"
"""Other events of the desk say who has the word: that is not so any more once an agent has it."""


@dataclass(frozen=True, slots=True)
class Passed:
    """What came of passing a message on to the agent."""

    hides: bool = False
    """Whether something secret in it is kept from them."""
    seen: bool = True
    """Whether they can see there what was sent."""


class Agents(Protocol):
    """The agents' desk (`bot.handoff.desk`), as far as a turn knows it."""

    def case_of(self, uow: UnitOfWork, conversation_id: int) -> Case | None: ...

    def pass_on(
        self, uow: UnitOfWork, conversation: ConversationRow, message: Message
    ) -> Passed: ...

    def warn(self, uow: UnitOfWork, case: Case) -> None: ...

    def follow(
        self, uow: UnitOfWork, case: Case, message: Message | None, replies: Sequence[str]
    ) -> None: ...

    def standing(self, uow: UnitOfWork, case: Case) -> dict[str, Any]: ...

    def hold(
        self, uow: UnitOfWork, conversation: ConversationRow, event: Mapping[str, Any]
    ) -> None: ...

    def redraw(
        self, uow: UnitOfWork, case: Case, dialogue: DialogueState | None = None
    ) -> None: ...

    def returns(self, uow: UnitOfWork, conversation_id: int) -> None: ...

    def lend(self, uow: UnitOfWork, case: Case) -> None: ...

    def take_back(self, uow: UnitOfWork, case: Case) -> None: ...


def asked_of_bot(
    message: Message, state: DialogueState, reading: Reading, domain: Domain, can: Capabilities
) -> Asked:
    """What a customer wants of the bot while an agent has the word; empty: nothing.

    That is the button that an agent had sent (do it with the bot), or the way back to the bot,
    tapped or in words. Where nothing can be tapped a number is enough; elsewhere "1" or "the first
    one" may be an answer to the agent, so that only the title of a button chooses it.
    """
    if message.button is not None:
        live = state.buttons.get(message.button)
        return _asked_by([live] if live is not None else [])
    name, _ = message.command or ("", "")
    if reading.control == BACK_TO_BOT or domain.commands.get(name) in _LEAVING:
        return "bot"
    shown = state.shown(state.last_replies[-1:])
    by_title = () if reading.titled is None else (reading.titled,)
    chosen = by_title if can.taps else reading.choices
    return _asked_by([shown[number] for number in chosen if number < len(shown)])


def _asked_by(buttons: Sequence[LiveButton]) -> Asked:
    asked = [
        intent_of(button.payload)[0] for button in buttons if set_slots(button.payload) is None
    ]
    if WITH_THE_BOT in asked:
        return "task"
    return "bot" if _LEAVING.intersection(asked) else ""


def put_aside(state: DialogueState, domain: Domain, *, again: bool = False) -> None:
    """Take what is open off the table: an agent has the conversation now.

    Its cards and confirming buttons are void for good. What was answered is remembered with the
    task, so that taking it up again asks only for the rest. `again`: after a task with the bot;
    where nothing is open, what was put aside before it still is.
    """
    task = next((f for f in state.stack if not domain.flows[f.flow].is_pattern), None)
    answers: dict[str, Any] = {}
    for frame in state.stack:
        flow = domain.flows[frame.flow]
        for name in set(flow.collected()) - flow.persisted_slots:
            value = state.slots.pop(name, None)
            if frame is task and value is not None and not _confirms(domain, name):
                answers[name] = value
    before = state.aside if again else None
    state.aside = {"task": task.flow, "slots": answers} if task else before
    state.stack.clear()
    state.question = None
    state.refusals = 0
    state.last_replies.clear()
    state.half_code = None
    state.answers.clear()


def _confirms(domain: Domain, slot: str) -> bool:
    return domain.slots[slot].type == "bool"
