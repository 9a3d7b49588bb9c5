"""Plays flows without the reader: a flow is started with slots, a button tapped, a slot set.

The texts are the product's own; what a person would have typed is not there at all.
"""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from bot.constants import constants
from bot.dialogue.action_context import ActionContext
from bot.dialogue.engine.command_processor import CommandProcessor
from bot.dialogue.engine.commands import Command, CorrectSlots, SetSlots, StartFlow, StartPattern
from bot.dialogue.engine.executor import FlowExecutor
from bot.dialogue.engine.in_process import InProcessActions
from bot.dialogue.engine.state import DialogueState, LiveButton
from bot.dialogue.engine.tracker import Tracker
from bot.dialogue.payloads import intent_of, set_slots
from bot.dialogue.responses.catalogue import Responses
from bot.dialogue.responses.replies import Replies, Reply
from bot.registry import action_factories, domain_of
from bot.texts import Texts
from faq.organisation import Organisation
from intents.values.household import Household, Nicknames
from storage.database import Database
from tests.fakes.households import PERSON

DOMAIN = domain_of()
TEXTS = Texts(ZoneInfo("America/Toronto"), constants(Organisation.load()))
RESPONSES = Responses(DOMAIN.responses, TEXTS)
TITLES = DOMAIN.titles()
REFERENCE: Any = SimpleNamespace(meant=Household(Nicknames.load()).meant, intent_titles=TITLES)


@dataclass(slots=True)
class Player:
    """Somebody in a chat, verified or not, who never types."""

    database: Database
    conversation: str
    language: str = "en"
    state: DialogueState = field(default_factory=DialogueState)
    said: list[Reply] = field(default_factory=list)

    def start(self, flow: str, **slots: Any) -> str:
        return self.do(StartFlow(flow, slots))

    def set(self, **slots: Any) -> str:
        return self.do(SetSlots(slots))

    def correct(self, **slots: Any) -> str:
        return self.do(CorrectSlots(slots))

    def hear(self, pattern: str, context: dict[str, Any]) -> str:
        return self.do(StartPattern(pattern, context))

    def tap(self, title: str) -> str:
        """Tap the newest button whose title begins so."""
        buttons = [one for reply in self.said for one in reply.buttons]
        chosen = [one["payload"] for one in buttons if one["title"].startswith(title)]
        assert chosen, f"no button {title!r} among {self.titles()}"
        return self.do(self._meant(self.state.buttons[chosen[-1]]))

    def _meant(self, button: LiveButton) -> Command:
        if (slots := set_slots(button.payload)) is not None:
            return SetSlots(slots)
        intent, given = intent_of(button.payload)
        return StartFlow(DOMAIN.triggers[intent], given)

    def titles(self) -> list[str]:
        return [one["title"] for reply in self.said for one in reply.buttons]

    def do(self, command: Command) -> str:
        """Carry a command out in a turn of its own; all that is said."""
        with self.database.write() as uow:
            row = uow.conversations.locked("terminal", "bot", self.conversation)
            tracker = Tracker(self.conversation, self.state, timestamp=0.0)
            replies = Replies(RESPONSES, tracker, self.language)
            context = ActionContext(uow, row, PERSON, self.language)
            actions = InProcessActions(action_factories(REFERENCE), context)
            executor = FlowExecutor(DOMAIN, tracker, actions, replies)
            CommandProcessor(executor, replies, proved=True).carry_out(command)
        self.said = replies.said
        assert all(self.state.slots.get(name) is None or self.state.stack for name in FACTS)
        return "\n".join(reply.text for reply in self.said).replace("\u00a0", " ")


FACTS = ("access_request", "requested_services", "edited_name", "invited_user", "listed_users")
"""Slots that end with their task."""
