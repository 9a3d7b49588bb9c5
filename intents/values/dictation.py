"""E-mail addresses said aloud: "x dot y at gmail dot com", "ginette arobase exemple point ca"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from intents.words.lexicon import merged
from intents.words.tokens import fold

_LITERAL = "@._+-"
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or a sign (`mark`), written or `spoken`."""

    text: str
    mark: str
    start: int
    end: int
    spoken: bool


@dataclass(frozen=True, slots=True)
class Dictation:
    """Reads dictated addresses; walks outwards from each "at", so the cost is linear."""

    pieces: re.Pattern[str]
    signs: dict[str, str]
    ambiguous: frozenset[str]
    ordinary: frozenset[str]
    """Words of "look at example.com", which is no address."""
    telling: re.Pattern[str]
    """The spoken signs, folded, of which every dictated address has one."""
    ats: frozenset[frozenset[str]]
    """The words of each spoken "@": without them no message has to be searched for the others."""

    @classmethod
    def load(cls, ordinary: frozenset[str]) -> Self:
        spoken_email = merged("spoken_email.yml")
        words = spoken_email["marks"]
        signs = {fold(word): mark for mark, names in words.items() for word in names}
        longest_first = sorted((w for spoken in words.values() for w in spoken), key=len)[::-1]
        ambiguous = frozenset(spoken_email["ambiguous"])
        return cls(
            re.compile(rf"{_any_of(longest_first)}|[{_LITERAL}]|[^\W_]+", re.IGNORECASE),
            signs,
            ambiguous,
            ordinary,
            re.compile(_any_of(sorted(signs))),
            frozenset(_words(sign) for sign in words["@"]),
        )

    def read(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and the written form of each dictated address of `text`."""
        said = _words(text)
        if "@" not in text and not any(words <= said for words in self.ats):
            return
        if not self.telling.search(fold(text)):
            return
        pieces = [self._piece(match) for match in self.pieces.finditer(text)]
        for middle, piece in enumerate(pieces):
            if piece.mark != "@":
                continue
            first = _reach(pieces, middle, -1)
            last = _reach(pieces, middle, +1)
            address = pieces[first : last + 1]
            certain = piece.spoken and fold(piece.text) not in self.ambiguous
            plain = fold(pieces[middle - 1].text) in self.ordinary if middle else True
            signs = sum(part.spoken for part in address) > 1 or middle - first > 1
            told = certain or signs or not plain
            if told and first < middle < last:
                yield address[0].start, address[-1].end, "".join(p.mark or p.text for p in address)

    def _piece(self, match: re.Match[str]) -> Piece:
        text = match.group()
        spoken = self.signs.get(fold(text))
        mark = spoken or (text if text in _LITERAL else "")
        return Piece(text, mark, match.start(), match.end(), spoken=spoken is not None)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))


def _any_of(signs: Sequence[str]) -> str:
    """Return a pattern for signs that no letter touches, unless they are in brackets themselves."""
    alone = "|".join(re.escape(sign) for sign in signs if sign[0].isalnum())
    return "|".join(
        [
            rf"(?<![^\W_])(?:{alone})(?![^\W_])",
            *(re.escape(sign) for sign in signs if not sign[0].isalnum()),
        ]
    )


def _reach(pieces: Sequence[Piece], middle: int, step: int) -> int:
    """Return the index of the outermost word joined to the "at" by signs, in one direction."""
    edge = middle
    while 0 <= edge + step < len(pieces) and not pieces[edge + step].mark:
        edge += step
        joint = edge + step
        if step < 0 and joint >= 0 and pieces[edge].text.isdigit() and not pieces[joint].mark:
            edge = joint
        if not 0 <= joint + step < len(pieces) or not _joins(pieces, joint):
            break
        edge = joint
    return edge


def _joins(pieces: Sequence[Piece], index: int) -> bool:
    """Tell whether a sign joins its neighbours: a written one must touch both."""
    sign = pieces[index]
    if sign.mark in ("", "@") or pieces[index - 1].mark or pieces[index + 1].mark:
        return False
    touches = pieces[index - 1].end == sign.start and sign.end == pieces[index + 1].start
    return sign.spoken or touches
