"""A variable is named after what it holds."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "faq", "intents")
SAYING_NOTHING = frozenset({"found", "one", "other", "place"})
"""Names that fit any value: a span is a `span`, where it stands is `at`, a person a `person`."""


def python_files() -> Iterator[Path]:
    for room in ROOMS:
        yield from (ROOT / room).rglob("*.py")


@pytest.mark.parametrize("path", sorted(python_files()), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_variable_is_named_after_what_it_holds(path: Path) -> None:
    named = names_given(ast.parse(path.read_text("utf-8")))
    assert not [(line, name) for line, name in named if name in SAYING_NOTHING]


def names_given(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the names that values are given, with the lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
