"""Masking at the intake: what is private is never written down as it was typed.

It is looked for in NFKC, and everything else is kept as it was typed
(`docs/decisions/0028-guesses-and-masks.md`).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from intents.secrets.numbers import GAP, Folded, Number, ascii_digits
from intents.secrets.private import Private
from intents.secrets.spoken_numbers import spoken_numbers
from storage.keys import Keys

_CODE = re.compile(rf"(?<!\d)\d{{4}}{GAP}\d{{4}}(?!\d)")
_STEP = re.compile(r"(?<=/)[A-Za-z0-9_-]{22,}(?![A-Za-z0-9_-])|(?<==)[A-Za-z0-9_.~%+-]{16,}")
"""A part of an address that may be what opens a page: whoever has it has the page."""
_PIECE = re.compile(r"[A-Za-z0-9]+")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_RANDOM = 12
"""Letters and digits that form no word and no number: so many are a token; where there are small
and capital letters, one is enough."""
_LENGTH = 8
_DATES: dict[tuple[int, ...], tuple[int, int, int]] = {(4, 2, 2): (0, 1, 2), (2, 2, 4): (2, 1, 0)}
"""Groups that may be a date, and which of them is the year, the month and the day."""
_FEW, _ALONE = 4, 3
"""So many digits may be part of a code; alone, fewer of them than among words."""
_CENTURY, _CENTURIES = 100, {19, 20}
_BRACKETS = str.maketrans({"⟨": "<", "⟩": ">"})
FindPrivate = Callable[[str], Sequence[Private]]


@dataclass(frozen=True, slots=True)
class Looked:
    """A text as it was typed, with what is private in it."""

    typed: str
    private: Sequence[Private]


@dataclass(frozen=True, slots=True)
class Mask:
    """What stands in the place of some characters of a text."""

    start: int
    end: int
    text: str

    def overlaps(self, mask: "Mask") -> bool:
        return self.start < mask.end and mask.start < self.end


@dataclass(frozen=True, slots=True)
class Masks:
    """Puts masks in place of what is private. Their brackets cannot be typed."""

    keys: Keys
    private: FindPrivate
    """Finds passwords, and the numbers of cards and people (`intents.secrets.private`)."""

    def look(self, typed: str) -> Looked:
        """Look at a text; that takes a moment, and needs no database."""
        return Looked(typed, self.private(typed))

    def mask(self, looked: Looked, *, awaited: bool = False) -> str:
        """Return a text as it may be kept.

        A password, a card's number, an account at a bank and a SIN become `⟨password⟩`, `⟨card⟩`,
        `⟨bank⟩`, `⟨sin⟩`, what opens one of our pages `⟨token⟩`; eight digits, in words too,
        `⟨code:DIGEST:SEALED⟩`, a keyed digest to verify with and what was typed, sealed. While a
        code or a number is awaited, a message with four digits or more (three, where there is
        nothing else) is sealed whole, as `⟨digits:SEALED⟩`.
        """
        private = [p for p in looked.private if not (awaited and _may_be_awaited(p))]
        masks = [Mask(p.start, p.end, f"⟨{p.kind}⟩") for p in private]
        masks += [Mask(*token.span(), "⟨token⟩") for token in _tokens(looked.typed)]
        rest = _masked(looked.typed, masks)
        if not awaited or not _may_be_part(Folded.of(rest).text):
            return _masked(looked.typed, [*masks, *self._codes(looked.typed)])
        told = "".join(dict.fromkeys(mask.text for mask in masks))
        return f"{told}⟨digits:{self.keys.seal(rest)}⟩"

    def _codes(self, typed: str) -> Iterator[Mask]:
        folded = Folded.of(typed)
        for match in _CODE.finditer(folded.text):
            yield self._code(typed, folded.typed(*match.span()), ascii_digits(match[0]))
        one_by_one = (n for n in folded.numbers(loosely=True) if len(n.groups) == len(n.digits))
        for number in (*folded.numbers(), *one_by_one, *spoken_numbers(folded.text)):
            code = _code_in(number)
            if code is not None:
                yield self._code(typed, folded.typed(number.start, number.end), code)

    def _code(self, typed: str, span: tuple[int, int], digits: str) -> Mask:
        start, end = span
        sealed = self.keys.seal(typed[start:end])
        return Mask(start, end, f"⟨code:{self.keys.candidate(digits)}:{sealed}⟩")


def _tokens(typed: str) -> Iterator[re.Match[str]]:
    """Yield what looks like a token in an address; words and numbers are names of pages."""
    for step in _STEP.finditer(typed):
        odd = sum(len(p) for p in _PIECE.findall(step[0]) if not _WORD.fullmatch(p))
        one_case = step[0] in {step[0].lower(), step[0].upper()}
        if odd >= (_RANDOM if one_case else 1):
            yield step


def _code_in(number: Number) -> str | None:
    """Return eight digits that stand alone in a number, or in groups of one length, but no date."""
    if len(number.digits) == _LENGTH:
        return None if _is_date(number.groups) else number.digits
    alike = ("".join(groups) for _, groups in groupby(number.groups, len))
    return next((digits for digits in alike if len(digits) == _LENGTH), None)


def _is_date(groups: Sequence[str]) -> bool:
    order = _DATES.get(tuple(map(len, groups)))
    if order is None:
        return False
    year, *rest = (int(groups[at]) for at in order)
    return any(_is_day(year, month, day) for month, day in (rest, rest[::-1]))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day).year // _CENTURY in _CENTURIES
    except ValueError:
        return False


def _may_be_part(text: str) -> bool:
    """Whether a message may be a code or a number, a part of one, or a slip at one."""
    worded = any(char.isalpha() for char in text)
    return len(ascii_digits(text)) >= (_FEW if worded else _ALONE)


def _may_be_awaited(private: Private) -> bool:
    """Whether it may be what was asked for: digits alone, and no card has so few."""
    return private.is_number and private.kind not in {"card", "bank"}


def _masked(typed: str, masks: Sequence[Mask]) -> str:
    """Return a text with masks in place; of those that overlap the first given stands."""
    stands = [m for at, m in enumerate(masks) if not any(m.overlaps(o) for o in masks[:at])]
    parts, end = [], 0
    for mask in sorted(stands, key=lambda mask: mask.start):
        parts += [typed[end : mask.start].translate(_BRACKETS), mask.text]
        end = mask.end
    return "".join([*parts, typed[end:].translate(_BRACKETS)])
