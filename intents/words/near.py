"""The words of a list that are spelt nearly like another one, found without trying them all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

_BITS = 64
_PER_EDIT = 2
"""An edit takes at most one letter out of the set of letters of a word, and puts one in."""


@dataclass(frozen=True, slots=True)
class NearWords:
    """Words by the lengths that are at most one apart, each length with its sets of letters."""

    words: Mapping[int, list[str]]
    letters: Mapping[int, NDArray[np.uint64]]

    @classmethod
    def of(cls, words: Iterable[str], *, shortest: int) -> Self:
        """Return the index of `words`; of those within an edit their order is kept."""
        listed = list(words)
        longest = max(map(len, listed), default=0) + 2
        near = {
            length: [word for word in listed if abs(len(word) - length) <= 1]
            for length in range(shortest, longest)
        }
        sets = {
            length: np.array([_letters(word) for word in fitting], np.uint64)
            for length, fitting in near.items()
        }
        return cls(near, sets)

    def within(self, word: str, edits: int) -> list[tuple[int, str]]:
        """Return the words at most `edits` away, with how far; in their order."""
        letters = self.letters.get(len(word))
        if letters is None:
            return []
        differing = np.bitwise_count(letters ^ np.uint64(_letters(word)))
        words = self.words[len(word)]
        tried = [words[index] for index in np.flatnonzero(differing <= _PER_EDIT * edits)]
        distances = ((OSA.distance(word, known, score_cutoff=edits), known) for known in tried)
        return [(away, known) for away, known in distances if away <= edits]


def _letters(word: str) -> int:
    """Return the set of letters of a word as bits; letters that share a bit only cost a try."""
    bits = 0
    for char in word:
        bits |= 1 << (ord(char) % _BITS)
    return bits
