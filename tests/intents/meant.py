"""What a sentence wishes for, as plain values to compare with."""

from typing import Any

from intents.parser import Parser
from intents.reading import Reading
from tests.intents.written import at_home

Heard = list[tuple[str, str, frozenset[str], frozenset[str]]]
KEVIN, HELENE, TYLER, JO = ("id:1", "id:2", "id:3", "id:4")


def read(parser: Parser, language: str, text: str, **more: Any) -> Reading:
    """What a sentence means to the holder; `more` is what else is known of the moment."""
    return parser.read(parser.look(text, language_hint=language), at_home(language, **more))


def heard(parser: Parser, language: str, text: str) -> Heard:
    """What is wished for: the task, its change, for whom, and which services."""
    reading = read(parser, language, text)
    return [
        (
            wish.intent,
            wish.change,
            frozenset(who.value for who in wish.whom),
            frozenset(wish.services),
        )
        for wish in reading.wishes
        if wish.mood == "wish"
    ]


def one(intent: str, change: str = "", *people: str, services: str = "") -> Heard:
    """One wish alone, as `heard` tells it."""
    return [(intent, change, frozenset(people), frozenset(services.split()))]
