"""The stack of one conversation: the one place that puts flows on it and takes them off."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from bot.dialogue.flows.domain import END, Flow

FrameType = Literal["regular", "interrupt", "call", "link"]


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


@dataclass(slots=True)
class Stack:
    """Frames, the one that runs last."""

    frames: list[Frame] = field(default_factory=list)

    def __iter__(self) -> Iterator[Frame]:
        return iter(self.frames)

    def __reversed__(self) -> Iterator[Frame]:
        return reversed(self.frames)

    def __len__(self) -> int:
        return len(self.frames)

    @property
    def top(self) -> Frame | None:
        return self.frames[-1] if self.frames else None

    def push(self, frame: Frame) -> None:
        self.frames.append(frame)

    def push_below(self, frame: Frame) -> None:
        """Put a frame under all others: it runs when they are done."""
        self.frames.insert(0, frame)

    def insert(self, index: int, frame: Frame) -> None:
        self.frames.insert(index, frame)

    def remove(self, frame: Frame) -> None:
        self.frames.remove(frame)

    def drop_where(self, unwanted: Callable[[Frame], bool]) -> None:
        """Take frames off, and what they called, which has nobody to return to."""
        self.frames = [frame for frame in self.frames if not unwanted(frame)]
        while self.top is not None and self.top.type == "call":
            self.frames.pop()

    def clear(self) -> None:
        self.frames.clear()

    def task_of(self, frame_id: str) -> str | None:
        """Return the task that a frame works for: the one below all that called each other."""
        flow = None
        for frame in self.frames:
            flow = frame.flow if frame.type != "call" else flow
            if frame.id == frame_id:
                return flow
        return None

    def fit(self, flows: Mapping[str, Flow]) -> None:
        """Put up with flows that were changed by a new version since the last message.

        A flow that is gone is dropped; one that lost the step it stood at walks again from its
        beginning, through the answers that are there already.
        """
        self.frames = [frame for frame in self.frames if frame.flow in flows]
        for frame in self.frames:
            steps = flows[frame.flow].steps
            if frame.step != END and not {frame.step, frame.returning or frame.step} <= set(steps):
                frame.step, frame.returning = flows[frame.flow].first, None
            frame.passed = [step for step in frame.passed if step in steps]

    def given(self, flows: Mapping[str, Flow], *, whole: bool = False) -> int:
        """Count the answers of the task in hand and what it called, or those of all tasks."""
        count = 0
        for frame in reversed(self.frames):
            count += len(set(frame.answered) & set(frame.passed))
            if not whole and frame.type != "call" and not flows[frame.flow].is_pattern:
                break
        return count

    def to_json(self) -> list[dict[str, Any]]:
        return [{n: getattr(f, n) for n in f.__dataclass_fields__} for f in self.frames]

    @classmethod
    def from_json(cls, raw: list[dict[str, Any]]) -> Self:
        return cls([Frame(**frame) for frame in raw])
