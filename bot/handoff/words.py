"""What the agents read (`desk.yml`), and what they can say with a word (`canned.yml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from bot.texts import Texts
from bot.yaml_files import read_yaml


@dataclass(frozen=True, slots=True)
class DeskWords:
    """Phrases and canned replies; `language` is what the agents read."""

    phrases: Mapping[str, Mapping[str, str]]
    canned: Mapping[str, Mapping[str, str]]
    language: str
    texts: Texts

    @classmethod
    def load(cls, texts: Texts, language: str) -> Self:
        phrases = read_yaml("bot.handoff", "desk.yml")
        canned = read_yaml("bot.handoff", "canned.yml")
        return cls(phrases, canned, language, texts)

    def say(self, name: str, **values: Any) -> str:
        """Raises KeyError when the phrase, or a value that it names, is missing."""
        return self._fill(name, self.language, values)

    def reply(self, canned: str, language: str, values: Mapping[str, Any]) -> str:
        """Return the text of a canned reply, filled."""
        return self.texts.fill(canned, language, values, self._fill)

    def _fill(self, name: str, language: str, values: Mapping[str, Any]) -> str:
        return self.texts.fill(self.phrases[name][language], language, values, self._fill)
