"""What a message wishes about access: who gets or loses what, in the order in which it says so.

Pure. "Give Léa the bills and take TV from Sam" are two wishes; "Hugo may see the bills but not
TV" are two about Hugo, and four where it begins with "Hugo and Léa"; "the bills for Léa and the
TV for Sam" are two with one verb.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

Said = Mapping[str, Any]
"""An entity of the message: `entity` (person, service, right_change) and `value`."""

PAIR = 2


@dataclass(frozen=True, slots=True)
class Wish:
    """One change of one person's access; what the message left open is None or empty."""

    person: str | None
    change: str | None
    services: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return bool(self.person and self.change and self.services)


@dataclass(slots=True)
class _Clause:
    """A verb and what stands with it."""

    change: str | None
    words: list[Said] = field(default_factory=list)

    def values(self, kind: str) -> list[str]:
        return [one["value"] for one in self.words if one["entity"] == kind]


def wishes(entities: Sequence[Said]) -> tuple[Wish, ...]:
    """Return the wishes of a message, from its entities in their order."""
    clauses = _clauses(entities)
    _hand_over_subjects(clauses)
    found: list[Wish] = []
    spoken_of: list[str] = []
    for clause in clauses:
        for some, services in _pairs(clause, clause.values("person") or spoken_of):
            spoken_of = some or spoken_of
            whom: Sequence[str | None] = some or [None]
            found += [Wish(one, clause.change, tuple(services)) for one in whom]
    return tuple(one for one in found if one.person or one.services)


def _clauses(entities: Sequence[Said]) -> list[_Clause]:
    """Part the message before each verb; what stands before the first belongs to it."""
    clauses = [_Clause(None)]
    for one in entities:
        if one["entity"] != "right_change":
            clauses[-1].words.append(one)
        elif clauses[-1].change is None and not clauses[-1].values("service"):
            clauses[-1].change = one["value"]
        else:
            clauses.append(_Clause(one["value"]))
    verb_comes_last = len(clauses) == PAIR and not clauses[1].values("service")
    if verb_comes_last and clauses[0].change is None:  # "the bills for Léa, please allow"
        [first, second] = clauses
        return [_Clause(second.change, [*first.words, *second.words])]
    return clauses


def _hand_over_subjects(clauses: Sequence[_Clause]) -> None:
    """In "Léa may see the bills and Sam may pay", Sam belongs to the verb that follows him."""
    for clause, following in pairwise(clauses):
        kinds = [one["entity"] for one in clause.words]
        has_subject = "service" in kinds and kinds[0] == kinds[-1] == "person"
        if has_subject and not following.values("person"):
            following.words.insert(0, clause.words.pop())


def _pairs(clause: _Clause, people: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Return who and what belong together: runs of people and of services, two by two."""
    runs = [
        (kind, [one["value"] for one in group])
        for kind, group in groupby(clause.words, key=lambda one: one["entity"])
    ]
    if len(runs) > PAIR and len(runs) % PAIR == 0:
        for (kind, first), (_, second) in zip(runs[::PAIR], runs[1::PAIR], strict=True):
            yield (first, second) if kind == "person" else (second, first)
    else:
        yield list(dict.fromkeys(people)), list(dict.fromkeys(clause.values("service")))
