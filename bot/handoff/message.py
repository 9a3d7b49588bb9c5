"""What happens in the agents' group, as the inbox holds it."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class DeskMessage:
    """A message, an edit, or a tapped button in the topic of a case.

    `kind` is "text", "edited", "reaction" (`text` is its sign), "anonymous" (in the name of a group
    or channel) or what was sent instead of text. `message_id` is the messenger's number, of a
    reaction the number of what it is about; `mentioned` the id of somebody without a name behind an
    @ who was picked from the list of people; `answers` the number of the message that this one
    answers; `album` that of the album that it is part of; `file` stands for what was sent, also
    with an edit.
    """

    text: str
    button: str | None = None
    kind: str = "text"
    message_id: str | None = None
    mentioned: str | None = None
    answers: str | None = None
    album: str | None = None
    file: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value is not None}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "DeskMessage":
        return cls(**raw)
