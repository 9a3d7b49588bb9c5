"""From a text to the numbers that the classifier weighs."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from intents.parse_result import Entity
from intents.values.phrases import MODAL
from intents.words.lexicon import languages, read_yaml
from intents.words.tokens import fold

Vector = NDArray[np.float32]

CHARACTER_GRAMS = (2, 4)
_REMEMBERED = 4096
"""Words whose runs of characters are remembered: most of a message is everybody's."""
_WORD = re.compile(r"\w+|[?!\u2190-\u2bff\U0001f000-\U0001faff]")


@dataclass(frozen=True, slots=True)
class View:
    """A text as the classifier sees it.

    `prose` is for the sentence encoder: people, addresses and numbers of this one message replaced
    by stand-ins of the same kind, in small letters, since the encoder takes capitals for names.
    `terms` is for TF-IDF: the text with stand-ins for names alone, and a mark for each entity.
    """

    prose: str
    terms: str

    @classmethod
    def of(cls, text: str, entities: Sequence[Entity]) -> Self:
        prose = terms = text
        for entity in sorted(entities, key=lambda entity: entity.start, reverse=True):
            if stand_in := _STAND_INS.get(_kind(entity)):
                terms = f"{terms[: entity.start]}{stand_in}{terms[entity.end :]}"
            if stand_in := stand_in or _relation(entity):
                prose = f"{prose[: entity.start]}{stand_in}{prose[entity.end :]}"
        marks = (f"{_MARK}{_kind(entity)}" for entity in entities if entity.extractor != MODAL)
        return cls(prose.lower(), " ".join([terms, *marks]))


def words_of(text: str) -> list[str]:
    """Return the folded words, question marks, pictures, and the pairs of neighbours."""
    words = _WORD.findall(fold(text))
    return [*words, *(f"{left} {right}" for left, right in pairwise(words))]


def characters_of(text: str) -> list[str]:
    """Return the runs of 2 to 4 characters inside each word, its edges marked by a space."""
    return [run for word in _WORD.findall(fold(text)) for run in _runs(word)]


@lru_cache(maxsize=_REMEMBERED)
def _runs(word: str) -> tuple[str, ...]:
    shortest, longest = CHARACTER_GRAMS
    padded = f" {word} "
    return tuple(
        padded[start : start + size]
        for size in range(shortest, longest + 1)
        for start in range(max(1, len(padded) - size + 1))
    )


def places_of_words(index: Mapping[str, int]) -> Callable[[str], Iterable[int]]:
    """Return what finds the indices of the `words_of` a text."""
    return lambda text: (index[term] for term in words_of(text) if term in index)


def places_of_characters(index: Mapping[str, int]) -> Callable[[str], Iterable[int]]:
    """Return what finds the indices of the `characters_of` a text: word by word, remembered."""

    @lru_cache(maxsize=_REMEMBERED)
    def places(word: str) -> tuple[int, ...]:
        return tuple(index[run] for run in _runs(word) if run in index)

    return lambda text: chain.from_iterable(map(places, _WORD.findall(fold(text))))


@dataclass(frozen=True, slots=True)
class TermWeights:
    """A fitted TF-IDF vocabulary: sublinear counts, smooth idf, unit length.

    The arithmetic is scikit-learn's `TfidfVectorizer`, whose import costs up to five seconds cold
    and 90 MB: training uses the library, and these lines let the running bot do without it. A test
    holds the two together.
    """

    places_of: Callable[[str], Iterable[int]]
    """The indices of the known terms of a text, as often as it has them."""
    idf: Vector

    def transform(self, text: str) -> tuple[NDArray[np.intp], Vector]:
        """Return the indices of the known terms of `text` and their weights."""
        counts = Counter(self.places_of(text))
        places = np.fromiter(counts.keys(), np.intp, len(counts))
        times = np.fromiter(counts.values(), np.float32, len(counts))
        weights = (1 + np.log(times)) * self.idf[places]
        length = float(np.sqrt(weights @ weights))
        return places, weights / length if length else weights


_MARK = "entity_"
_STAND_INS = {"email": "email@example.com", "phone": "5145551234", "name": "Marie"}


@cache
def _relations() -> Mapping[str, str]:
    """Return the relation that stands for all, by the possessives of its language."""
    people = [read_yaml("lexicon", language, "people.yml") for language in languages()]
    return {mine: words["stand_in"] for words in people for mine in words["possessives"]}


def _relation(entity: Entity) -> str | None:
    """Return the relation that stands for all: whose son or aunt it is changes no wish.

    Where nothing says which language it is in ("mom"), it is that of the first.
    """
    if _kind(entity) != "relation":
        return None
    possessive, known = entity.text.partition(" ")[0].lower(), _relations()
    return known.get(possessive, next(iter(known.values())))


def _kind(entity: Entity) -> str:
    """Return what tells intents apart: name or relation, given or taken, else the entity."""
    if entity.entity == "person":
        return "name" if entity.extractor == "names" else "relation"
    return entity.value if entity.entity == "right_change" else entity.entity
