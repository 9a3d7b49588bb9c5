"""The languages that Foyer speaks, a line each: docs/how-to/a-language.md.

All else of a language is folders and texts. Those of `intents` and `faq` are their folders.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from babel import Locale


@dataclass(frozen=True, slots=True)
class Language:
    """`locale` is Babel's, for dates, times and lists; `name` is what its speakers call it.

    `first` is how the first day of a month is written; `elides` is a pattern of the words that lose
    their last letter before a vowel, whose group is what is left of them.
    """

    locale: str
    name: str
    first: str = "1"
    elides: str = ""


LANGUAGES: Mapping[str, Language] = {
    "en": Language("en_CA", "English"),
    "fr": Language("fr_CA", "Français", first="1er", elides="(d|qu)e"),
}
"""By code (ISO 639). The first is that of `text:` in YAML, and of who has told nothing."""
DEFAULT = next(iter(LANGUAGES))


def spoken(code: str) -> str | None:
    """Return which of our languages a messenger's code ("fr-CA") is, if any."""
    language = code.lower().replace("_", "-").partition("-")[0]
    return language if language in LANGUAGES else None


def others(language: str) -> tuple[str, ...]:
    """Return the languages that somebody who speaks `language` can change to."""
    return tuple(code for code in LANGUAGES if code != language)


def called(code: str, language: str) -> str:
    """Return what a language is called in another: "fr" in English is "French"."""
    names = Locale.parse(LANGUAGES[language].locale).languages
    return names.get(code) or LANGUAGES[code].name


if TYPE_CHECKING:
    Code = str
else:
    Code = Literal[*LANGUAGES]  # pydantic's, for a field of a file or a setting that takes one
