"""All that decides what a message does here, in one value."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.dialogue.engine.state import DialogueState, LiveButton
from bot.dialogue.flows.domain import Collect, Domain, Flow, Slot
from intents.context import Context
from intents.reading import Reading


@dataclass(frozen=True, slots=True)
class Heard:
    """What came with the words of one message, and what was seen before it."""

    button: str | None = None
    command: str | None = None
    """A slash command, with what follows it."""
    argument: str = ""
    looks_like_command: bool = False
    codes: tuple[str, ...] = ()
    hidden: bool = False
    """Whether something in it was sealed or masked: what is left of it is only half of it."""
    private: bool = False
    """Whether a password, a card or a SIN was typed; it is masked."""
    card_left: bool = True
    """Whether the open card had left for the person before this message came."""
    kind: str = "text"
    message_id: str | None = None
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a reader of the dialogue may look at."""

    heard: Heard
    reading: Reading
    """The message, as it is read here."""
    state: DialogueState
    domain: Domain
    context: Context
    language: str
    role: str = ""
    """`holder` or `secondary` of who has proved it; empty before."""
    waits: bool = False
    """Whether the person is in the queue for an agent."""
    leaves: bool = False
    """Whether the person wants the bot back from an agent."""
    after_silence: bool = False
    private: bool = False
    """Whether danger was spoken of lately, and is not over."""
    offered: tuple[LiveButton, ...] = ()
    """The buttons on the screen, in their order."""

    @property
    def tells_secret(self) -> bool:
        """Whether a password, a card's number or the like was given away."""
        return self.heard.private or self.reading.tells_secret

    def open_collect(self) -> Collect | None:
        """Return the collect step that waits for an answer, if one does."""
        frame, question = self.state.stack.top, self.state.question
        if frame is None or question is None or question.frame != frame.id:
            return None
        step = self.domain.flows[frame.flow].steps.get(frame.step)
        return step if isinstance(step, Collect) and step.slot == question.slot else None

    def open_slot(self) -> Slot | None:
        collect = self.open_collect()
        return self.domain.slots[collect.slot] if collect else None

    def card_is_open(self) -> bool:
        collect = self.open_collect()
        return collect is not None and collect.ask_before_filling

    def task(self) -> Flow | None:
        """Return the task whose question is open."""
        return self.domain.flows[self.state.stack.top.flow] if self.state.stack.top else None

    def slot_for(self, entity: str, names: Iterable[str]) -> str | None:
        """Return the first of some slots that takes an entity."""
        return next((name for name in names if entity in self.domain.slots[name].entities), None)

    def value(self, slot: str) -> Any:
        return self.state.slots.get(slot)


def said_before(response: str, s: Situation) -> bool:
    """Whether the last message of the bot said this already: then other words are used."""
    return any(reply["response"] == response for reply in s.state.last_replies)


def stands(button: LiveButton, state: DialogueState) -> bool:
    """Whether the card that a button belongs to is still the open one."""
    if button.frame is None:
        return True
    question = state.question
    return question is not None and (button.frame, button.slot, button.digest) == (
        question.frame,
        question.slot,
        question.digest,
    )


def person_slot(flow: Flow, s: Situation) -> str | None:
    """Return the slot of a task that says whom it is about."""
    return next((name for name in flow.slots() if s.domain.slots[name].takes_relations), None)
