"""Which channels a file knows by name: in a string, by an import, in the key of a text."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "bot" / "channels"
CHANNELS = {path.parent.name for path in FOLDER.glob("*/__init__.py")}


def named_channels(path: Path) -> set[str]:
    """Return the channels that a Python or YAML file names.

    What only explains (docstrings, comments) may take one for an example.
    """
    text = path.read_text("utf-8")
    if path.suffix == ".yml":
        keys = re.findall(r"^\s*(\w+):", text, re.MULTILINE)
        return CHANNELS & {part for key in keys for part in key.split("_")}
    return CHANNELS & set(_names(ast.parse(text)))


def _names(tree: ast.Module) -> Iterator[str]:
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in told:
                yield re.split(r"[\W_]", text.lower())[0]
            case ast.Import(names=names):
                yield from (part for alias in names for part in alias.name.split("."))
            case ast.ImportFrom(module=str(module)):
                yield from module.split(".")
