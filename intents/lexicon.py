"""Word lists, read from `lexicon/<language>/*.yml`, and the one matcher of their words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Self

import yaml

from intents.tokens import stem, tokenize

_READ = (".py", ".yml")
Phrase = tuple[str, ...]
Tags = Mapping[str, str]
"""What a span does, by kind: `{"act": "delete"}`, `{"yes": ""}`."""


def room_files() -> tuple[Traversable, ...]:
    """Return the code, word lists and training data of this room in a fixed order."""
    below = _below(files("intents"))
    return tuple(sorted((f for f in below if f.name.endswith(_READ)), key=str))


def _below(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _below(entry)
        else:
            yield entry


@cache
def languages() -> tuple[str, ...]:
    """Return the languages of the room, the default first: the folders of its lexicon."""
    folders = files("intents").joinpath("lexicon").iterdir()
    names = [folder.name for folder in folders if folder.is_dir()]
    first = read_yaml("catalogue.yml")["language"]
    return tuple(sorted(names, key=lambda name: (name != first, name)))


def read_yaml(*path: str) -> Any:
    """Return the content of a YAML file of this room."""
    return parse_yaml(files("intents").joinpath(*path).read_text(encoding="utf-8"))


def parse_yaml(source: str) -> Any:
    """Return YAML as lists, dictionaries and strings: to other loaders "no" and "on" are booleans.

    libyaml's loader, where there is one, is ten times as fast.
    """
    loader: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(source, Loader=loader)  # noqa: S506  this loader makes nothing but strings


@cache
def merged(name: str) -> Any:
    """Return a list file of all languages as one: dictionaries joined, lists put end to end."""
    return _joined([read_yaml("lexicon", language, name) for language in languages()])


def _joined(parts: Sequence[Any]) -> Any:
    if not isinstance(parts[0], Mapping):
        return [entry for part in parts for entry in part]
    keys = dict.fromkeys(key for part in parts for key in part)
    return {key: _joined([part[key] for part in parts if key in part]) for key in keys}


def phrase(text: str, *, plain: bool = False) -> Phrase:
    """Return the words of a name as keys: stemmed, or `plain` as in `Token.key`."""
    return tuple(token.key if plain else stem(token.key) for token in tokenize(text))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the words of one language do (`words.yml`)."""

    entries: Mapping[Phrase, Tags]
    longest: Mapping[str, int]
    """Words of the longest entry, by its first word."""
    words: Mapping[str, frozenset[Phrase]]
    """In which entries a word stands: what a misspelt word could stand for."""

    @classmethod
    def load(cls, language: str) -> Self:
        raw = read_yaml("lexicon", language, "words.yml")
        endings = read_yaml("lexicon", language, "endings.yml")
        entries: dict[Phrase, dict[str, str]] = {}
        for name, listed in raw.items():
            kind, _, value = name.partition(".")
            verbs = [form for verb in listed.get("verbs", ()) for form in _forms(verb, endings)]
            for text in [*listed.get("words", ()), *verbs]:
                key = phrase(text) or (text[:1],)  # a pictograph, whatever its colour
                entries.setdefault(key, {}).setdefault(kind, value)
        longest: dict[str, int] = {}
        for key in entries:
            longest[key[0]] = max(longest.get(key[0], 0), len(key))
        return cls(entries, longest, _standing_in(entries))

    def matches(self, stems: Sequence[str], start: int, end: int) -> Iterator[tuple[int, Tags]]:
        """Return the ends (exclusive) and tags of the entries that start at `start`, longest first.

        None goes beyond `end`.
        """
        most = min(self.longest.get(stems[start], 0), end - start)
        for length in range(most, 0, -1):
            if tags := self.entries.get(tuple(stems[start : start + length])):
                yield start + length, tags


def _standing_in(entries: Iterable[Phrase]) -> Mapping[str, frozenset[Phrase]]:
    by_word: dict[str, set[Phrase]] = {}
    for key in entries:
        for word in key:
            by_word.setdefault(word, set()).add(key)
    return {word: frozenset(keys) for word, keys in by_word.items()}


def _forms(verb: str, endings: Any) -> Iterator[str]:
    """Return all forms of a regular verb: by its longest ending that the language lists."""
    first, _, rest = verb.partition(" ")
    behind = f" {rest}" if rest else ""
    ending = max((listed for listed in endings if first.endswith(listed)), key=len, default="")
    base = first.removesuffix(ending)
    yield verb
    for form in endings.get(ending, ()):
        yield f"{base}{form.replace('=', base[-1:])}{behind}"
