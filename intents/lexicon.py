"""Word lists of the room, read from `lexicon/*.yml`."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from intents.tokens import stem, tokenize

_READ = (".py", ".yml")
Phrase = tuple[str, ...]


def room_files() -> tuple[Traversable, ...]:
    """Return the code, word lists and training data of this room in a fixed order."""
    room = files("intents")
    folders = (room, room / "lexicon", room / "data")
    found = (file for folder in folders for file in folder.iterdir())
    return tuple(sorted((f for f in found if f.name.endswith(_READ)), key=lambda f: f.name))


def read_yaml(*path: str) -> Any:
    """Return the content of a YAML file of this room."""
    return parse_yaml(files("intents").joinpath(*path).read_text(encoding="utf-8"))


def parse_yaml(source: str) -> Any:
    """Return YAML as lists, dictionaries and strings: to other loaders "no" and "on" are booleans.

    libyaml's loader, where there is one, is ten times as fast.
    """
    loader: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(source, Loader=loader)  # noqa: S506  this loader makes nothing but strings


def phrase(text: str, *, plain: bool = False) -> Phrase:
    """Return the words of a name as keys: stemmed, or `plain` as in `Token.key`."""
    return tuple(token.key if plain else stem(token.key) for token in tokenize(text))
