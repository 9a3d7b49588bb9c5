"""Two requests in one message: "how many users can I have, and add my wife".

A message is cut where a clause may end; both halves must be read with confidence, as different
wishes. Most messages are never cut: half a request is no request.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Self

from intents.parse_result import Entity, ParseResult
from intents.tokens import fold, tokenize

SURE = 0.65
SURE_OF_SOMEBODY = 0.4
LEAD = 3.0
"""How many times likelier than the next a reading of half a message must be."""
FEWEST_WORDS = 2
MOST_CUTS = 4
MOST_READ = 800
"""Characters that are read again for all cuts: a long message is cut in fewer places."""
_SENTENCES = re.compile(r"(?<=[.!?;])\s+")
_CLAUSES = re.compile(
    r",?\s+(?:&|\+|(?:and )?(?:then|also)|and|plus|et puis|et aussi|et|pis|puis|aussi)\s+|,\s+",
    re.IGNORECASE,
)

Parse = Callable[[Sequence[str]], Sequence[ParseResult]]
"""Several texts at a time: the encoder takes four together as quickly as two alone."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """The intents that ask for something: of nobody in particular, of somebody, or to know."""

    of_nobody: frozenset[str]
    of_somebody: frozenset[str]
    questions: frozenset[str]
    asking: frozenset[str]
    """Words that questions have."""
    conditions: frozenset[str]
    """Words that begin a condition, which is no request."""

    @classmethod
    def of(cls, catalogue: Mapping[str, Iterable[str]]) -> Self:
        return cls(
            frozenset(catalogue["of_nobody"]),
            frozenset(catalogue["of_somebody"]),
            frozenset(catalogue["questions"]) - frozenset(catalogue["single"]),
            frozenset(map(fold, catalogue["asking"])),
            frozenset(catalogue["conditions"]),
        )

    def asks(self, part: ParseResult) -> bool:
        """Whether a part of a message is a request by itself.

        "She only needs to see the bills" is not: whom it is about stands in the other part.
        """
        name, confidence = part.intent.name, part.intent.confidence
        keys = [token.key for token in tokenize(part.text)]
        conditional = not self.conditions.isdisjoint(keys[:1])
        if conditional or confidence < LEAD * part.ranking[1].confidence:
            return False
        if name in self.of_somebody:
            names_somebody = any(entity.entity == "person" for entity in part.entities)
            return names_somebody and _has_more(part) and confidence >= SURE_OF_SOMEBODY
        if name in self.questions and self.asking.isdisjoint(keys):
            return False
        return name in self.of_nobody | self.questions and confidence >= SURE


def two_requests(
    text: str, entities: Iterable[Entity], wishes: Wishes, parse: Parse
) -> tuple[ParseResult, ...]:
    """Return the two parts of a message that makes two requests, else none."""
    cuts = min(MOST_CUTS, MOST_READ // max(1, len(text)))
    halves = [half for pair in islice(_halves(text, list(entities)), cuts) for half in pair]
    parts = parse(halves)
    for first, second in zip(parts[::2], parts[1::2], strict=True):
        if _topic(first) != _topic(second) and wishes.asks(first) and wishes.asks(second):
            return first, second
    return ()


def _has_more(part: ParseResult) -> bool:
    """Tell whether a part says more than whom it is about: "my son Ethan" wishes for nothing."""
    spans = [(entity.start, entity.end) for entity in part.entities]
    return any(
        not any(start <= token.start < end for start, end in spans) for token in tokenize(part.text)
    )


def _topic(part: ParseResult) -> str:
    """Return the intent, of a task and the question about it the same: "he is locked, how…"."""
    return part.intent.name.removeprefix("faq/")


def _halves(text: str, entities: list[Entity]) -> Iterator[tuple[str, str]]:
    cuts = [*_SENTENCES.finditer(text), *_CLAUSES.finditer(text)]
    outside = [
        cut
        for cut in cuts
        if not any(e.start < cut.end() and cut.start() < e.end for e in entities)
    ]
    halves = ((text[: cut.start()], text[cut.end() :]) for cut in outside)
    return (
        (first, second)
        for first, second in halves
        if min(len(first.split()), len(second.split())) >= FEWEST_WORDS
    )
