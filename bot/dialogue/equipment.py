"""What every turn works with and none changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from bot.chats import Can
from bot.dialogue.agents import Agents
from bot.dialogue.engine.in_process import ActionFactory
from bot.dialogue.flows.domain import Domain
from bot.dialogue.looking import Looking
from bot.dialogue.pacing import PaceOf
from bot.dialogue.responses.catalogue import Responses


@dataclass(frozen=True, slots=True)
class Equipment:
    """The parts of the product, wired once."""

    domain: Domain
    responses: Responses
    looking: Looking
    actions: Mapping[str, ActionFactory]
    can: Can
    pace: PaceOf
    time_zone: tzinfo
    """Of the household: "until six" is six o'clock there."""
    agents: Agents | None = None
    """Who takes over where a person is needed; None: nobody is connected."""
