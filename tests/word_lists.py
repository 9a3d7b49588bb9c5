"""Finds lists of words that are no matter of the bot: its words stand in `intents/lexicon`.

A collection (of a YAML file, or of literals in Python) is a list of words where two of its entries
are words that the lexicon has, and no names of anything (kinds, intents, slots). Much that is
plain English is a name in code as well: of single English words only those that steer count.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from intents.words.lexicon import Lexicon, languages, phrase, read_yaml

FEWEST = 2
STEERING = frozenset({"alarm", "cancel", "control", "danger", "hedge", "no", "wait", "want", "yes"})


_WORDS = re.compile(r"[\w '’-]+")


class WordLists:
    """Knows the words of the lexicon, and the names that look like words."""

    def __init__(self, names: Iterable[str]) -> None:
        self._lexicons = {language: Lexicon.load(language) for language in languages()}
        kinds = (kind for language in languages() for kind in _kinds(language))
        self._names = {*names, *kinds}

    def in_python(self, source: str) -> list[tuple[int, str]]:
        """Return the word lists of a module, by line."""
        found = []
        for node in ast.walk(ast.parse(source)):
            match node:
                case ast.List(elts=entries) | ast.Set(elts=entries) | ast.Tuple(elts=entries):
                    texts = _texts(entries)
                case ast.Dict(keys=keys, values=values) if all(map(_is_fixed, values)):
                    texts = _texts(key for key in keys if key is not None)
                case ast.Constant(value=str(text)) if "|" in text:
                    texts = [part.strip(" ()\\b") for part in text.split("|")]  # a pattern
                case _:
                    continue
            if self._is_word_list(texts):
                found.append((node.lineno, ast.unparse(node)))
        return found

    def in_yaml(self, source: str) -> list[str]:
        """Return the word lists of a document."""
        found = [some for some in _collections(yaml.safe_load(source)) if self._is_word_list(some)]
        return [str(some) for some in found]

    def _is_word_list(self, entries: Iterable[str]) -> bool:
        return sum(self._is_word(entry) for entry in entries) >= FEWEST

    def _is_word(self, entry: str) -> bool:
        key = phrase(entry)
        tags = {language: one.entries.get(key) for language, one in self._lexicons.items()}
        if entry in self._names or not any(tags.values()) or not _WORDS.fullmatch(entry):
            return False
        in_english = tags["en"]
        is_name = entry.isascii() and entry.isidentifier()
        return not (is_name and in_english) or not STEERING.isdisjoint(in_english)


def _kinds(language: str) -> Iterator[str]:
    for name in read_yaml("lexicon", language, "words.yml"):
        yield from name.split(".")


def _is_fixed(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant | ast.Tuple | ast.List | ast.Set)


def _texts(entries: Iterable[ast.expr]) -> list[str]:
    values = [one.value for one in entries if isinstance(one, ast.Constant)]
    return [value for value in values if isinstance(value, str)]


def _collections(node: Any) -> Iterator[list[str]]:
    if isinstance(node, dict):
        yield [str(key) for key in node]
        for value in node.values():
            yield from _collections(value)
    elif isinstance(node, list):
        yield [entry for entry in node if isinstance(entry, str)]
        for value in node:
            yield from _collections(value)
