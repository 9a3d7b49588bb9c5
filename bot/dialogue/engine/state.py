"""The folded state of a conversation: what one row holds between two messages.

It is small (slots, stack, open question, live buttons), so that the four-hundredth message
costs what the first did; the events of the conversation are appended elsewhere, for people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from bot.dialogue.engine.stack import Stack
from bot.dialogue.flows.domain import Flow

MAX_BUTTONS = 40
"""Live buttons that a conversation remembers; older ones explain that they are old."""

SILENCE = timedelta(minutes=30)
"""After so long an open question is said again before it is answered."""
IN_FORCE = timedelta(hours=24)
"""So long somebody who spoke of danger is treated with the discretion that it asks for."""

MAX_ANSWERS = 20
"""Messages whose edits still correct something."""


class Question(NamedTuple):
    """The question that is open: asked in a frame, for a slot, showing a card."""

    id: str
    frame: str
    slot: str
    digest: str
    """Of what the card shows: a yes to another card is no yes to this one."""

    @property
    def explained_by(self) -> str:
        """The response that says what it asks for."""
        return f"utter_explain_{self.slot}"


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
    stack: Stack = field(default_factory=Stack)
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
    topic: dict[str, Any] = field(default_factory=dict)
    """Whom and what was spoken of last (`engine.topics.topic_of`)."""
    unread: list[str] = field(default_factory=list)
    """Wishes heard before anybody was verified: they are read again, knowing the household."""
    album: str | None = None
    """The album whose first picture was answered: the others are part of the same message."""
    private_since: str | None = None
    """When the person last spoke of danger; it outlives whatever is dropped."""
    menu: str = "new"
    """How the chat stood when its menu was last shown (`bot.dialogue.signs`)."""
    counter: int = 0

    def was_silent(self, now: datetime) -> bool:
        """Whether the person comes back after so long that they may not remember the question."""
        spoke_at = self.spoke_at
        return spoke_at is not None and now - datetime.fromisoformat(spoke_at) > SILENCE

    def is_private(self, now: datetime) -> bool:
        """Whether the person spoke of danger lately, and has not said since that all is well."""
        since = self.private_since
        return since is not None and now - datetime.fromisoformat(since) < IN_FORCE

    def more_of_album(self, album: str | None) -> bool:
        """Whether this is another picture of a message that was answered already."""
        before, self.album = self.album, album
        return before is not None and before == album

    def new_id(self, kind: str) -> str:
        self.counter += 1
        return f"{kind}{self.counter}"

    def shown(self, replies: Sequence[Mapping[str, Any]]) -> list[LiveButton]:
        """Return the buttons that stand under some of the last replies."""
        keys = [button.get("payload") for reply in replies for button in reply["buttons"]]
        return [self.buttons[key] for key in keys if key in self.buttons]

    def is_done(self, flow: str) -> None:
        """A task came to its end: nothing offers to take it up again."""
        if self.aside is not None and self.aside["task"] == flow:
            self.aside = None
        for key, button in self.buttons.items():
            if button.task == flow:
                self.buttons[key] = button._replace(task=None)

    def remember_answer(self, message_id: str, slot: str) -> None:
        self.answers[message_id] = slot
        while len(self.answers) > MAX_ANSWERS:
            del self.answers[next(iter(self.answers))]

    def fit(self, flows: Mapping[str, Flow]) -> None:
        """Put up with flows that were changed by a new version since the last message."""
        self.stack.fit(flows)
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
        self.topic.clear()
        self.unread.clear()

    def to_json(self) -> dict[str, Any]:
        """Return what `from_json` reads; the named values become plain lists."""
        names = self.__dataclass_fields__
        return {**{name: getattr(self, name) for name in names}, "stack": self.stack.to_json()}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "DialogueState":
        state = cls(**raw)
        state.stack = Stack.from_json(raw.get("stack", []))
        state.question = Question(*raw["question"]) if raw.get("question") else None
        state.buttons = {key: LiveButton(*b) for key, b in raw.get("buttons", {}).items()}
        return state
