"""Python that says which languages there are, by a code or by a name: data alone may say it."""

import ast
from collections.abc import Iterator

from bot.languages import LANGUAGES

NAMES = {*LANGUAGES, "english", "french"}


def languages_named(source: str) -> set[str]:
    """Return the names and the strings of a module that stand for one language."""
    return {name for name in _names(source) if not NAMES.isdisjoint(name.casefold().split("_"))}


def _names(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Constant(value=str(name)) | ast.Name(id=name) | ast.Attribute(attr=name):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.keyword(arg=str(name)):
                yield name
