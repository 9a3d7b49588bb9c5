"""What happens in the agents' group, as the inbox holds it."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class DeskMessage:
    """A message, an edit, or a tapped button in the topic of a case.

    `kind` is "text", "edited", "anonymous" (in the name of a group or channel) or what was sent
    instead of text; `message_id` is the messenger's number, `mentioned` the id of somebody without
    a name behind an @ who was picked from the list of people.
    """

    text: str
    button: str | None = None
    kind: str = "text"
    message_id: str | None = None
    mentioned: str | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "DeskMessage":
        return cls(**raw)
