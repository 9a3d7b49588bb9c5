"""YAML, as people write it by hand: read whole, so that it is for some thousand households."""

from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.importing.format import FIELDS, HouseholdList
from bot.importing.listed import Listed, Spot
from bot.importing.problems import Location, Problem, finding, opened
from bot.importing.reading import Document, read

_LIST = "households"


class YamlFile:
    def __init__(self, path: Path) -> None:
        self._path = path

    def problems(self) -> tuple[Problem, ...]:
        document = self._document
        outside = [problem for problem in document.problems if _household(problem) is None]
        known = {problem.location for problem in outside}
        return (*outside, *(it for it in _wrong(document) if it.location not in known))

    def __iter__(self) -> Iterator[Listed]:
        document = self._document
        if _wrong(document):
            return
        assert isinstance(document.data, dict), "it has a list of households"
        problems: dict[int | None, list[tuple[Location, str]]] = {}
        for problem in document.problems:
            told = problems.setdefault(_household(problem), [])
            told.append((problem.location[2:], problem.message))
        households: list[Any] = document.data[_LIST]
        for index, household in enumerate(households):
            spot = partial(_spot, document, (_LIST, index))
            yield Listed(household, spot, tuple(problems.get(index, ())))

    @cached_property
    def _document(self) -> Document:
        """Raises FileRefused when it is no YAML."""
        with opened(self._path) as file:
            return read(file.read(), FIELDS)


def _wrong(document: Document) -> list[Problem]:
    """What is wrong around the households."""
    try:
        HouseholdList.model_validate(document.data)
    except ValidationError as error:
        findings = map(finding, error.errors(include_url=False))
        return [Problem(text, document.line(at), at) for at, text in findings]
    return []


def _household(problem: Problem) -> int | None:
    match problem.location:
        case ("households", int(index), *_):
            return index
    return None


def _spot(document: Document, prefix: Location, location: Location) -> Spot:
    whole = (*prefix, *location)
    return document.line(whole), whole
