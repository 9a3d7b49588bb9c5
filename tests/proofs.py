"""What docs/security.md names as a proof, and of which requirements of OWASP ASVS it is one."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "security.md"
_TEST = re.compile(r"`(tests/\S+\.py)::(\w+)`")
_NUMBER = re.compile(r"\d+(?:\.\d+)+")
_NUMBERS = re.compile(rf"(?:{_NUMBER.pattern},? )+")


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement, or an attack, whether it is met, and what the page says of it."""

    subject: str
    met: str
    shown: str

    @property
    def numbers(self) -> tuple[str, ...]:
        """Of the requirements; an attack has none."""
        first = _NUMBERS.match(self.subject)
        return tuple(_NUMBER.findall(first[0])) if first else ()

    @property
    def proofs(self) -> list[tuple[str, str]]:
        """File and name of each test."""
        return _TEST.findall(self.shown)


def rows() -> Iterator[Row]:
    """Every row of the page's tables that says something of a requirement or an attack."""
    for line in PAGE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and len(cells) == 3 and _NUMBER.match(cells[0]):
            yield Row(*cells)
        elif line.startswith("| ") and len(cells) == 2 and _TEST.search(cells[1]):
            yield Row(cells[0], "yes", cells[1])


def requirements_shown() -> Mapping[str, tuple[str, ...]]:
    """The numbers of the requirements that a test shows, by `file::name`."""
    shown: dict[str, list[str]] = defaultdict(list)
    for row in rows():
        for file, name in row.proofs:
            shown[f"{file}::{name}"] += row.numbers
    return {test: tuple(numbers) for test, numbers in shown.items() if numbers}
