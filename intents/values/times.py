"""Words for days, hours and lengths of time, from `lexicon/<language>/times.yml`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, NamedTuple, Self

from intents.words.lexicon import languages, read_yaml
from intents.words.slips import spelt_out
from intents.words.tokens import Token, tokenize

_ATOM = re.compile(r"\d+|[^\W\d_]+")
_JOINTS = (":", "-", "/", ".")
"""What may stand between two numbers of an hour or a date."""
DIGITS, JOINT = "digits", "joint"
_LISTS = ("idle", "article", "closing", "at", "hour", "am", "pm", "ordinal", "last")
_MAPS = ("units", "numbers", "days", "parts", "weekdays", "months")
_READINGS = ("until", "lasting", "limiting", "open", "lasting_number")
Phrase = tuple[str, ...]


class Item(NamedTuple):
    """Some words of a time: what they are, and which one."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Times:
    """The words of one language, with those of the others where they mean nothing in it."""

    begins: Mapping[str, frozenset[Phrase]]
    """What leads to an end, by how it is read: "until", "lasting", "limiting", "open"."""
    delays: frozenset[Phrase]
    leads_on: frozenset[Phrase]
    articles: frozenset[str]
    words: Mapping[Phrase, frozenset[Item]]
    longest: int
    first: frozenset[str]
    """The first atoms of what leads to an end."""
    names: frozenset[str]
    """The first atoms of words for a time itself."""

    @classmethod
    def load(cls, language: str) -> Self:
        raw = {code: read_yaml("lexicon", code, "times.yml") for code in languages()}
        words: dict[Phrase, frozenset[Item]] = {}
        for code in sorted(raw, key=lambda code: code == language):  # its own words last: they win
            words |= _words(raw[code])
        own = raw[language]
        begins = {name: frozenset(map(atoms_of, own[name])) for name in _READINGS}
        return cls(
            begins,
            frozenset(map(atoms_of, own["delays"])),
            frozenset(map(atoms_of, own["leads_on"])),
            frozenset(own["article"]),
            words,
            max(map(len, words)),
            frozenset(phrase[0] for phrases in begins.values() for phrase in phrases),
            frozenset(phrase[0] for phrase in words),
        )

    def may_name(self, atom: str) -> bool:
        """Whether words for a time may begin with an atom."""
        return atom.isdecimal() or atom in self.names

    def items(self, atoms: Sequence[str]) -> Iterator[tuple[frozenset[Item], int]]:
        """Read atoms from the first on, the longest words first, as long as they are of a time."""
        at = 0
        while at < len(atoms):
            if atoms[at].isdecimal() or atoms[at] in _JOINTS:
                kind = DIGITS if atoms[at].isdecimal() else JOINT
                at += 1
                yield frozenset({Item(kind, atoms[at - 1])}), at
                continue
            ends = range(min(at + self.longest, len(atoms)), at, -1)
            end = next((end for end in ends if tuple(atoms[at:end]) in self.words), None)
            if end is None:
                return
            yield self.words[tuple(atoms[at:end])], end
            at = end

    def begun(self, reading: str, atoms: Sequence[str]) -> int:
        """Return how many atoms lead to an end that is read so; 0 where none does."""
        begun = max(
            (len(p) for p in self.begins[reading] if tuple(atoms[: len(p)]) == p), default=0
        )
        if reading != "lasting" or begun:
            return begun
        number = self.begun("lasting_number", atoms)  # "4 2 weeks"
        return number if number and self.is_length(atoms[number:]) else 0

    def is_length(self, atoms: Sequence[str]) -> bool:
        """Whether atoms begin with a length of time: "3 days", not "Monday"."""
        first = [meant for meant, _ in islice(self.items(atoms), 2)]
        return len(first) > 1 and counts(*first)


def counts(number: frozenset[Item], unit: frozenset[Item]) -> bool:
    """Whether it is a number of units: "two weeks"."""
    counted = any(item.kind in {"numbers", DIGITS} for item in number)
    return counted and any(item.kind == "units" for item in unit)


@cache
def times() -> Mapping[str, Times]:
    """Return the words by language."""
    return {language: Times.load(language) for language in languages()}


def _words(raw: Mapping[str, Any]) -> dict[Phrase, frozenset[Item]]:
    words: dict[Phrase, set[Item]] = {}
    for kind in _LISTS:
        for text in raw[kind]:
            words.setdefault(atoms_of(text), set()).add(Item(kind, ""))
    for kind in _MAPS:
        for value, texts in raw[kind].items():
            for text in texts:
                words.setdefault(atoms_of(text), set()).add(Item(kind, value))
    return {phrase: frozenset(items) for phrase, items in words.items()}


def first_atom(key: str) -> str:
    """Return the word or number that a token begins with; empty where it begins with a sign."""
    return (_ATOM.match(key) or [""])[0]


def atoms_of(text: str) -> Phrase:
    """Return words and numbers, folded: "18h30" is 18, h, 30; a joint only between numbers."""
    return tuple(atom for atom, _ in placed_atoms(tokenize(text)))


def placed_atoms(tokens: Sequence[Token]) -> Iterator[tuple[str, int]]:
    """Yield the same with the token that each belongs to."""
    for at, token in enumerate(tokens):
        between = at and tokens[at - 1].key[-1:].isdecimal() and token.key[:1].isdecimal()
        if between and token.gap in _JOINTS:
            yield token.gap, at
        for atom in _ATOM.findall(spelt_out(token.key)):
            yield atom, at
