"""Modules that import each other, however far around: at run time, late, or only for types."""

import ast
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path


def circle(root: Path, rooms: Iterable[str]) -> list[str]:
    """One circle of modules, each imported by the next; empty where there is none."""
    files = {_name(path, root): path for room in rooms for path in (root / room).rglob("*.py")}
    graph = {name: set(_imported(name, path, files)) for name, path in files.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def _name(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def _imported(name: str, path: Path, files: dict[str, Path]) -> Iterator[str]:
    """The modules of ours that this one imports, and the packages that are run on the way.

    A package around the module itself runs before it: that counts only where it is named.
    """
    for module in _named(ast.parse(path.read_text("utf-8")), files):
        yield module
        parts = module.split(".")
        packages = (".".join(parts[:depth]) for depth in range(1, len(parts)))
        yield from (one for one in packages if not name.startswith(f"{one}.") and one != name)


def _named(tree: ast.AST, files: dict[str, Path]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in files)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "modules of ours are imported by their whole name"
            for alias in node.names:
                both = (f"{node.module}.{alias.name}", node.module or "")
                yield from [one for one in both if one in files][:1]
