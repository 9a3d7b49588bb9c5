"""Pages that open inside a messenger's own app, for rooms that know no channel."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.chats import ChatKey


@dataclass(frozen=True, slots=True)
class Opening:
    """That somebody has opened a page inside the messenger, which vouches for it."""

    chat: ChatKey
    person_id: str
    name: str
    """What they are called there: it is shown to them, and proves nothing."""
    key: str
    """Of this opening alone."""
    opened_at: datetime


class Inside(Protocol):
    """What such pages need from the one messenger that can open them."""

    @property
    def frames(self) -> tuple[str, ...]:
        """The origins that may frame them."""
        ...

    @property
    def script(self) -> str:
        """Where the script is served that hands on what the messenger says, without a slash."""
        ...

    def opening(self, proof: str) -> Opening | None:
        """Return what a proof says; None where the messenger has not made it for our bot."""
        ...
