"""What every action of Foyer shares: the turn's context, and the reference works of the house."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from bot.dialogue.action_context import ActionContext
from bot.handoff.desk import AgentsDesk
from faq.articles import Articles
from storage.identity.sessions import Session


@dataclass(frozen=True, slots=True)
class Reference:
    """What actions may look up and nobody changes while the bot runs."""

    articles: Articles
    intent_titles: Mapping[str, Mapping[str, str]]
    """What an intent is called on a button, by language."""
    meant: Callable[[str, Sequence[Any]], Sequence[Any]]
    """Whom of some people a name can mean (`intents.values.household`)."""
    reason: Callable[[str], str]
    """Why a person may be wanted after a response: what was said last tells."""
    time_zone: ZoneInfo
    """Of the household: what an hour means that somebody names."""
    agents: AgentsDesk | None = None
    """Who takes over; None: no agent is connected."""


CAPITAL = re.compile(r"\B(?=[A-Z])")
ASKING = re.compile(r"^(action_ask|validate)_")


class FoyerAction(Action):
    """An action with the turn's context, called after its class. Subclasses implement `act`."""

    action_name: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.action_name = CAPITAL.sub("_", cls.__name__).lower()

    def __init__(self, context: ActionContext, reference: Reference) -> None:
        self.context = context
        self.uow = context.uow
        self.reference = reference

    def name(self) -> str:
        return self.action_name

    @property
    def asked(self) -> str:
        """The slot that this asks for, or whose answers it checks."""
        return ASKING.sub("", self.name())

    @property
    def question(self) -> str:
        """The response that asks for it, by Rasa's convention."""
        slot = self.asked
        return f"utter_ask_{slot}"

    @property
    def session(self) -> Session | None:
        """The live session of this chat and person; a task goes on only after a new proof."""
        conversation, person_id = self.context.conversation, self.context.person_id
        return self.uow.sessions.live(conversation.id, person_id, touch=False)

    @property
    def proved(self) -> Session:
        """The session of a flow that verifies first."""
        session = self.session
        assert session is not None, "the flow verifies first"
        return session

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        return self.act(dispatcher, tracker)

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Do the work and return rasa-sdk events; what is uttered through `dispatcher` is sent."""
        raise NotImplementedError


def pattern_context(tracker: Tracker) -> dict[str, Any]:
    """Return what the pattern that runs was given (Rasa: the context of the top frame)."""
    top: dict[str, Any] = tracker.stack[-1] if tracker.stack else {}
    return top


def task_in_hand(tracker: Tracker) -> str:
    """Return the flow that the person is in: the lowest of the frames that call each other."""
    for frame in reversed(tracker.stack):
        if frame["frame_type"] != "call" and frame["type"] != "pattern":
            return str(frame["flow_id"])
    return "conversation"


def moment(value: Any) -> dict[str, str]:
    """Return a time as a value of a text (see `bot.texts`)."""
    return {"time": value.isoformat()}


def filled(tracker: Tracker, slot: str) -> Any:
    """Return a slot that the flow has filled before the action runs."""
    return tracker.get_slot(slot)


def forget(*slots: str) -> list[EventType]:
    return [SlotSet(name, None) for name in slots]
