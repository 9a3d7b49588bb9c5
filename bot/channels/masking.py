"""Masking at the intake: what is private is never written down as it was typed.

It is looked for in NFKC, and everything else is kept as it was typed
(`docs/decisions/0028-guesses-and-masks.md`).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from intents.numbers import GAP, Folded, ascii_digits
from intents.private import Private
from storage.keys import Keys

_CODE = re.compile(rf"(?<!\d)\d{{4}}{GAP}\d{{4}}(?!\d)")
_FEW, _ALONE = 4, 3
"""So many digits may be part of a code; alone, fewer of them than among words."""
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
    """Finds passwords, and the numbers of cards and people (`intents.private`)."""

    def look(self, typed: str) -> Looked:
        """Look at a text; that takes a moment, and needs no database."""
        return Looked(typed, self.private(typed))

    def mask(self, looked: Looked, *, awaited: bool = False) -> str:
        """Return a text as it may be kept.

        A password, a card's number and a SIN become `⟨password⟩`, `⟨card⟩`, `⟨sin⟩`; eight digits
        `⟨code:DIGEST:SEALED⟩`, a keyed digest to verify with and the digits, sealed. While a code
        or a number is awaited, a message with four digits or more (three, where there is nothing
        else) is sealed whole, as `⟨digits:SEALED⟩`.
        """
        private = [p for p in looked.private if not (awaited and _may_be_awaited(p))]
        masks = [Mask(p.start, p.end, f"⟨{p.kind}⟩") for p in private]
        if not awaited:
            return _masked(looked.typed, [*masks, *self._codes(looked.typed)])
        rest = _masked(looked.typed, masks)
        if not _may_be_part(Folded.of(rest).text):
            return rest
        told = "".join(dict.fromkeys(mask.text for mask in masks))
        return f"{told}⟨digits:{self.keys.seal(rest)}⟩"

    def _codes(self, typed: str) -> Iterator[Mask]:
        folded = Folded.of(typed)
        for code in _CODE.finditer(folded.text):
            start, end = folded.typed(*code.span())
            digest = self.keys.code_digest(ascii_digits(code[0]))
            yield Mask(start, end, f"⟨code:{digest}:{self.keys.seal(typed[start:end])}⟩")


def _may_be_part(text: str) -> bool:
    """Whether a message may be a code or a number, a part of one, or a slip at one."""
    worded = any(char.isalpha() for char in text)
    return len(ascii_digits(text)) >= (_FEW if worded else _ALONE)


def _may_be_awaited(private: Private) -> bool:
    """Whether it may be what was asked for: digits alone, and no card has so few."""
    return private.is_number and private.kind != "card"


def _masked(typed: str, masks: Sequence[Mask]) -> str:
    """Return a text with masks in place; of those that overlap the first given stands."""
    stands = [m for at, m in enumerate(masks) if not any(m.overlaps(o) for o in masks[:at])]
    parts, end = [], 0
    for mask in sorted(stands, key=lambda mask: mask.start):
        parts += [typed[end : mask.start].translate(_BRACKETS), mask.text]
        end = mask.end
    return "".join([*parts, typed[end:].translate(_BRACKETS)])
