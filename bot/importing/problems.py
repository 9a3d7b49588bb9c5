"""What is wrong with an import file, and where. No problem ever repeats a value of the file."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from pydantic_core import ErrorDetails

Location = tuple[str | int, ...]
"""The way to a field: ("households", 0, "members", 1, "email")."""

_MESSAGES = {
    "missing": "is missing",
    "extra_forbidden": "unknown field",
    "string_type": "must be text: put it in quotes",
    "model_type": "must be a mapping",
    "list_type": "must be a list",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` counts from 1; 0 means the file as a whole."""

    message: str
    line: int = 0
    location: Location = ()

    def describe(self, file: Path) -> str:
        """FILE:LINE: households[0].members[1].email: message."""
        where = f"{file}:{self.line}" if self.line else f"{file}"
        return ": ".join(filter(None, (where, _dotted(self.location), self.message)))


def _dotted(location: Location) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return "".join(steps).removeprefix(".")


class FileRefused(Exception):  # noqa: N818 - a refusal is an answer, named after what it says
    """Nothing of the file was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


def finding(error: ErrorDetails) -> tuple[Location, str]:
    """Where and what, of what pydantic found."""
    return error["loc"], _MESSAGES.get(error["type"], error["msg"])


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """The file as bytes; raises FileRefused where it cannot be opened."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise FileRefused([Problem(error.strerror or "cannot be read")]) from None
    with file:
        yield file
