"""Numbers in a message, in whatever script and grouping they were typed.

They are looked for in NFKC, which makes "１", "①" and "¹" the digit 1, and without what nobody
sees (joiners, keycaps); each character remembers where it was typed, so that what was typed can be
kept as it is.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

GAP = r"[\s\-‐-―−.·_]{0,3}"
"""What may stand between the digits of one number."""
_NUMBER = re.compile(rf"\d(?:{GAP}\d)*")
_LOOSE = re.compile(r"\d(?:[^\w]{0,3}_?\d)*")
"""The same, with whatever signs between them."""
_GROUP = re.compile(r"\d+")
_WITH_DIGITS = re.compile(r"\S*\d\S*")
_UNSEEN = frozenset({"Mn", "Me", "Cf", "Cs"})
_LONGEST = 4
"""A sign that becomes a whole sentence of letters is left as it is."""
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is looked at, and where each of its characters stands in what was typed."""

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, typed: str) -> Self:
        if typed.isascii():
            return cls(typed, tuple(range(len(typed))))
        parts = [_folded(char) for char in typed]
        places = (index for index, part in enumerate(parts) for _ in part)
        return cls("".join(parts), tuple(places))

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """Return where some characters of `text` were typed: the first, and behind the last."""
        return self.places[start], self.places[end - 1] + 1

    def numbers(self, *, loosely: bool = False) -> Iterator["Number"]:
        """Yield its numbers; `loosely` with any signs between the digits, not those of a number."""
        for match in (_LOOSE if loosely else _NUMBER).finditer(self.text):
            groups = map(ascii_digits, _GROUP.findall(match[0]))
            yield Number(match.start(), match.end(), tuple(groups))


@dataclass(frozen=True, slots=True)
class Number:
    """Digits that belong together: where they stand, and the groups they were typed in."""

    start: int
    end: int
    groups: tuple[str, ...]

    @property
    def digits(self) -> str:
        return "".join(self.groups)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed while a code or a number was awaited: its numbers, and its words."""

    numbers: tuple[str, ...]
    words: str
    """Without anything that has a digit in it."""

    @classmethod
    def of(cls, typed: str) -> Self:
        folded = Folded.of(typed)
        numbers = tuple(number.digits for number in folded.numbers())
        return cls(numbers, " ".join(_WITH_DIGITS.sub(" ", folded.text).split()))

    @property
    def digits(self) -> str:
        return "".join(self.numbers)

    def has_several(self, length: int) -> bool:
        """Whether more than one of its numbers has so many digits."""
        return sum(len(number) == length for number in self.numbers) > 1

    def candidate(self, length: int) -> str | None:
        """Return the one number of so many digits that a message gives; None: none, or several.

        All its digits together, however they are grouped, or the only number of that length.
        """
        if len(self.digits) == length:
            return self.digits
        fitting = [number for number in self.numbers if len(number) == length]
        return fitting[0] if len(fitting) == 1 else None


def ascii_digits(text: str) -> str:
    """Return the digits of any script as ASCII: `"١٢٣٤ 5678"` → `"12345678"`."""
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())


@lru_cache(maxsize=_REMEMBERED)
def _folded(char: str) -> str:
    if unicodedata.category(char) in _UNSEEN:
        return ""
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) <= _LONGEST or any(map(str.isdecimal, folded)) else char
