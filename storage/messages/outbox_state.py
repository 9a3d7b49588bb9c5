"""How the outbox does, for operators: what waits, and what could not be sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    waiting: int
    dead: int
    oldest_waiting: datetime | None


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
