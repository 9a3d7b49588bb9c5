"""What several wishes about one person's access come to, and what of it time will change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self

from storage.households.members import Member

CHANGES: Mapping[str, Callable[[set[str], set[str]], set[str]]] = {
    "grant": lambda before, named: before | named,
    "revoke": lambda before, named: before - named,
    "set": lambda _, named: named,
}
"""What becomes of somebody's access, by the kind of change."""


_LATE = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Planned:
    """What will be of one person's access, when some of it ends, and when some is back."""

    person: Member
    after: set[str]
    ends: dict[str, datetime]
    pauses: dict[str, datetime]

    @classmethod
    def none_yet(cls, person: Member) -> Self:
        return cls(person, set(person.services), dict(person.ends), dict(person.pauses))

    def take_in(self, change: str, services: set[str], until: datetime | None) -> None:
        """Add one wish: what it gives ends at `until`, and what it takes is back then.

        Without it either is for good; who never had what is taken is not given it then.
        """
        had = self.after | self.pauses.keys()
        self.after = CHANGES[change](self.after, services)
        ending = _ending(change, services, until)
        self.pauses = {
            code: at for code, at in self.pauses.items() if change != "set" and code not in services
        }
        if change == "revoke" and until is not None:
            self.pauses |= dict.fromkeys(services & had, until)
        known = (self.after | self.pauses.keys()) - ending
        self.ends = {code: at for code, at in self.ends.items() if code in known}
        if until is not None:
            self.ends |= dict.fromkeys(ending, until)
        self._forget({c for c, at in self.pauses.items() if self.ends.get(c, _LATE) <= at})

    @property
    def differs(self) -> bool:
        person = self.person
        had = (set(person.services), dict(person.ends), dict(person.pauses))
        return (self.after, self.ends, self.pauses) != had

    @property
    def then(self) -> Member:
        """The person as all wishes together leave them."""
        ends, pauses = tuple(self.ends.items()), tuple(self.pauses.items())
        return replace(self.person, services=tuple(self.after), ends=ends, pauses=pauses)

    @property
    def granted(self) -> set[str]:
        """What is given, or given until another moment."""
        had = dict(self.person.ends)
        others = {code for code in self.after if had.get(code) != self.ends.get(code)}
        return others | (self.after - set(self.person.services))

    @property
    def revoked(self) -> set[str]:
        """What is taken, or given back at another moment, or not at all."""
        had = dict(self.person.pauses)
        others = {code for code, at in had.items() if self.pauses.get(code) != at}
        return (others | set(self.person.services)) - self.after

    def _forget(self, codes: set[str]) -> None:
        """Drop a pause that lasts longer than what was given: nothing comes back of it."""
        self.pauses = {code: at for code, at in self.pauses.items() if code not in codes}
        self.ends = {code: at for code, at in self.ends.items() if code not in codes}


def _ending(change: str, services: set[str], until: datetime | None) -> set[str]:
    """Return what has the end that was said, or none where none was said."""
    gives = change == "grant" or (change == "set" and until is not None)
    return services if gives else set()
