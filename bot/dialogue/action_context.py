"""What a turn hands to its actions."""

from dataclasses import dataclass

from intents.sighting import Sighting
from storage.messages.conversations import ConversationRow
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ActionContext:
    """What the actions of one turn work with."""

    uow: UnitOfWork
    conversation: ConversationRow
    person_id: str
    language: str
    card_open: bool = False
    """Whether a change waits for a yes."""
    sighting: Sighting | None = None
    """What was seen in the message; None: nothing was said."""
