"""A message as the inbox holds it: masked by the channel, before anybody has read it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CODE = re.compile(r"⟨code:([^⟩]+)⟩")
"""An eight-digit code, replaced by its keyed digest before the first write."""

DIGITS = re.compile(r"⟨digits:([^⟩]+)⟩")
"""Digits sent while a code is awaited, sealed until they are judged."""


COMMAND = re.compile(r"/(?P<name>[A-Za-z]{1,32})(?:@\w+)?(?:\s+(?P<argument>[\w-]{1,64}))?")


@dataclass(frozen=True, slots=True)
class Message:
    """The body of an inbox row."""

    text: str
    button: str | None = None
    language: str | None = None
    """The messenger's idea of the person's language (`en` or `fr`), if it has one."""
    kind: str = "text"
    message_id: str | None = None
    """The messenger's own number, where a message with a secret can be deleted from the chat."""
    media: str | None = None
    """What was sent beside the words: "photo", "document", …"""
    album: str | None = None
    """The messenger's number of the album that a picture is part of."""
    event: Mapping[str, Any] | None = None
    """Not said by anybody: a `pattern` to run, with its `context` (`ChatEvents`)."""

    @property
    def command(self) -> tuple[str, str] | None:
        """A slash command and what follows it; what it means is no matter of language."""
        command = COMMAND.fullmatch(self.text.strip())
        return (command["name"].lower(), command["argument"] or "") if command else None

    @property
    def looks_like_command(self) -> bool:
        """Whether it begins as one does, known or not: then it is no answer."""
        text = self.text.strip()
        return text.startswith("/") and text[1:2].isalpha()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(CODE.findall(self.text))

    @property
    def sealed_digits(self) -> str | None:
        digits = DIGITS.fullmatch(self.text)
        return digits[1] if digits else None

    @property
    def has_secret(self) -> bool:
        return bool(self.codes) or DIGITS.search(self.text) is not None

    @property
    def words(self) -> str:
        """The text without masks: what the classifier may read."""
        return DIGITS.sub("", CODE.sub("", self.text)).strip()

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "button": self.button,
            "language": self.language,
            "kind": self.kind,
            "message_id": self.message_id,
            "media": self.media,
            "album": self.album,
            **({"event": dict(self.event)} if self.event is not None else {}),
        }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "Message":
        return cls(**raw)
