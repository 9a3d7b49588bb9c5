"""A variable is named after what it holds."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("faq", "intents")
SAYING_NOTHING = frozenset({"found", "one", "other", "place"})
"""Names that fit any value: a span is a `span`, where it stands is `at`, a person a `person`."""


def python_files() -> Iterator[Path]:
    for room in ROOMS:
        yield from (ROOT / room).rglob("*.py")


@pytest.mark.parametrize("path", sorted(python_files()), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_variable_is_named_after_what_it_holds(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    named = [(node.lineno, name) for node in ast.walk(tree) for name in names_given(node)]
    assert not [(line, name) for line, name in named if name in SAYING_NOTHING]


def names_given(node: ast.AST) -> list[str]:
    """Return the name that a node gives to a value, if it gives one."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return [node.id]
    return [node.arg] if isinstance(node, ast.arg) else []
