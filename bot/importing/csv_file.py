"""CSV: a person a row, the rows of a household one after another. The header names the fields.

Cells are text; an empty one says nothing. `rights` holds codes with spaces between them, and a
dash for none at all. A semicolon may separate the cells, as spreadsheets write them in French.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from bot.importing.format import Person
from bot.importing.listed import Listed, Spot, unreadable
from bot.importing.problems import FileRefused, Location, Problem, opened

ACCOUNT, LANGUAGE, RIGHTS = "account_number", "household_language", "rights"
HEADER = (ACCOUNT, LANGUAGE, *Person.model_fields)
_NEEDED = {ACCOUNT, LANGUAGE, "role", "username", "first_name", "last_name", "email"}
_NOTHING = "-"
_LONGEST = 10_000
"""Bytes of a header."""


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: Mapping[str, str]
    problem: str = ""


class CsvFile:
    def __init__(self, path: Path) -> None:
        self._path = path

    def problems(self) -> tuple[Problem, ...]:
        with opened(self._path) as file:
            _Table(file).header()
        return ()

    def __iter__(self) -> Iterator[Listed]:
        with opened(self._path) as file:
            for _, rows in groupby(_Table(file).rows(), key=_household):
                yield _listed(list(rows))


@dataclass(slots=True)
class _Table:
    """Reads on from where it is."""

    file: BinaryIO
    line: int = field(default=0, init=False)

    def header(self) -> tuple[str, list[str]]:
        """The separator and the names; raises FileRefused where rows could not be understood."""
        try:
            text = self.file.readline(_LONGEST).decode("utf-8-sig")
            separator = max(",;\t", key=text.count)
            cells = next(csv.reader([text], delimiter=separator), [])
        except UnicodeDecodeError:
            raise _refusal("not UTF-8") from None
        except csv.Error:
            raise _refusal("not valid CSV") from None
        self.line = 1
        names = [cell.strip() for cell in cells]
        unknown, missing = set(names) - set(HEADER), _NEEDED - set(names)
        if unknown or len(set(names)) < len(names):
            raise _refusal(f"the header may have, each once: {', '.join(HEADER)}")
        if missing:
            raise _refusal(f"the header lacks: {', '.join(sorted(missing))}")
        return separator, names

    def rows(self) -> Iterator[_Row]:
        separator, names = self.header()
        reader = csv.reader(self._lines(), delimiter=separator, strict=True)
        while True:
            begins = self.line + 1
            try:
                cells = next(reader, None)
            except UnicodeDecodeError:
                yield _Row(self.line, {}, "not UTF-8")
                return
            except csv.Error:
                yield _Row(begins, {}, "not valid CSV: look at the quotes")
                return
            if cells is None:
                return
            if cells:
                yield _row(begins, names, cells)

    def _lines(self) -> Iterator[str]:
        for line in self.file:
            self.line += 1
            yield line.decode("utf-8")


def _row(line: int, names: list[str], cells: list[str]) -> _Row:
    if len(cells) > len(names):
        return _Row(line, {}, "more cells than the header has names")
    given = zip(names, cells, strict=False)
    return _Row(line, {name: cell for name, cell in given if cell != ""})


def _household(row: _Row) -> tuple[str | None, int]:
    """Rows with one account number stand together; one without it stands alone."""
    account = row.cells.get(ACCOUNT)
    return (account, 0) if account is not None else (None, row.line)


def _listed(rows: list[_Row]) -> Listed:
    first = rows[0]
    if first.problem:
        return unreadable(first.line, first.problem)
    data: dict[str, object] = {"members": [_person(row.cells) for row in rows]}
    if ACCOUNT in first.cells:
        data[ACCOUNT] = first.cells[ACCOUNT]
    if LANGUAGE in first.cells:
        data["language"] = first.cells[LANGUAGE]
    problems = tuple(
        (("members", index, LANGUAGE), "another than in the first row of the household")
        for index, row in enumerate(rows)
        if row.cells.get(LANGUAGE, first.cells.get(LANGUAGE)) != first.cells.get(LANGUAGE)
    )
    lines = [row.line for row in rows]
    return Listed(data, lambda location: _spot(lines, location), problems)


def _person(cells: Mapping[str, str]) -> dict[str, object]:
    person: dict[str, object] = {
        name: cell for name, cell in cells.items() if name in Person.model_fields
    }
    if RIGHTS in cells:
        person[RIGHTS] = [] if cells[RIGHTS] == _NOTHING else cells[RIGHTS].split()
    return person


def _spot(lines: list[int], location: Location) -> Spot:
    match location:
        case ("members", int(index), *fields):
            return lines[index], tuple(fields[:1])
        case ("language",):
            return lines[0], (LANGUAGE,)
    return lines[0], location


def _refusal(message: str) -> FileRefused:
    return FileRefused([Problem(message, 1)])
