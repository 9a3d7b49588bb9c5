"""Tells in a line what was read otherwise than it was meant."""

from collections import defaultdict
from collections.abc import Iterable

from tests.intents.written import REFS, SERVICES

NAMES = {ref: name for name, ref in REFS.items()}
Atom = tuple[str, str, str, str, str]
"""Mood, task, kind of change, person, service: what one wish says of one person and one service."""


def brief(atoms: Iterable[Atom]) -> str:
    """Wishes in few words: "wish change_rights/grant Kevin Jo: usage"."""
    people: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for mood, intent, change, person, service in atoms:
        people[mood, intent, change, person].add(service)
    groups: dict[tuple[str, str, str, frozenset[str]], list[str]] = defaultdict(list)
    for (mood, intent, change, person), services in sorted(people.items()):
        groups[mood, intent, change, frozenset(services)].append(NAMES.get(person, person or "?"))
    return (
        "; ".join(
            f"{mood} {intent}{'/' if change else ''}{change} {' '.join(names)}{_what(services)}"
            for (mood, intent, change, services), names in groups.items()
        )
        or "nothing"
    )


def _what(services: frozenset[str]) -> str:
    if services == {""}:
        return ""
    without = set(SERVICES) - services
    if not without:
        return ": all"
    return f": all but {without.pop()}" if len(without) == 1 else f": {' '.join(sorted(services))}"
