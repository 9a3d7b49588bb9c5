"""The folded state of a conversation: what one row holds between two messages.

It is small (slots, stack, open question, live buttons), so that the four-hundredth message
costs what the first did; the events of the conversation are appended elsewhere, for people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from bot.dialogue.domain import END, Flow

FrameType = Literal["regular", "interrupt", "call", "link"]
MAX_BUTTONS = 40
"""Live buttons that a conversation remembers; older ones explain that they are old."""


MAX_ANSWERS = 20
"""Messages whose edits still correct something."""


@dataclass(slots=True)
class Frame:
    """One flow on the stack and the step it stands at (Rasa: a stack frame)."""

    id: str
    flow: str
    step: str
    type: FrameType
    context: dict[str, Any] = field(default_factory=dict)
    passed: list[str] = field(default_factory=list)
    """Questions that have an answer, in order: the way back."""
    answered: list[str] = field(default_factory=list)
    """Questions that the person answered after they were asked: a card was seen."""
    validated: dict[str, Any] = field(default_factory=dict)
    """Values that their validator let stand."""
    returning: str | None = None
    """The step that called the flow above."""
    given: dict[str, Any] = field(default_factory=dict)
    """What the message that wished for it said; taken when the flow begins."""


class Question(NamedTuple):
    """The question that is open: asked in a frame, for a slot, showing a card."""

    id: str
    frame: str
    slot: str
    digest: str
    """Of what the card shows: a yes to another card is no yes to this one."""


class LiveButton(NamedTuple):
    """What an opaque button id stands for, and to which card it belongs."""

    payload: str
    titles: tuple[str, ...]
    frame: str | None = None
    slot: str | None = None
    digest: str | None = None
    task: str | None = None
    """The flow that asked, which can be taken up again when its card is gone."""


@dataclass(slots=True)
class DialogueState:
    """Slots, stack, open question and buttons of one conversation."""

    slots: dict[str, Any] = field(default_factory=dict)
    stack: list[Frame] = field(default_factory=list)
    question: Question | None = None
    buttons: dict[str, LiveButton] = field(default_factory=dict)
    refusals: int = 0
    """Answers refused, or messages not understood, in a row: the rung of the help ladder."""
    last_replies: list[dict[str, Any]] = field(default_factory=list)
    last_language: str | None = None
    recent: list[str] = field(default_factory=list)
    """The last two replies."""
    alike: int = 0
    """How often in a row the whole answer was that of the message before."""
    spoke_at: str | None = None
    """When the person last said something."""
    latest_action: str | None = None
    half_code: dict[str, str] | None = None
    answers: dict[str, str] = field(default_factory=dict)
    """Which slot a message (by the messenger's number) answered: an edit of it corrects that."""
    aside: dict[str, Any] | None = None
    """The task (and its answers) that was open when an agent took over."""
    album: str | None = None
    """The album whose first picture was answered: the others are part of the same message."""
    counter: int = 0

    def new_id(self, kind: str) -> str:
        self.counter += 1
        return f"{kind}{self.counter}"

    @property
    def top(self) -> Frame | None:
        return self.stack[-1] if self.stack else None

    def shown(self, replies: Sequence[Mapping[str, Any]]) -> list[LiveButton]:
        """Return the buttons that stand under some of the last replies."""
        keys = [button["payload"] for reply in replies for button in reply["buttons"]]
        return [self.buttons[key] for key in keys if key in self.buttons]

    def task_of(self, frame_id: str) -> str | None:
        """Return the task that a frame works for: the one below all that called each other."""
        flow = None
        for frame in self.stack:
            flow = frame.flow if frame.type != "call" else flow
            if frame.id == frame_id:
                return flow
        return None

    def is_done(self, flow: str) -> None:
        """A task came to its end: its old buttons do not offer to take it up again."""
        for key, button in self.buttons.items():
            if button.task == flow:
                self.buttons[key] = button._replace(task=None)

    def remember_answer(self, message_id: str, slot: str) -> None:
        self.answers[message_id] = slot
        while len(self.answers) > MAX_ANSWERS:
            del self.answers[next(iter(self.answers))]

    def fit(self, flows: Mapping[str, Flow]) -> None:
        """Put up with flows that were changed by a new version since the last message.

        A flow that is gone is dropped; one that lost the step it stood at walks again from its
        beginning, through the answers that are there already.
        """
        self.stack = [frame for frame in self.stack if frame.flow in flows]
        for frame in self.stack:
            steps = flows[frame.flow].steps
            if frame.step != END and not {frame.step, frame.returning or frame.step} <= set(steps):
                frame.step, frame.returning = flows[frame.flow].first, None
            frame.passed = [step for step in frame.passed if step in steps]
        if self.question is not None and self.question.frame not in {f.id for f in self.stack}:
            self.question = None

    def clear(self) -> None:
        """Forget what was being done: slots, stack, question and buttons."""
        self.slots.clear()
        self.stack.clear()
        self.buttons.clear()
        self.question = None
        self.refusals = 0
        self.last_replies.clear()
        self.half_code = None
        self.answers.clear()
        self.aside = None

    def to_json(self) -> dict[str, Any]:
        """Return what `from_json` reads; the named values become plain lists."""
        names = self.__dataclass_fields__
        frames = [{n: getattr(f, n) for n in f.__dataclass_fields__} for f in self.stack]
        return {**{name: getattr(self, name) for name in names}, "stack": frames}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "DialogueState":
        state = cls(**raw)
        state.stack = [Frame(**frame) for frame in raw.get("stack", [])]
        state.question = Question(*raw["question"]) if raw.get("question") else None
        state.buttons = {key: LiveButton(*b) for key, b in raw.get("buttons", {}).items()}
        return state
