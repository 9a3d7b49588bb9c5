"""Whom of a household some words name: a name, a part of it, a nickname or a slip.

Pure: the list comes from the household of the person who has proved who they are, so that nothing
is learned about anybody else's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, Self, TypeVar

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from intents.words.lexicon import read_yaml
from intents.words.tokens import Token, keys_of

CLOSE = 78.0
"""Of 100, how alike two spellings must be; "Huggo" is Hugo at 89, "Ross" is not Rose's."""

SHORTEST_PART = 2
SHORTEST_SLIP = 4
LONG_WORD = 7
LONGEST_NAME = 5


class Somebody(Protocol):
    """Whoever has a name."""

    @property
    def first_name(self) -> str: ...

    @property
    def last_name(self) -> str: ...


SomebodyT = TypeVar("SomebodyT", bound=Somebody)
Names = Sequence[str]


@dataclass(frozen=True, slots=True)
class Nicknames:
    """Which short forms stand for which names (`lexicon/nicknames.yml`)."""

    of_word: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls) -> Self:
        of_word: dict[str, set[str]] = {}
        for words in read_yaml("lexicon", "nicknames.yml"):
            for word in words:
                of_word.setdefault(word, set()).update(words)
        return cls({word: frozenset(names) for word, names in of_word.items()})

    def alike(self, word: str, names: Iterable[str]) -> bool:
        """Whether a word is short for one of some names, or one of them for it."""
        known = self.of_word.get(word)
        return known is not None and not known.isdisjoint(names)


@dataclass(frozen=True, slots=True)
class Called(Generic[SomebodyT]):
    """People with the words of their first and last names, made once for all words of a message."""

    names: Sequence[tuple[SomebodyT, tuple[str, ...], tuple[str, ...]]]
    beginnings: frozenset[str]
    """The words that a first or a last name begins with."""

    @classmethod
    def of(cls, people: Iterable[SomebodyT]) -> Self:
        names = [(person, *_names(person)) for person in people]
        begin = (part for _, first, last in names for part in (*first[:1], *last[:1]))
        return cls(names, frozenset(begin))


@dataclass(frozen=True, slots=True)
class Household:
    """Finds the people of a household by what they are called."""

    nicknames: Nicknames

    def meant(self, said: str, people: Sequence[SomebodyT]) -> tuple[SomebodyT, ...]:
        """Return everybody who could be meant, by the best kind of likeness that anybody has."""
        words = keys_of(said.removesuffix("'s").removesuffix("’s"))
        if not words:
            return ()
        kinds: tuple[Callable[[Names, Names, Names], bool], ...] = (
            _is_called, _is_partly_called, self._has_nickname, _is_nearly_called,
        )  # fmt: skip
        for kind in kinds:
            if called := tuple(p for p in people if kind(words, *_names(p))):
                return called
        return ()

    def named(
        self,
        tokens: Sequence[Token],
        start: int,
        people: "Called[SomebodyT]",
        *,
        known: bool,
        asked: bool = False,
    ) -> tuple[int, tuple[SomebodyT, ...]] | None:
        """Return where a name that starts at a token ends, and whose it can be.

        A word that is `known` to mean something else is a name only where it is spelt like one,
        or where whom is `asked` and it is short for one ("kev").
        """
        names, word = people.names, tokens[start].key
        if word in people.beginnings:
            keys = [token.key for token in tokens[start : start + LONGEST_NAME]]
            for length in range(len(keys), 0, -1):
                words = keys[:length]
                if called := tuple(p for p, *name in names if _is_called(words, *name)):
                    return start + length, called
        if known or len(word) < SHORTEST_PART or not word[0].isalpha():
            if not asked:
                return None
            short = tuple(p for p, *name in names if self._has_nickname([word], *name))
            return (start + 1, short) if short else None
        owners = [word, word.removesuffix("s")] if len(word) >= SHORTEST_SLIP else [word]
        called = tuple(p for p, first, _ in names if first == (owners[-1],))
        called = called or tuple(p for p, first, _ in names if _begins(word, first))
        called = called or tuple(p for p, *name in names if self._has_nickname([word], *name))
        called = called or tuple(p for p, *name in names if _is_a_slip(word, *name))
        return (start + 1, called) if called else None

    @staticmethod
    def family(word: str, people: "Called[SomebodyT]") -> tuple[SomebodyT, ...]:
        """Return those whose last name a word says with the ending of several: "Haddads".

        "Thomas" is whoever is called so, and not the family Thoma.
        """
        several = len(word) >= SHORTEST_SLIP and word.endswith("s")
        several = several and word not in people.beginnings
        return tuple(p for p, _, last in people.names if several and last == (word[:-1],))

    def _has_nickname(self, words: Names, first: Names, last: Names) -> bool:
        if not self.nicknames.alike(words[0], first):
            return False
        parts = [*first, *last]
        return all(any(p.startswith(w) for p in parts) for w in words[1:])


def _names(person: Somebody) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return keys_of(person.first_name), keys_of(person.last_name)


def _is_called(words: Names, first: Names, last: Names) -> bool:
    """The whole name, the first name, or the last name."""
    return tuple(words) in (first, last, (*first, *last), (*last, *first))


def _is_partly_called(words: Names, first: Names, last: Names) -> bool:
    """Every word begins a word of the name: "marie t" is Marie-Ève Tremblay."""
    parts = [*first, *last]
    long_enough = any(len(word) >= SHORTEST_PART for word in words)
    return long_enough and all(any(part.startswith(w) for part in parts) for w in words)


def _is_nearly_called(words: Names, first: Names, last: Names) -> bool:
    said = " ".join(words)
    return any(fuzz.ratio(said, " ".join(name)) >= CLOSE for name in (first, (*first, *last)))


def _begins(word: str, first: Names) -> bool:
    """A word of a double name ("marc" of Marc-André), or the beginning of one ("alex")."""
    return word in first or (
        len(word) > SHORTEST_PART and any(name.startswith(word) for name in first[:1])
    )


def _is_a_slip(word: str, first: Names, last: Names) -> bool:
    allowed = 2 if len(word) >= LONG_WORD else 1
    names: Iterable[str] = (*first, "".join(first), *last)
    return len(word) >= SHORTEST_SLIP and any(
        len(name) >= SHORTEST_SLIP and OSA.distance(word, name, score_cutoff=allowed) <= allowed
        for name in names
    )
