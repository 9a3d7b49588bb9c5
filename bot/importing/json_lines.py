"""JSONL: a household a line. Only one line is ever in memory."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from bot.importing.format import FIELDS
from bot.importing.listed import Listed, Spot, unreadable
from bot.importing.problems import Location, Problem, opened
from bot.importing.reading import shown_key

_LONGEST = 1_000_000
"""Bytes of a line: a household of six takes two thousand."""


class JsonLines:
    def __init__(self, path: Path) -> None:
        self._path = path

    def problems(self) -> tuple[Problem, ...]:
        return ()

    def __iter__(self) -> Iterator[Listed]:
        with opened(self._path) as file:
            yield from _households(file)


def _households(file: BinaryIO) -> Iterator[Listed]:
    number = 0
    while line := file.readline(_LONGEST + 1):
        number += 1
        if len(line) > _LONGEST:
            yield unreadable(number, "too long: a household a line")
            return
        if line.strip():
            yield _listed(number, line)


def _listed(number: int, line: bytes) -> Listed:
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        data = json.loads(text, object_pairs_hook=_mapping)
    except UnicodeDecodeError:
        return unreadable(number, "not UTF-8")
    except _GivenTwiceError as error:
        return unreadable(number, "given twice", (error.field,))
    except (RecursionError, ValueError):  # its own words may quote the line
        return unreadable(number, "not valid JSON: a household a line")
    return Listed(data, partial(_spot, number))


def _spot(number: int, location: Location) -> Spot:
    return number, _shown(location)


def _shown(location: Location) -> Location:
    return tuple(step if isinstance(step, int) else shown_key(step) for step in location)


class _GivenTwiceError(Exception):
    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _GivenTwiceError(twice if twice in FIELDS else "?")
    return values
