"""Lines of Python code in some folders, without blank lines, comments and docstrings.

    python -m benchmarks.size [FOLDER ...] [--json]

Without folders: `bot` and `intents`. A string that stands alone explains what it stands below, so
it is no code. A line that holds anything else counts once, however little is on it.
"""

import argparse
import ast
import io
import json
import tokenize
from pathlib import Path

FOLDERS = (Path("bot"), Path("intents"))
NO_CODE = frozenset(
    {
        *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE),
        *(tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER),
    }
)


def main() -> None:
    arguments = argparse.ArgumentParser(description="How many lines of code there are.")
    arguments.add_argument("folders", type=Path, nargs="*", default=FOLDERS)
    arguments.add_argument("--json", action="store_true", help="print one JSON object")
    options = arguments.parse_args()
    sizes = {str(folder): lines_below(folder) for folder in options.folders}
    if options.json:
        print(json.dumps(sizes, indent=2))
        return
    for folder, lines in sizes.items():
        print(f"{folder:<24}{lines:>8,}")
    if len(sizes) > 1:
        print(f"{'together':<24}{sum(sizes.values()):>8,}")


def lines_below(folder: Path) -> int:
    """Return how many lines of code the modules of a folder have."""
    if not folder.is_dir():
        raise SystemExit(f"there is no folder {folder}")
    return sum(lines_of(path.read_text("utf-8")) for path in folder.rglob("*.py"))


def lines_of(source: str) -> int:
    """Return how many lines of code a module has."""
    told = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and _is_text(node.value)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    code = {
        line
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type not in NO_CODE
        for line in range(token.start[0], token.end[0] + 1)
    }
    return len(code - told)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


if __name__ == "__main__":
    main()
