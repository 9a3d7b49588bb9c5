"""Every problem of a file at once: the format's, and the rules between its people (pure)."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.importing.format import HouseholdFile
from bot.importing.problems import FileRefused, Location, Problem
from bot.importing.reading import Document
from storage.limits import SEATS
from storage.names import folded

Entry = tuple[Location, Mapping[str, object]]
Finding = tuple[Location, str]

_MESSAGES = {
    "missing": "is missing",
    "extra_forbidden": "unknown field",
    "string_type": "must be text: put it in quotes",
    "model_type": "must be a mapping",
    "list_type": "must be a list",
}


def check(document: Document, services: frozenset[str]) -> HouseholdFile:
    """Raises FileRefused with all problems, by line, one for each field."""
    try:
        file = HouseholdFile.read_from(document.data, services)
        findings = []
    except ValidationError as error:
        file = None
        findings = [_finding(details) for details in error.errors(include_url=False)]
    problems = {problem.location: problem for problem in document.problems}
    for location, message in [*findings, *_broken_rules(document.data)]:
        problems.setdefault(location, Problem(message, document.line(location), location))
    if file is None or problems:
        raise FileRefused(sorted(problems.values(), key=lambda problem: problem.line))
    return file


def location_of(document: Document, username: str) -> Location:
    """Where in the file that person stands."""
    for household in _entries((), document.data, "households"):
        for location, person in _entries(*household, "members"):
            if folded(str(person.get("username"))) == folded(username):
                return location
    return ()


def _finding(error: ErrorDetails) -> Finding:
    return error["loc"], _MESSAGES.get(error["type"], error["msg"])


def _broken_rules(data: object) -> Iterator[Finding]:
    """Looks at whatever can be read, so that one run of the command tells all."""
    households = _entries((), data, "households")
    everybody: list[Entry] = []
    for location, household in households:
        members = _entries(location, household, "members")
        everybody += members
        yield from _seats((*location, "members"), members)
        yield from _repeated(members, "email", "somebody of this household has the same")
    yield from _repeated(everybody, "username", "somebody in this file has the same")
    yield from _repeated(households, "account_number", "a household in this file has the same")


def _seats(location: Location, members: Sequence[Entry]) -> Iterator[Finding]:
    holders = [where for where, person in members if person.get("role") == "holder"]
    if len(members) > SEATS:
        yield location, f"{SEATS} people at most, the holder included; here are {len(members)}"
    if not holders:
        yield location, "a holder is missing"
    for where in holders[1:]:
        yield (*where, "role"), "a household has one holder"


def _repeated(entries: Sequence[Entry], field: str, message: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for location, entry in entries:
        value = entry.get(field)
        if isinstance(value, str):
            if folded(value) in seen:
                yield (*location, field), message
            seen.add(folded(value))


def _entries(location: Location, container: object, field: str) -> list[Entry]:
    """The mappings in a list of that name, as far as there is such a list."""
    items = container.get(field) if isinstance(container, dict) else None
    return [
        ((*location, field, index), item)
        for index, item in enumerate(items if isinstance(items, list) else [])
        if isinstance(item, dict)
    ]
