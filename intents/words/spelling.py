"""Mends slips of the finger before a message is classified: "factrue" is read as "facture".

Only words that nobody ever typed in an example, that are no name and stand in no entity, and that
one edit turns into a word that examples use. What a person wrote is never changed for people.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from intents.parse_result import Entity
from intents.words.near import NearWords
from intents.words.tokens import fold, tokenize

SHORTEST = 3
FEWEST_USES = 3


@dataclass(frozen=True, slots=True)
class Speller:
    """`near` finds words by their spelling, the most used first."""

    known: frozenset[str]
    forms: dict[str, str]
    near: NearWords

    @classmethod
    def of(cls, words: Sequence[str], known: frozenset[str]) -> Self:
        """Return the speller of `words`, most used first; those in `known` are never mended."""
        forms: dict[str, str] = {}
        for word in words:
            forms.setdefault(fold(word), word)
        return cls(known, forms, NearWords.of(forms, shortest=SHORTEST))

    def mend(self, text: str, entities: Iterable[Entity]) -> str:
        """Return `text` with its slips mended."""
        spans = [(entity.start, entity.end) for entity in entities]
        mended, end = [], 0
        for token in tokenize(text):
            if self._stands(token.key) or any(start <= token.start < stop for start, stop in spans):
                continue
            if near := self.near.within(token.key, 1):
                mended += [text[end : token.start], self.forms[near[0][1]]]  # the most used
                end = token.end
        return "".join([*mended, text[end:]])

    def knows_some(self, text: str) -> bool:
        """Whether a text has a word that examples use, or none at all (signs, pictures)."""
        keys = [token.key for token in tokenize(text)]
        return not keys or any(key in self.known or key in self.forms for key in keys)

    def _stands(self, key: str) -> bool:
        """Whether a word is left as it is: known, short, or no word."""
        is_word = len(key) >= SHORTEST and key.isalpha()
        return not is_word or key in self.known or key in self.forms


def words_in_use(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the words that several texts use, most used first, in their most common form."""
    forms: dict[str, Counter[str]] = {}
    for text in texts:
        for token in tokenize(text):
            if len(token.key) >= SHORTEST and token.key.isalpha():
                forms.setdefault(token.key, Counter())[token.text.lower()] += 1
    used = [counts for counts in forms.values() if counts.total() >= FEWEST_USES]
    ordered = sorted(used, key=lambda counts: (-counts.total(), min(counts)))
    return tuple(counts.most_common(1)[0][0] for counts in ordered)
