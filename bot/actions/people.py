"""Who is meant: a name, a nickname, a part of a name or a slip, in the household's own list.

Pure: the list comes from the household of the verified person, so that nothing is learned
about anybody else's.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Protocol, Self, TypeVar

import yaml
from rapidfuzz import fuzz

from bot.dialogue.words import fold
from storage.members import Member

CLOSE = 78.0
"""Of 100, how alike two spellings must be; "Huggo" is Hugo at 89, "Rosa" is not Rose's "Ross"."""

SHORTEST_PART = 2
CHOSEN = re.compile(r"id:(\d+)")
"""How a slot holds a person who was found: by number, for two may bear the same name."""

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "m", "mme", "mlle", "monsieur", "madame"})


class Somebody(Protocol):
    """Whoever has a name."""

    @property
    def first_name(self) -> str: ...

    @property
    def last_name(self) -> str: ...


SomebodyT = TypeVar("SomebodyT", bound=Somebody)


@dataclass(frozen=True, slots=True)
class Nicknames:
    """Which short forms stand for which names: `bot/actions/nicknames.yml`."""

    of_word: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls) -> Self:
        lines = yaml.safe_load(files("bot.actions").joinpath("nicknames.yml").read_text("utf-8"))
        found: dict[str, set[str]] = {}
        for words in lines:
            for word in words:
                found.setdefault(word, set()).update(words)
        return cls({word: frozenset(names) for word, names in found.items()})

    def alike(self, one: str, other: str) -> bool:
        return other in self.of_word.get(one, ())


def chosen(value: object, people: Iterable[Member]) -> Member | None:
    """Return the person whom a slot holds by number, if they are still there."""
    found = CHOSEN.fullmatch(str(value))
    number = int(found[1]) if found else None
    return next((one for one in people if one.id == number), None)


def as_choice(person: Member) -> str:
    return f"id:{person.id}"


def meant(said: str, people: Sequence[SomebodyT], nicknames: Nicknames) -> tuple[SomebodyT, ...]:
    """Return everybody who could be meant, by the best kind of likeness that anybody has."""
    words = _words(said)
    if not words:
        return ()
    kinds = (_is_called, _is_partly_called, _has_nickname, _is_nearly_called)
    found = (tuple(p for p in people if kind(words, p, nicknames)) for kind in kinds)
    return next((some for some in found if some), ())


def _is_called(words: list[str], person: Somebody, _: Nicknames) -> bool:
    """The whole name, the first name, or the last name."""
    first, last = _words(person.first_name), _words(person.last_name)
    return words in (first, last, first + last, last + first)


def _is_partly_called(words: list[str], person: Somebody, _: Nicknames) -> bool:
    """Every word begins a word of the name: "marie t" is Marie-Ève Tremblay."""
    parts = _name(person)
    long_enough = any(len(word) >= SHORTEST_PART for word in words)
    return long_enough and all(any(part.startswith(w) for part in parts) for w in words)


def _has_nickname(words: list[str], person: Somebody, nicknames: Nicknames) -> bool:
    first, parts = _words(person.first_name), _name(person)
    known = any(nicknames.alike(words[0], name) for name in first)
    return known and all(any(p.startswith(w) for p in parts) for w in words[1:])


def _is_nearly_called(words: list[str], person: Somebody, _: Nicknames) -> bool:
    said = " ".join(words)
    names = (person.first_name, f"{person.first_name} {person.last_name}")
    return any(fuzz.ratio(said, " ".join(_words(name))) >= CLOSE for name in names)


def _name(person: Somebody) -> list[str]:
    return _words(f"{person.first_name} {person.last_name}")


def _words(text: str) -> list[str]:
    """Return the words of a name, without accents, case, hyphens, titles or a final 's."""
    folded = re.sub(r"'s\b", "", fold(text))
    return [word for word in re.split(r"[\s'-]+", folded) if word and word not in _TITLES]
