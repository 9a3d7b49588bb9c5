"""Every problem of a file at once: the format's, and the rules between its people (pure)."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.importing.format import HouseholdFile
from bot.importing.problems import FileRefused, Place, Problem
from bot.importing.reading import Document
from storage.limits import SEATS
from storage.names import folded

Entry = tuple[Place, Mapping[str, object]]
Finding = tuple[Place, str]

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
        findings = [_finding(one) for one in error.errors(include_url=False)]
    problems = {problem.place: problem for problem in document.problems}
    for place, message in [*findings, *_broken_rules(document.data)]:
        problems.setdefault(place, Problem(message, document.line(place), place))
    if file is None or problems:
        raise FileRefused(sorted(problems.values(), key=lambda one: one.line))
    return file


def place_of(document: Document, username: str) -> Place:
    """Where in the file that person stands."""
    for household in _entries((), document.data, "households"):
        for place, person in _entries(*household, "members"):
            if folded(str(person.get("username"))) == folded(username):
                return place
    return ()


def _finding(error: ErrorDetails) -> Finding:
    return error["loc"], _MESSAGES.get(error["type"], error["msg"])


def _broken_rules(data: object) -> Iterator[Finding]:
    """Looks at whatever can be read, so that one run of the command tells all."""
    households = _entries((), data, "households")
    everybody: list[Entry] = []
    for place, household in households:
        members = _entries(place, household, "members")
        everybody += members
        yield from _seats((*place, "members"), members)
        yield from _repeated(members, "email", "somebody of this household has the same")
    yield from _repeated(everybody, "username", "somebody in this file has the same")
    yield from _repeated(households, "account_number", "a household in this file has the same")


def _seats(place: Place, members: Sequence[Entry]) -> Iterator[Finding]:
    holders = [where for where, person in members if person.get("role") == "holder"]
    if len(members) > SEATS:
        yield place, f"{SEATS} people at most, the holder included; here are {len(members)}"
    if not holders:
        yield place, "a holder is missing"
    for where in holders[1:]:
        yield (*where, "role"), "a household has one holder"


def _repeated(entries: Sequence[Entry], field: str, message: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, entry in entries:
        value = entry.get(field)
        if isinstance(value, str):
            if folded(value) in seen:
                yield (*place, field), message
            seen.add(folded(value))


def _entries(place: Place, container: object, field: str) -> list[Entry]:
    """The mappings in a list of that name, as far as there is such a list."""
    items = container.get(field) if isinstance(container, dict) else None
    return [
        ((*place, field, index), item)
        for index, item in enumerate(items if isinstance(items, list) else [])
        if isinstance(item, dict)
    ]
