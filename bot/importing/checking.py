"""Every problem of a file at once: the format's, and the rules between its people.

Households are looked at one by one, so that a file may be longer than the memory; who stands
twice in it is found out by digests in a scratch database on the disk.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from hashlib import blake2b

from pydantic import ValidationError

from bot.importing.format import HouseholdEntry
from bot.importing.listed import Listed, Source
from bot.importing.problems import FileRefused, Location, Problem, finding
from storage.limits import SEATS
from storage.names import folded

Entry = tuple[Location, Mapping[str, object]]
Finding = tuple[Location, str]
MOST = 1000
"""Problems after which nobody needs more of them."""


Take = Callable[[HouseholdEntry], object]


def check_file(source: Source, services: frozenset[str], take: Take = lambda _: None) -> int:
    """How many households the file has; `take` gets those with which nothing is wrong, in order.

    Raises FileRefused with all problems (the first thousand), by line, one for each field.
    """
    problems, households = list(source.problems()), 0
    with closing(_Seen()) as seen:
        for listed in source:
            households += 1
            entry, own = check_household(listed, services)
            for location, message in seen.repeated(listed.data):
                own.setdefault(location, listed.problem(location, message))
            problems += own.values()
            if entry is not None and not problems:
                take(entry)
            if len(problems) >= MOST:
                break
    if problems:
        raise FileRefused(sorted(problems[:MOST], key=lambda problem: problem.line))
    return households


def check_household(
    listed: Listed, services: frozenset[str]
) -> tuple[HouseholdEntry | None, dict[Location, Problem]]:
    """The household, or what is wrong with it by itself."""
    findings: list[Finding] = list(listed.problems)
    entry = None
    if listed.is_readable:
        try:
            entry = HouseholdEntry.read_from(listed.data, services)
        except ValidationError as error:
            findings += map(finding, error.errors(include_url=False))
        findings += _broken_rules(listed.data)
    problems: dict[Location, Problem] = {}
    for location, message in findings:
        problems.setdefault(location, listed.problem(location, message))
    return (None if problems else entry), problems


def location_of(listed: Listed, username: str) -> Location:
    """Where in the household that person stands; else the household itself."""
    for location, person in _members(listed.data):
        if folded(str(person.get("username"))) == folded(username):
            return location
    return ()


def size(listed: Listed) -> int:
    """How many entries of the audit it may come to."""
    return 1 + len(_members(listed.data))


def _broken_rules(data: object) -> Iterator[Finding]:
    """Looks at whatever can be read, so that one run of the command tells all."""
    if isinstance(data, dict):
        members = _members(data)
        yield from _seats(("members",), members)
        yield from _repeated(members, "email", "somebody of this household has the same")


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


class _Seen:
    """What stands in the file already; SQLite's nameless database is gone when it is closed."""

    def __init__(self) -> None:
        self._scratch = sqlite3.connect("")
        self._scratch.execute("CREATE TABLE seen (digest BLOB PRIMARY KEY) WITHOUT ROWID")

    def repeated(self, data: object) -> Iterator[Finding]:
        if not isinstance(data, dict):
            return
        for location, person in _members(data):
            if not self._is_new("username", person):
                yield (*location, "username"), "somebody in this file has the same"
        if not self._is_new("account_number", data):
            yield ("account_number",), "a household in this file has the same"

    def _is_new(self, field: str, entry: Mapping[str, object]) -> bool:
        value = entry.get(field)
        if not isinstance(value, str):
            return True
        text = f"{field} {folded(value)}".encode("utf-8", "surrogatepass")
        digest = blake2b(text, digest_size=16).digest()
        return self._scratch.execute("INSERT OR IGNORE INTO seen VALUES (?)", [digest]).rowcount > 0

    def close(self) -> None:
        self._scratch.close()


def _members(data: object) -> list[Entry]:
    """The mappings in the list of people, as far as there is such a list."""
    items = data.get("members") if isinstance(data, dict) else None
    return [
        (("members", index), item)
        for index, item in enumerate(items if isinstance(items, list) else [])
        if isinstance(item, dict)
    ]
