"""Two requests in one message: "how many users can I have, and add my wife".

A message is cut where a clause may end; both halves must be read with confidence, as different
wishes. Most messages are never cut: half a request is no request.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self

from intents.parse_result import Entity, ParseResult
from intents.tokens import fold, tokenize

SURE = 0.65
SURE_OF_SOMEBODY = 0.4
LEAD = 3.0
"""How many times likelier than the next a reading of half a message must be."""
FEWEST_WORDS = 2
MOST_COMPLETED = 7
"""Words of a second request that may speak of somebody by a pronoun: longer ones tell a story."""
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
    of_the_same: frozenset[str]
    """Tasks of which two may be about one person."""
    pronouns: Mapping[str, str]
    """Words for somebody who was named before, with the word that puts the name behind."""

    @classmethod
    def of(cls, catalogue: Mapping[str, Any]) -> Self:
        return cls(
            frozenset(catalogue["of_nobody"]),
            frozenset(catalogue["of_somebody"]),
            frozenset(catalogue["questions"]) - frozenset(catalogue["single"]),
            frozenset(map(fold, catalogue["asking"])),
            frozenset(catalogue["conditions"]),
            frozenset(catalogue["of_the_same"]),
            {word: link for link, words in catalogue["pronouns"].items() for word in words},
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

    def completed(self, half: str, people: Sequence[str]) -> str:
        """Return a short second request with the name that its pronoun stands for."""
        tokens = tokenize(half)
        links = [self.pronouns[one.key] for one in tokens if one.key in self.pronouns]
        if not links or len(people) != 1 or len(tokens) > MOST_COMPLETED:
            return half
        return f"{half} {links[0]} {people[0]}"


def two_requests(
    text: str, entities: Iterable[Entity], wishes: Wishes, parse: Parse
) -> tuple[ParseResult, ...]:
    """Return the two parts of a message that makes two requests, else none."""
    cuts = min(MOST_CUTS, MOST_READ // max(1, len(text)))
    pairs = list(islice(_halves(text, list(entities), wishes), cuts))
    parts = parse([half for pair in pairs for half in pair])
    for pair, first, second in zip(pairs, parts[::2], parts[1::2], strict=True):
        if _topic(first) != _topic(second) and wishes.asks(first) and wishes.asks(second):
            whole = pair[1] in text
            if whole or {first.intent.name, second.intent.name} <= wishes.of_the_same:
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


def _halves(text: str, entities: list[Entity], wishes: Wishes) -> Iterator[tuple[str, str]]:
    cuts = [*_SENTENCES.finditer(text), *_CLAUSES.finditer(text)]
    outside = [
        cut
        for cut in cuts
        if not any(e.start < cut.end() and cut.start() < e.end for e in entities)
    ]
    people = [entity for entity in entities if entity.entity == "person"]
    for cut in outside:
        first, second = text[: cut.start()], text[cut.end() :]
        if min(len(first.split()), len(second.split())) >= FEWEST_WORDS:
            joined = cut[0].strip(" ,") and all(one.end <= cut.start() for one in people)
            named = [one.text for one in people] if joined else []
            yield first, wishes.completed(second, named)
