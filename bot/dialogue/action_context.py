"""What a turn hands to its actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.chats import Capabilities
from faq.search import Hit
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
    can: Capabilities = field(default_factory=Capabilities)
    """What the channel of the conversation can do."""
    articles: Mapping[str, Sequence[Hit]] = field(default_factory=dict)
    """Which may answer the message, best first, by the language of the answer."""
