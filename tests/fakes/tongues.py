"""Is all that somebody reads in one language? Told by the declared texts of the others."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from babel import Locale
from sqlalchemy import select

from bot.app import App
from bot.languages import LANGUAGES
from storage.messages.tables import outbox
from tests.fakes.agents import Agents
from tests.fakes.chats import World

_BETWEEN = re.compile(r"\{\w+\}|\n")
_QUOTED = ("👤", "🤖", "🎧")
"""Before what customers read and write, where agents read it too."""
_TELLING = re.compile(r"[^\W\d_]+\W+[^\W\d_]{2,}.*")
"""Two words tell a language."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """By what a text is known to be of another language than this one."""

    pieces: frozenset[str]
    """What stands around the placeholders of the others' texts, and in none of ours."""
    days: re.Pattern[str]
    """The others' days and months."""

    @classmethod
    def of(cls, app: App, language: str) -> Self:
        texts = {code: frozenset(_texts(app, code)) for code in LANGUAGES}
        own = "\n".join(texts.pop(language)).casefold()
        pieces = {
            piece.strip()
            for others in texts.values()
            for text in others
            for piece in _BETWEEN.split(text)
        }
        days = {day for code in texts for day in _days(code)} - set(_days(language))
        return cls(
            frozenset(
                piece
                for piece in pieces
                if _TELLING.fullmatch(piece) and piece.casefold() not in own
            ),
            re.compile(rf"\b(?:{'|'.join(sorted(days))})\b"),
        )

    def foreign(self, text: str) -> set[str]:
        """Return what of a text is of another language."""
        return {piece for piece in self.pieces if piece in text} | set(self.days.findall(text))


def foreign_to_customers(world: World, tongue: Tongue) -> set[str]:
    """Return what customers read in another language, on buttons too."""
    return {piece for text in _read_by_customers(world) for piece in tongue.foreign(text)}


def foreign_to_agents(agents: Agents, tongue: Tongue) -> set[str]:
    """Return the same of agents, but for what they are shown of a customer's conversation."""
    agents.look()
    shown = [row for rows in agents.shown.values() for row in rows]
    lines = [line for row in shown for line in row.text.split("\n")]
    own = [line for line in lines if not line.startswith(_QUOTED)]
    titles = [button["title"] for row in shown for button in row.buttons]
    conversation = "\n".join(_read_by_customers(agents.world))
    foreign = {piece for text in (*own, *titles) for piece in tongue.foreign(text)}
    return {piece for piece in foreign if piece not in conversation}


def _read_by_customers(world: World) -> list[str]:
    with world.app.database.read() as uow:
        said = select(outbox.c.text, outbox.c.buttons).where(
            outbox.c.kind == "chat", ~outbox.c.template.startswith("desk_")
        )
        rows = uow._connection.execute(said).all()
    return [
        text
        for row in rows
        for text in (row.text or "", *(button["title"] for button in row.buttons))
    ]


def _texts(app: App, language: str) -> Iterator[str]:
    """Every text in that language that a chat or the agents' group may show."""
    assert app.agents is not None
    words = app.agents.showing.words
    for catalogue in (words.phrases, words.canned):
        yield from (texts[language] for texts in catalogue.values())
    domain = app.turns.equipment.domain
    yield from (titles[language] for titles in domain.titles().values())
    for variation in (each for response in domain.responses.values() for each in response):
        yield from _sides(variation.texts, language)
        for button in variation.buttons:
            yield from _sides(button.titles, language)


def _sides(texts: Mapping[str, Any], language: str) -> Iterator[str]:
    if language in texts:
        yield str(texts[language])


def _days(language: str) -> list[str]:
    locale = Locale.parse(LANGUAGES[language].locale)
    named = (locale.days["format"]["wide"], locale.months["format"]["wide"])
    return [name for names in named for name in names.values()]
