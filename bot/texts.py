"""Words for people: fills a text with values, in one language.

Texts stand in YAML; values travel in JSON (an outbox row, an event), so that a text is
rendered only when it leaves and in the language of its reader. A value may be:

* text or a number: itself;
* `{"response": name, "parameters": {…}}`: another text of the catalogue;
* a list: "a, b and c", by the rules of the language (Babel);
* `{"lines": […]}`: one below the other;
* `{"time": iso}` or `{"date": iso}`: in the household's time zone (Babel);
* `{"day": iso}`: the same day with its weekday and without the year, of something to come;
* `{"language": code}`: what a language is called (Babel);
* any other: a text by language.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import Formatter
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list

from bot.languages import DEFAULT, LANGUAGES, Language, called

Phrases = Mapping[str, Mapping[str, str]]
"""Texts by name and language."""
Lookup = Callable[[str, str, Mapping[str, Any]], str]


_YEAR = re.compile(r"[\s,]*\by+\b[\s,.]*")
_DAY = re.compile(r"\bd\b")
_VOWELS = frozenset("aeiou")
_SPARE = re.compile(r"(?<=\S) +(?= \S|\n)")
"""Spaces around the last name of somebody who has none."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Fills placeholders; `lookup(name, language, parameters)` renders a nested response."""

    time_zone: ZoneInfo
    constants: Mapping[str, Any]

    def fill(
        self, template: str, language: str, parameters: Mapping[str, Any], lookup: Lookup
    ) -> str:
        """Return `template` with every `{placeholder}` replaced.

        Values are never read as templates, so a person named "{phone}" stays that.

        Raises:
            KeyError: a placeholder has no value; the tests walk every text to rule it out.
        """
        known = {**self.constants, **parameters}
        names = placeholders(template)
        values = {name: self._say(known[name], language, lookup) for name in names}
        elided = _elided(template, values, LANGUAGES[language].elides)
        return _SPARE.sub("", elided.format_map(values))

    def _say(self, value: Any, language: str, lookup: Lookup) -> str:
        match value:
            case {"response": str(name)}:
                return lookup(name, language, value.get("parameters", {}))
            case {"lines": list(lines)}:
                return "\n".join(self._say(line, language, lookup) for line in lines)
            case {"time": str()} | {"date": str()} | {"day": str()}:
                [(shape, moment)] = value.items()
                return self._local(shape, moment, LANGUAGES[language])
            case {"language": str(code)}:
                return called(code, language)
            case Mapping():  # what was stored before a language was added has no side of it
                return str(value.get(language) or value[DEFAULT])
            case [*items]:
                said = [self._say(item, language, lookup) for item in items]
                return format_list(said, locale=LANGUAGES[language].locale)
            case _:
                return str(value)

    def _local(self, shape: str, moment: str, language: Language) -> str:
        local = datetime.fromisoformat(moment).astimezone(self.time_zone)
        if shape == "time":
            return format_time(local, "short", locale=language.locale)
        formats = Locale.parse(language.locale).date_formats
        pattern = (
            formats["long"].pattern if shape == "date" else _YEAR.sub("", formats["full"].pattern)
        )
        if local.day == 1:
            pattern = _DAY.sub(f"'{language.first}'", pattern)
        return format_date(local, pattern, locale=language.locale)


def _elided(template: str, values: Mapping[str, str], elides: str) -> str:
    """Return a template with "de {name}" as "d'{name}" where a vowel follows."""

    def joined(match: re.Match[str]) -> str:
        start = normalize("NFD", values.get(match["name"], ""))[:1].lower()
        return f"{match[1]}'{{{match['name']}}}" if start in _VOWELS else match[0]

    return re.sub(rf"\b{elides} {{(?P<name>\w+)}}", joined, template) if elides else template


def placeholders(template: str) -> Sequence[str]:
    """Return the names in a template, in order: `"Add {name}?"` → `["name"]`."""
    return [name for _, name, _, _ in Formatter().parse(template) if name]
