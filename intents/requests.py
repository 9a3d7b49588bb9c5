"""Two requests in one message: "how many users can I have, and add my wife".

A message is cut where a clause may end; both halves must be read with confidence, as different
wishes. Most messages are never cut: half a request is no request.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from intents.parse_result import Entity, ParseResult

CERTAIN = 0.7
FEWEST_WORDS = 3
MOST_CUTS = 4
_SENTENCES = re.compile(r"[.!?;]+\s+")
_CLAUSES = re.compile(
    r",?\s+(?:&|and then|and also|and|then|also|plus|et puis|et aussi|et|pis|puis|aussi)\s+|,\s+",
    re.IGNORECASE,
)

Parse = Callable[[str], ParseResult]


@dataclass(frozen=True, slots=True)
class Wishes:
    """The intents that ask for something: of nobody in particular, or of somebody."""

    of_nobody: frozenset[str]
    of_somebody: frozenset[str]

    def asks(self, part: ParseResult) -> bool:
        """Whether a part of a message is a request by itself.

        "She only needs to see the bills" is not: whom it is about stands in the other part.
        """
        if part.intent.confidence < CERTAIN:
            return False
        names_somebody = any(entity.entity == "person" for entity in part.entities)
        return part.intent.name in self.of_nobody or (
            names_somebody and part.intent.name in self.of_somebody
        )


def two_requests(
    text: str, entities: Iterable[Entity], wishes: Wishes, parse: Parse
) -> tuple[ParseResult, ...]:
    """Return the two parts of a message that makes two requests, else none."""
    for halves in _halves(text, list(entities)):
        first, second = (parse(half) for half in halves)
        if first.intent.name != second.intent.name and wishes.asks(first) and wishes.asks(second):
            return first, second
    return ()


def _halves(text: str, entities: list[Entity]) -> Iterator[tuple[str, str]]:
    cuts = [*_SENTENCES.finditer(text), *_CLAUSES.finditer(text)]
    outside = [
        cut
        for cut in cuts
        if not any(e.start < cut.end() and cut.start() < e.end for e in entities)
    ]
    halves = ((text[: cut.end()].rstrip(" ,;"), text[cut.end() :]) for cut in outside)
    long_enough = (
        (first, second)
        for first, second in halves
        if min(len(first.split()), len(second.split())) >= FEWEST_WORDS
    )
    for number, pair in enumerate(long_enough):
        if number == MOST_CUTS:
            return
        yield pair
