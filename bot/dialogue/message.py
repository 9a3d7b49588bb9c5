"""A message as the inbox holds it: masked by the channel, before anybody has read it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CODE = re.compile(r"⟨code:([^:⟩]+)(?::[^⟩]+)?⟩")
"""Eight digits: their keyed digest, and sealed beside it what was typed."""

CODE_SEALED = re.compile(r"⟨code:([^:⟩]+):([^⟩]+)⟩")

DIGITS = re.compile(r"⟨digits:([^⟩]+)⟩")
"""A message with digits that came while a code or a number was awaited, sealed until judged."""

PRIVATE = re.compile(r"⟨(password|card|sin|bank)⟩")
"""What nobody is to see."""

_MASK = re.compile(r"⟨[^⟩]*⟩")

COMMAND = re.compile(r"/(?P<name>[A-Za-z]{1,32})(?:@\w+)?(?:\s+(?P<argument>[\w-]{1,64}))?")

LONGEST_COMMAND = 200
"""Characters; NFKC takes its time to order thousands of marks on one letter."""


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
    beside: Mapping[str, str] = field(default_factory=dict)
    """What people are shown with the words: "quoted" or the "quoted_media", "forwarded" with its
    "origin" and whom it is "forwarded_from", the "title" of a button, a "reaction", what a poll
    or a list "holds"."""
    tap: str | None = None
    """The messenger's number of the tap, where that can be answered in words."""
    event: Mapping[str, Any] | None = None
    """Not said by anybody: a `pattern` to run, with its `context` (`ChatEvents`)."""

    @property
    def is_reaction(self) -> bool:
        """Whether it is only a sign under another message."""
        return self.kind == "reaction"

    @property
    def command(self) -> tuple[str, str] | None:
        """A slash command and what follows it; what it means is no matter of language."""
        command = COMMAND.fullmatch(self._folded) if len(self.text) <= LONGEST_COMMAND else None
        return (command["name"].lower(), command["argument"] or "") if command else None

    @property
    def looks_like_command(self) -> bool:
        """Whether it begins as one does, known or not: then it is no answer."""
        return self._folded.startswith("/") and self._folded[1:2].isalpha()

    @property
    def _folded(self) -> str:
        """How it begins, as every keyboard means it: "／help" is a command."""
        return unicodedata.normalize("NFKC", self.text.lstrip()[:LONGEST_COMMAND]).strip()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(CODE.findall(self.text))

    @property
    def sealed(self) -> str | None:
        """What was typed while a code or a number was awaited."""
        digits = DIGITS.search(self.text)
        return digits[1] if digits else None

    @property
    def tells_private(self) -> bool:
        """Whether a password, a card, an account at a bank or a SIN was typed."""
        return PRIVATE.search(self.text) is not None

    @property
    def texts(self) -> tuple[str, ...]:
        """All that people read of it: its words, and what came beside them."""
        return (self.text, *self.beside.values())

    @property
    def has_private(self) -> bool:
        """Whether such a thing stands anywhere in it, in a quote or a forward, say."""
        return any(PRIVATE.search(text) for text in self.texts)

    @property
    def has_secret(self) -> bool:
        return bool(self.codes) or self.sealed is not None or self.tells_private

    @property
    def words(self) -> str:
        """The text without masks: what the classifier may read."""
        return _MASK.sub("", self.text).strip()

    @property
    def noted(self) -> dict[str, Any]:
        """What the conversation remembers of it beside its text."""
        kept = {name: DIGITS.sub("⟨digits⟩", value) for name, value in self.beside.items()}
        noted = {"button": self.button, "media": self.media, "beside": kept}
        kind = {} if self.kind == "text" else {"kind": self.kind}
        return {**kind, **{name: value for name, value in noted.items() if value}}

    @property
    def kept(self) -> str:
        """The text as the conversation remembers it: what was sealed to be judged is gone."""
        return DIGITS.sub("⟨digits⟩", self.text)

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "button": self.button,
            "language": self.language,
            "kind": self.kind,
            "message_id": self.message_id,
            "media": self.media,
            "album": self.album,
            **({"beside": dict(self.beside)} if self.beside else {}),
            **({"tap": self.tap} if self.tap is not None else {}),
            **({"event": dict(self.event)} if self.event is not None else {}),
        }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "Message":
        return cls(**raw)
