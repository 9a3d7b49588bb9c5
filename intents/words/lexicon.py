"""Word lists, read from `lexicon/<language>/*.yml`, and the one matcher of their words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Self

import yaml

from intents.words.tokens import REMEMBERED, stem, tokenize

_READ = (".py", ".yml")
_GAP = "_"
"""Where an entry parts: "let _ back" is "let Kevin back", "let my son back"."""
_WIDEST = 3
"""Words in a gap: somebody, or two."""
Phrase = tuple[str, ...]
Tags = Mapping[str, str]
"""What a span does, by kind: `{"act": "delete"}`, `{"yes": ""}`."""
Entries = tuple[tuple[int, Tags], ...]
"""What begins at a word: where each ends (exclusive), and what it does."""


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


@cache
def participles() -> tuple[str, ...]:
    """Return what participles end in, whose accents count."""
    return tuple(merged("endings.yml")["participles"])


@cache
def verbs() -> frozenset[str]:
    """Return the single words that do something, folded: no name begins with one of them."""
    said: set[str] = set()
    for language in languages():
        forms = read_yaml("lexicon", language, "endings.yml")["forms"]
        for name, listed in read_yaml("lexicon", language, "words.yml").items():
            if name.startswith("act."):
                said.update(listed.get("words", ()), _conjugated(listed, forms))
    words = (phrase(text, plain=True) for text in said)
    return frozenset(word[0] for word in words if len(word) == 1)


@lru_cache(maxsize=REMEMBERED)
def phrase(text: str, *, plain: bool = False) -> Phrase:
    """Return the words of a name as keys: stemmed, or `plain` as in `Token.key`."""
    return tuple(token.key if plain else stem(token.key) for token in tokenize(text))


@dataclass(frozen=True, slots=True)
class Parted:
    """What words do that stand around somebody."""

    before: Phrase
    behind: Phrase
    tags: Tags

    def behind_at(self, stems: Sequence[str], start: int, end: int) -> int | None:
        """Return where its second part stands, if its first one does at `start`."""
        first = start + len(self.before)
        if tuple(stems[start:first]) != self.before:
            return None
        places = range(first + 1, min(first + _WIDEST, end - len(self.behind)) + 1)
        length = len(self.behind)
        return next((at for at in places if tuple(stems[at : at + length]) == self.behind), None)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the words of one language do (`words.yml`)."""

    entries: Mapping[Phrase, Tags]
    lengths: Mapping[str, Sequence[int]]
    """How many words the entries have that begin with a word, the longest first."""
    words: Mapping[str, frozenset[Phrase]]
    """In which entries a word stands: what a misspelt word could stand for."""
    parted: Mapping[str, Sequence[Parted]]
    """By their first word, the longest first."""

    @classmethod
    def load(cls, language: str) -> Self:
        raw = read_yaml("lexicon", language, "words.yml")
        endings = read_yaml("lexicon", language, "endings.yml")
        said: defaultdict[str, set[str]] = defaultdict(set)
        entries: defaultdict[Phrase, dict[str, str]] = defaultdict(dict)
        parted: defaultdict[tuple[Phrase, Phrase], dict[str, str]] = defaultdict(dict)
        for name, listed in raw.items():
            kind, _, value = name.partition(".")
            verbs = _conjugated(listed, endings["forms"])
            for form, ends in endings["kinds"].items():
                said[form] |= {v for v in verbs if v.partition(" ")[0].endswith(tuple(ends))}
            for text in [*listed.get("words", ()), *verbs]:
                before, gap, behind = text.partition(_GAP)
                key = phrase(before) or (text[:1],)  # a pictograph, whatever its colour
                known = parted[key, phrase(behind)] if gap else entries[key]
                known.setdefault(kind, value)
        for form, texts in said.items():
            for text in texts:
                entries[phrase(text)].setdefault(form, "")
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for key in entries:
            lengths[key[0]].add(len(key))
        around: defaultdict[str, list[Parted]] = defaultdict(list)
        for (before, behind), tags in sorted(parted.items(), reverse=True):
            around[before[0]].append(Parted(before, behind, tags))
        standing = _standing_in([*entries, *(before + behind for before, behind in parted)])
        ordered = {word: sorted(those, reverse=True) for word, those in lengths.items()}
        return cls(dict(entries), ordered, standing, around)

    def matches(self, stems: Sequence[str], start: int, end: int) -> Iterator[tuple[int, Tags]]:
        """Return the ends (exclusive) and tags of the entries that start at `start`, longest first.

        None goes beyond `end`.
        """
        for length in self.lengths.get(stems[start], ()):
            last = start + length
            if last <= end and (tags := self.entries.get(tuple(stems[start:last]))):
                yield last, tags


def with_parted(
    entries: list[Entries], lexicons: Iterable[Lexicon], stems: Sequence[str], start: int, end: int
) -> None:
    """Mark what stands at `start` with its other part further on, before `end`.

    Nothing else is done in between, and no longer entry begins with its first part.
    """
    for parted in (each for lexicon in lexicons for each in lexicon.parted.get(stems[start], ())):
        first, behind = start + len(parted.before), parted.behind_at(stems, start, end)
        longer = any(over > first for over, _ in entries[start])
        if behind is None or longer or any(_acts(entries[at]) for at in range(first, behind)):
            continue
        entries[start] = ((first, parted.tags), *entries[start])
        entries[behind] = ((behind + len(parted.behind), {"filler": ""}),)
        return


def _acts(entries: Entries) -> bool:
    return any("act" in tags for _, tags in entries)


def _standing_in(entries: Iterable[Phrase]) -> Mapping[str, frozenset[Phrase]]:
    by_word: dict[str, set[Phrase]] = {}
    for key in entries:
        for word in key:
            by_word.setdefault(word, set()).add(key)
    return {word: frozenset(keys) for word, keys in by_word.items()}


def _conjugated(listed: Any, endings: Any) -> list[str]:
    """Return all forms of the verbs of a kind."""
    return [form for verb in listed.get("verbs", ()) for form in _forms(verb, endings)]


def _forms(verb: str, endings: Any) -> Iterator[str]:
    """Return all forms of a regular verb: by its longest ending that the language lists."""
    first, _, rest = verb.partition(" ")
    behind = f" {rest}" if rest else ""
    ending = max((listed for listed in endings if first.endswith(listed)), key=len, default="")
    base = first.removesuffix(ending)
    yield verb
    for form in endings.get(ending, ()):
        yield f"{base}{form.replace('=', base[-1:])}{behind}"
