"""What the flow files say, as frozen values: flows, slots, responses, actions.

The names are Rasa's. Loading and checking is in `loading`; nothing here does anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from bot.dialogue.flows.conditions import Condition
from bot.dialogue.flows.tasks import Command, Task

END = "END"


@dataclass(frozen=True, slots=True)
class Link:
    """One way out of a step; the first whose condition holds is taken."""

    target: str
    condition: Condition | None = None
    text: str = ""
    """The condition as the file says it; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Collect:
    """Ask for a slot and wait."""

    id: str
    slot: str
    next: tuple[Link, ...]
    ask_before_filling: bool = False


@dataclass(frozen=True, slots=True)
class ActionStep:
    """Run an action, or utter a response."""

    id: str
    action: str
    next: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SetSlotsStep:
    """Set slots to fixed values."""

    id: str
    values: Mapping[str, Any]
    next: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """Run another flow and come back."""

    id: str
    flow: str
    next: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class LinkStep:
    """Go over to another flow for good."""

    id: str
    flow: str
    next: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Noop:
    """Only decide where to go."""

    id: str
    next: tuple[Link, ...]


Step = Collect | ActionStep | SetSlotsStep | Call | LinkStep | Noop


@dataclass(frozen=True, slots=True)
class Flow:
    """A task or a pattern. `startable` is false where the file says `if: false`."""

    id: str
    names: Mapping[str, str]
    description: str
    triggers: tuple[str, ...]
    startable: bool
    persisted_slots: frozenset[str]
    first: str
    steps: Mapping[str, Step]
    said: tuple[str, ...] = ()
    """Slots of its file that nobody is asked for: the message that starts the flow fills them."""
    facts: tuple[str, ...] = ()
    """Slots of its file that only actions and buttons fill."""

    @property
    def own(self) -> tuple[str, ...]:
        """Every slot of its file, in order."""
        return tuple(dict.fromkeys([*self.said, *self.collected(), *self.facts]))

    @property
    def intent(self) -> str:
        """The wish that it carries out, empty for what nobody wishes for."""
        return self.triggers[0] if self.triggers else ""

    @property
    def is_pattern(self) -> bool:
        return self.id.startswith("pattern_")

    @property
    def proves_first(self) -> bool:
        """Whether it begins with the flow that checks who somebody is."""
        return isinstance(self.steps[self.first], Call)

    @property
    def has_card(self) -> bool:
        """Whether it asks before it changes something."""
        return any(isinstance(s, Collect) and s.ask_before_filling for s in self.steps.values())

    def collected(self) -> tuple[str, ...]:
        """Return the slots this flow asks for, in the order of the file."""
        return tuple(s.slot for s in self.steps.values() if isinstance(s, Collect))

    def slots(self) -> tuple[str, ...]:
        """Return every slot of this flow that a person fills."""
        return tuple(dict.fromkeys([*self.said, *self.collected()]))

    def forgotten(self) -> tuple[str, ...]:
        """Return what ends with the flow: all its own slots, so that no later task finds them."""
        own = self.collected() if self.is_pattern else self.own
        return tuple(name for name in own if name not in self.persisted_slots)


SlotType = Literal["text", "bool", "categorical", "list", "float", "any"]


@dataclass(frozen=True, slots=True)
class SlotMapping:
    """How a message may fill a slot: `from_entity`, `from_text` or `controlled`."""

    type: str
    entity: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot and how messages may fill it."""

    name: str
    type: SlotType
    mappings: tuple[SlotMapping, ...]
    values: tuple[str, ...] = ()

    @property
    def entities(self) -> tuple[str, ...]:
        return tuple(m.entity for m in self.mappings if m.type == "from_entity" and m.entity)

    @property
    def takes_relations(self) -> bool:
        """Whether "my son" is an answer: it means somebody of the household, by its own list."""
        return any(m.role == "relation" for m in self.mappings)

    @property
    def takes_several(self) -> bool:
        """Whether it may hold several people of the household at once: one alone, or a list."""
        return self.takes_relations and self.type == "list"

    @property
    def takes_text(self) -> bool:
        return any(m.type == "from_text" for m in self.mappings)


@dataclass(frozen=True, slots=True)
class ResponseButton:
    """A button as the file writes it: a title in each language and Rasa's payload."""

    titles: Mapping[str, str]
    payload: str


@dataclass(frozen=True, slots=True)
class Variation:
    """One wording; it is used when every value of `when` is as given."""

    texts: Mapping[str, str]
    buttons: tuple[ResponseButton, ...] = ()
    when: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    """`outcome`: done, refused or misread; `reason`: why a person may be wanted after it;
    `public`: what is filled in is nobody's own; `toast`: the response that may pass instead."""


@dataclass(frozen=True)
class Domain:
    """All flow files together."""

    flows: Mapping[str, Flow]
    slots: Mapping[str, Slot]
    responses: Mapping[str, tuple[Variation, ...]]
    actions: frozenset[str]
    triggers: Mapping[str, str]
    """From intent to the flow that it starts."""
    tasks: Mapping[str, Task] = field(default_factory=dict)
    """By intent; what is no task and has a command stands there too."""

    def flow_of(self, intent: str) -> Flow | None:
        """Return the flow that an intent starts."""
        flow = self.triggers.get(intent)
        return self.flows[flow] if flow is not None else None

    def article_about(self, intent: str) -> str:
        """Return the article about a task; empty where there is none."""
        task = self.tasks.get(intent)
        return task.article if task else ""

    def only_shows(self, intent: str) -> bool:
        """Whether a task proves who asks, and then changes nothing."""
        flow = self.flow_of(intent)
        return flow is not None and flow.proves_first and not flow.has_card

    def needs_care(self, intent: str) -> bool:
        """Whether a task changes something, so that its act must be said in words."""
        flow, task = self.flow_of(intent), self.tasks.get(intent)
        return flow is not None and (flow.has_card or (task is not None and task.careful))

    def may_be_offered(self, intent: str) -> bool:
        """Whether a yes takes up the button of a task under an answer."""
        task = self.tasks.get(intent)
        wished = self.only_shows(intent) or self.needs_care(intent)
        return wished and not (task is not None and task.on_request)

    def is_dangerous(self, flow: Flow) -> bool:
        """Whether somebody goes when its card is answered with yes."""
        task = self.tasks.get(flow.intent)
        return task is not None and task.dangerous

    def outcome(self, response: str) -> str:
        """Return what a response means for reports and agents; empty where it means nothing."""
        return self._told_of(response, "outcome")

    def reason(self, response: str) -> str:
        """Return why a person may be wanted after a response; empty where it gives no reason."""
        return self._told_of(response, "reason")

    def _told_of(self, response: str, key: str) -> str:
        told = [variation.metadata for variation in self.responses.get(response, ())]
        return next((metadata[key] for metadata in told if key in metadata), "")

    @cached_property
    def commands(self) -> Mapping[str, str]:
        """From slash command to the intent that it stands for."""
        return {task.command.name: task.intent for task in self.tasks.values() if task.command}

    def menu(self) -> list[Command]:
        """Return the commands that a menu shows, in its order."""
        return [task.command for task in self.ranked() if task.command and task.command.menu]

    def ranked(self) -> list[Task]:
        """Return the tasks in the order of menus."""
        return sorted(self.tasks.values(), key=lambda task: task.rank)

    def titles(self) -> dict[str, Mapping[str, str]]:
        """Return what tasks are called, by intent and by flow."""
        named = {intent: task.title for intent, task in self.tasks.items() if task.title}
        return named | {
            flow: named[intent] for intent, flow in self.triggers.items() if intent in named
        }
