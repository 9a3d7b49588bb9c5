"""What waits in the outbox, as it is read: replies, mails, lists of mails, and the dead."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.messages.queue import Queued


@dataclass(frozen=True, slots=True)
class OutboxRow(Queued):
    """A reply (`kind` "chat", rendered in `text`) or a mail ("mail", rendered when sent)."""

    kind: str
    channel: str
    conversation_id: int | None
    inbox_id: int | None
    member_id: int | None
    recipient: str | None
    receiver: str | None
    template: str
    text: str | None
    language: str
    parameters: dict[str, Any]
    buttons: list[Any]
    question: str | None
    created_at: datetime
    sent_at: datetime | None
    dead_at: datetime | None
    error: str | None
    secrets: dict[str, str]
    unopened: bool = False
    """Its secrets are sealed with a key that is not here: it cannot leave."""
    objection_url: str = field(default="", compare=False)
    """Of a mail: where its reader says that what it tells was not agreed."""


@dataclass(frozen=True, slots=True)
class MailList(OutboxRow):
    """Mails to one person that were held, as one, in the place of the oldest."""

    others: tuple[OutboxRow, ...] = ()

    @property
    def mails(self) -> tuple[OutboxRow, ...]:
        return (self, *self.others)

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(mail.id for mail in self.mails)


@dataclass(frozen=True, slots=True)
class DeadRow:
    """What could not be sent, without its words and secrets; `parameters` may hold names."""

    id: int
    kind: str
    channel: str
    chat_id: str | None
    member_id: int | None
    recipient: str | None
    template: str
    parameters: dict[str, Any]
    dead_at: datetime
    attempts: int
    error: str | None
