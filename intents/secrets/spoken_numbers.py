"""Numbers that are said in words, whole or in part: "four one one one", "quarante et un onze"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Self

from intents.secrets.numbers import Number, ascii_digits
from intents.words.lexicon import merged
from intents.words.tokens import fold

_PIECE = re.compile(r"[^\W\d_]+|\d+")
_GAP = re.compile(r"[\s\-‐-―−.,;:/·_*|]{0,4}")
_FEWEST = 8
"""Digits of the shortest number that anybody looks for."""
_TENS = frozenset(map(str, range(20, 100, 10)))
_TEENS = frozenset(map(str, range(10, 20)))
_UP_TO_NINETEEN = frozenset({"60", "80"})
"""In French, what is behind these may go on to nineteen: "soixante-treize"."""
_BEHIND_TEN = frozenset("789")


@dataclass(frozen=True, slots=True)
class NumberWords:
    """What words say a digit, how often the next one is meant, and what may stand between."""

    digits: Mapping[str, str]
    times: Mapping[str, int]
    between: frozenset[str]

    @classmethod
    @cache
    def load(cls) -> Self:
        words = merged("numbers.yml")
        return cls(
            {fold(word): digit for digit, names in words["digits"].items() for word in names},
            {fold(word): int(many) for many, names in words["times"].items() for word in names},
            frozenset(map(fold, words["between"])),
        )


@dataclass(slots=True)
class _Run:
    """What is said in one go."""

    start: int = 0
    end: int = 0
    """Behind its last digit."""
    at: int = 0
    """Behind all that was said."""
    many: int = 1
    worded: bool = False
    said: list[str] = field(default_factory=list)

    def take(self, match: re.Match[str], known: NumberWords) -> bool:
        """Take the next word, if it belongs to a number."""
        key = fold(match[0])
        numeric = match[0][0].isdecimal()
        digits = ascii_digits(match[0]) if numeric else known.digits.get(key)
        between = key in known.times or (bool(self.said) and key in known.between)
        if digits is None and not between:
            return False
        if digits is not None:
            self.start = self.start if self.said else match.start()
            self.said.append(digits * self.many)
            self.end, self.worded = match.end(), self.worded or not numeric
        self.many, self.at = known.times.get(key, 1), match.end()
        return True

    def numbers(self) -> Iterator[Number]:
        """Yield the number in both ways to read it: "forty two" is 42, and 40 and 2."""
        readings = dict.fromkeys((tuple(self.said), tuple(_joined(self.said))))
        for groups in readings:
            if self.worded and sum(map(len, groups)) >= _FEWEST:
                yield Number(self.start, self.end, groups)


def spoken_numbers(text: str) -> Iterator[Number]:
    """Yield the numbers in which words are; one that is all in digits is none of these."""
    known, run = NumberWords.load(), _Run()
    for match in _PIECE.finditer(text):
        if _GAP.fullmatch(text, run.at, match.start()) is None:
            yield from run.numbers()
            run = _Run()
        if not run.take(match, known):
            yield from run.numbers()
            run = _Run()
    yield from run.numbers()


def _joined(said: list[str]) -> Iterator[str]:
    """Yield numbers as they are put together: 40, 2 is 42; 4, 20, 10, 7 is 97."""
    left = said[::-1]
    while left:
        first = left.pop()
        if first == "4" and left[-1:] == ["20"]:
            first = f"8{left.pop()[1:]}"
        if first in _TENS:
            yield str(int(first) + _behind(left, teens=first in _UP_TO_NINETEEN))
        else:
            yield f"1{left.pop()}" if first == "10" and _goes_on(left) else first


def _behind(left: list[str], *, teens: bool) -> int:
    """Take what belongs to the tens before it."""
    behind = left[-1] if left else "0"
    if behind != "0" and len(behind) == 1:
        return int(left.pop())
    if not teens or behind not in _TEENS:
        return 0
    left.pop()
    return int(f"1{left.pop()}" if behind == "10" and _goes_on(left) else behind)


def _goes_on(left: list[str]) -> bool:
    return bool(left) and left[-1] in _BEHIND_TEN
