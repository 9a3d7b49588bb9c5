"""The catalogue of mails: `mails.yml`, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from bot.chats import chat_names
from bot.languages import LANGUAGES
from bot.yaml_files import read_yaml
from storage.messages.mail_order import Awaited

Phrase = Mapping[str, str]
"""A text in each language."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a body: a paragraph, a code without words, or a link and its label.

    `secret` names the secret parameter of a code or a link; of a link into the chat it is the
    topic there. With `when` it stands only in mails that have a parameter of that name.
    """

    kind: str
    phrase: Phrase
    secret: str = ""
    when: str = ""

    @classmethod
    def read(cls, entry: Mapping[str, str]) -> Self:
        phrase = {language: entry[language] for language in LANGUAGES if language in entry}
        kind = next((kind for kind in ("code", "link", "chat") if kind in entry), "paragraph")
        return cls(kind, phrase, entry.get(kind, ""), entry.get("when", ""))


@dataclass(frozen=True, slots=True)
class MailText:
    """What a mail says, and of which kind it is."""

    kind: str
    subject: Phrase
    body: tuple[Block, ...]
    about: Phrase
    """What it tells, in a few words that name nobody."""
    objectionable: bool = True
    """Whether it has a way to say that this was not agreed."""
    awaited: str = ""
    """How soon it leaves, where somebody waits for it."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`layout` surrounds every mail; `words` are what parameters may stand for."""

    mails: Mapping[str, MailText]
    layout: Mapping[str, Phrase]
    words: Mapping[str, Phrase]

    @property
    def notices(self) -> Mapping[str, Phrase]:
        """What each mail tells to which one may object."""
        return {name: mail.about for name, mail in self.mails.items() if mail.objectionable}

    @property
    def awaited(self) -> Awaited:
        return Awaited(at_once=self._awaited("at once"), in_turn=self._awaited("in turn"))

    def _awaited(self, how: str) -> tuple[str, ...]:
        return tuple(name for name, mail in self.mails.items() if mail.awaited == how)

    @classmethod
    def load(cls) -> Self:
        raw: Mapping[str, Any] = read_yaml("bot.mail", "mails.yml")
        mails = {
            name: MailText(
                entry.get("kind", name),
                entry["subject"],
                tuple(Block.read(block) for block in entry["body"]),
                entry.get("about", entry["subject"]),
                "no_objection" not in entry,
                entry.get("awaited", ""),
            )
            for name, entry in raw["mails"].items()
        }
        return cls(mails, raw["layout"], {**chat_names(), **raw["words"]})
