"""A person's data as a page that one can read, in their language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.dates import format_datetime
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.languages import LANGUAGES
from bot.mail.catalogue import Catalogue, Phrase
from bot.texts import Texts
from bot.yaml_files import read_yaml
from storage.households.exporting.reading import PersonData, Row

NO_VALUE = "–"
_PAGE = "page_"
_CODED = frozenset(
    {
        "action",
        "actor_kind",
        "from",
        "kind",
        "language",
        "outcome",
        "role",
        "service",
        "status",
        "status_before",
        "template",
    }
)
"""Columns that hold codes, for which there are words."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page, as it is shown."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


class DataPage:
    """Moments are told as clocks show them; `services` are the names of services, by code."""

    def __init__(self, texts: Texts, services: Mapping[str, Phrase]) -> None:
        self._texts = texts
        self._services = services
        self._kinds = {name: mail.kind for name, mail in Catalogue.load().mails.items()}
        self._words = read_yaml("bot.exporting", "words.yml")
        environment = Environment(
            loader=PackageLoader("bot.exporting", ""),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
        )
        self._template = environment.get_template("page.html.j2")

    def render(self, data: PersonData) -> str:
        language = data.language
        values = {
            "username": data.username,
            "at": self._moment(data.at, language),
            "receipt": data.receipt,
        }
        own = {
            name.removeprefix(_PAGE): self._texts.fill(phrase[language], language, values, _none)
            for name, phrase in self._words.items()
            if name.startswith(_PAGE)
        }
        parts = [self._section(name, rows, language) for name, rows in data.parts.items()]
        return self._template.render(language=language, parts=parts, **own)

    def _section(self, name: str, rows: Sequence[Row], language: str) -> Section:
        columns = list(rows[0]) if rows else []
        return Section(
            self._words[f"part_{name}"][language],
            [self._words[f"column_{column}"][language] for column in columns],
            [[self._cell(column, row[column], language) for column in columns] for row in rows],
        )

    def _cell(self, column: str, value: Any, language: str) -> str:
        if column not in _CODED or not value:
            return self._shown(value, language)
        code = self._kinds.get(value, value) if column == "template" else value
        phrase = self._services.get(code) or self._words.get(f"value_{code}")
        if phrase is None:
            return str(value)
        return self._texts.fill(phrase[language], language, {}, _none)

    def _shown(self, value: Any, language: str) -> str:
        match value:
            case None | "":
                return NO_VALUE
            case bool():
                return str(self._words["page_yes" if value else "page_no"][language])
            case datetime():
                return self._moment(value, language)
            case Mapping():
                return "\n".join(f"{key}: {self._shown(value[key], language)}" for key in value)
            case list():
                return ", ".join(self._shown(item, language) for item in value) or NO_VALUE
            case _:
                return str(value)

    def _moment(self, moment: datetime, language: str) -> str:
        locale = LANGUAGES[language].locale
        return format_datetime(moment, "long", self._texts.time_zone, locale=locale)


def _none(name: str, _language: str, _values: Mapping[str, Any]) -> str:
    raise KeyError(name)
