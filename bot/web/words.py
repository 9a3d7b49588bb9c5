"""The words of the pages: `pages.yml`, and the language to say them in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from babel import negotiate_locale

from bot.chats import chat_names
from bot.languages import DEFAULT, LANGUAGES
from bot.texts import Phrases, Texts
from bot.yaml_files import read_yaml


@dataclass(frozen=True, slots=True)
class PageWords:
    """Every phrase of the pages, by name and language."""

    phrases: Mapping[str, Mapping[str, str]]
    texts: Texts

    @classmethod
    def load(cls, texts: Texts) -> Self:
        raw = read_yaml("bot.web", "pages.yml")
        return cls({**_as_headings(chat_names()), **raw}, texts)

    def say(self, name: str, language: str, values: Mapping[str, Any]) -> str:
        """Raises KeyError when the phrase, or a value that it names, is missing."""
        return self.texts.fill(self.phrases[name][language], language, values, self.say)


def _as_headings(names: Phrases) -> Phrases:
    """Return them with a capital: a page puts them first."""
    return {
        name: {language: said[:1].upper() + said[1:] for language, said in phrase.items()}
        for name, phrase in names.items()
    }


def language_of(accept_language: str, otherwise: str = DEFAULT) -> str:
    """The best language for an `Accept-Language` header (RFC 9110, 12.5.4)."""
    wanted = sorted(
        (_weighted(item) for item in accept_language.split(",")), key=lambda pair: -pair[1]
    )
    accepted = [tag for tag, weight in wanted if weight > 0]
    return negotiate_locale(accepted, LANGUAGES, sep="-") or otherwise


def _weighted(item: str) -> tuple[str, float]:
    """`"fr-CA;q=0.8"` → `("fr-CA", 0.8)`; what cannot be read weighs nothing."""
    tag, _, parameter = item.partition(";")
    try:
        return tag.strip(), float(parameter.partition("q=")[2] or 1)
    except ValueError:
        return tag.strip(), 0
