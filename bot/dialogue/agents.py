"""Whose conversation it is: what a turn asks of the agents, who can take over from the bot.

The owner is the bot, the queue (the bot still answers) or an agent (the bot says nothing). It
changes under the lock of the conversation's row, which a turn holds.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.dialogue.engine.state import DialogueState, LiveButton
from bot.dialogue.flows.domain import Domain
from bot.dialogue.message import Message
from bot.dialogue.payloads import intent_of, set_slots
from intents.reader import Reading
from storage.handoff.handoffs import Case
from storage.messages.conversations import ConversationRow
from storage.unit_of_work import UnitOfWork

WITH_THE_BOT = "with_the_bot"
"""The payload of the button that suspends an agent's claim for one task."""

OF_THE_DESK = "pattern_handoff_"
"""Events that may speak while an agent has the conversation: the agent has them said."""


class Agents(Protocol):
    """The agents' desk (`bot.handoff.desk`), as far as a turn knows it."""

    def case_of(self, uow: UnitOfWork, conversation_id: int) -> Case | None: ...

    def pass_on(self, uow: UnitOfWork, conversation: ConversationRow, message: Message) -> bool: ...

    def warn(self, uow: UnitOfWork, case: Case) -> None: ...

    def follow(
        self, uow: UnitOfWork, case: Case, message: Message | None, replies: Sequence[str]
    ) -> None: ...

    def standing(self, uow: UnitOfWork, case: Case) -> dict[str, Any]: ...

    def hold(
        self, uow: UnitOfWork, conversation: ConversationRow, event: Mapping[str, Any]
    ) -> None: ...

    def lend(self, uow: UnitOfWork, case: Case) -> None: ...

    def take_back(self, uow: UnitOfWork, case: Case) -> None: ...


def suspends_the_claim(
    message: Message, state: DialogueState, reading: Reading, *, can_tap: bool
) -> bool:
    """Whether it is the button that an agent had sent (do it with the bot), tapped or typed.

    The reading knows which buttons of the last message its words mean. Where nothing can be tapped
    a number is enough; elsewhere a number may be an answer to the agent.
    """
    if message.button is not None:
        live = state.buttons.get(message.button)
        return live is not None and _task_with_the_bot(live) is not None
    shown = state.shown(state.last_replies[-1:])
    meant = [shown[number] for number in reading.choices if number < len(shown)]
    is_number = reading.odd and reading.words == 1
    may_answer = can_tap and is_number
    return not may_answer and any(_task_with_the_bot(button) is not None for button in meant)


def _task_with_the_bot(button: LiveButton) -> str | None:
    if set_slots(button.payload) is not None:
        return None
    intent, given = intent_of(button.payload)
    return str(given["task"]) if intent == WITH_THE_BOT else None


def put_aside(state: DialogueState, domain: Domain) -> None:
    """Take what is open off the table: an agent has the conversation now.

    Its cards and confirming buttons are void for good. What was answered is remembered with the
    task, so that taking it up again asks only for the rest.
    """
    task = next((f for f in state.stack if not domain.flows[f.flow].is_pattern), None)
    answers: dict[str, Any] = {}
    for frame in state.stack:
        flow = domain.flows[frame.flow]
        for name in set(flow.collected()) - flow.persisted_slots:
            value = state.slots.pop(name, None)
            if frame is task and value is not None and not _confirms(domain, name):
                answers[name] = value
    state.aside = {"task": task.flow, "slots": answers} if task else None
    state.stack.clear()
    state.question = None
    state.refusals = 0
    state.last_replies.clear()
    state.half_code = None
    state.answers.clear()


def _confirms(domain: Domain, slot: str) -> bool:
    return domain.slots[slot].type == "bool"
