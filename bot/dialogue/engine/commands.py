"""What a message asks of the dialogue. Rasa's names where Rasa has one.

A command is a plain value; `understanding` makes them, `command_processor` carries them out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DROPPING = "drop_confirmation"
"""The question whether several answers are lost."""


@dataclass(frozen=True, slots=True)
class StartFlow:
    """Begin a task, with what the message already gave for it; `later`: after what is open."""

    flow: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    later: bool = False


@dataclass(frozen=True, slots=True)
class QueueFlow:
    """Do a task after everything that is open: the second of two requests.

    `position` says which of how many it is, for the person; without it the task begins silently.
    """

    flow: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    position: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class SetSlots:
    """Answer the open question, and whatever else the same message answered."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CorrectSlots:
    """Replace answers given earlier in the task."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CancelFlow:
    """Drop the task in hand; `quiet` where another one takes its place."""

    quiet: bool = False


@dataclass(frozen=True, slots=True)
class GoBack:
    """Ask the question before this one again."""


@dataclass(frozen=True, slots=True)
class Restart:
    """Drop everything that is open."""


@dataclass(frozen=True, slots=True)
class SwitchLanguage:
    """Speak `language` from now on."""

    language: str


@dataclass(frozen=True, slots=True)
class RepeatBotMessages:
    """Say the last turn's messages again."""


@dataclass(frozen=True, slots=True)
class CannotHandle:
    """The message was not understood, or did not answer the open question."""


@dataclass(frozen=True, slots=True)
class StartPattern:
    """Run a short conversation pattern above whatever is open, then come back to it."""

    pattern: str
    context: Mapping[str, Any] = field(default_factory=dict)


Command = (
    StartFlow
    | QueueFlow
    | SetSlots
    | CorrectSlots
    | CancelFlow
    | GoBack
    | Restart
    | SwitchLanguage
    | RepeatBotMessages
    | CannotHandle
    | StartPattern
)
