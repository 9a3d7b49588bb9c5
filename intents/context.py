"""What the reader is told about the moment in which something is said: plain values, no look-up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the household; `ref` is how a slot names them, whatever they are called.

    `called` tells them apart from the others: a first name, and as much more as it takes.
    """

    ref: str
    first_name: str
    last_name: str
    status: str = "active"
    services: frozenset[str] = frozenset()
    called: str = ""
    email: str = ""
    username: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """What was spoken of last: whom, which services, and the wish that it was about."""

    people: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    intent: str = ""
    change: str = ""
    until: str = ""
    """When what was given, or a suspension, ends, as the task holds it."""
    done: bool = False
    """Whether the wish was carried out: there is a receipt."""


@dataclass(frozen=True, slots=True)
class Card:
    """What waits for a yes: the task, whom it is about, and what it shows."""

    intent: str
    people: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    values: tuple[str, ...] = ()
    """Names, addresses and the like that stand on the card, as it shows them."""
    change: str = ""
    kinds: frozenset[str] = frozenset()
    """Which entities those are: a name ("person"), an "email", a "language"."""
    until: datetime | None = None
    """When what it shows ends by itself."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks of the holder, and waits for: access to services, or to be let go.

    `number` is that of a request for access; whoever wants to go has none.
    """

    number: str
    ref: str
    services: tuple[str, ...] = ()

    @property
    def leaves(self) -> bool:
        """Whether somebody wants to go."""
        return not self.number


@dataclass(frozen=True, slots=True)
class Context:
    """All that a message may be read by, beside its own words.

    `people` are the secondary users, and only after a proof; `expects` is the kind of answer that
    the open question takes (an entity: "person", "service", "email", …), empty with none open.
    """

    language: str = ""
    people: tuple[Person, ...] = ()
    holder: Person | None = None
    services: tuple[str, ...] = ()
    expects: frozenset[str] = frozenset()
    card: Card | None = None
    topic: Topic = Topic()
    candidates: tuple[str, ...] = ()
    """Who could be meant, where it is asked which of them is."""
    requests: tuple[Asked, ...] = ()
    """What waits for the holder's answer; only after a proof."""
    buttons: tuple[tuple[str, ...], ...] = ()
    """The titles of the buttons on the screen, in every language."""
    now: datetime | None = None
    """The moment, in the household's time zone, from which "for a week" is counted."""

    @property
    def access_is_asked(self) -> bool:
        """Whether somebody waits for access: whoever wants to go does not."""
        return any(not asked.leaves for asked in self.requests)

    def person(self, ref: str) -> Person | None:
        return next((person for person in self.people if person.ref == ref), None)


NOWHERE = Context()
"""Nothing is open, nobody has proved who they are."""


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalpha())


@dataclass(frozen=True, slots=True)
class Mention:
    """Whom some words mean: exactly one of the household, several who could be, or nobody known."""

    said: str
    refs: tuple[str, ...] = ()
    relation: bool = False
    """Whether it is "my son", not a name."""

    @classmethod
    def each(cls, refs: Iterable[str]) -> tuple[Self, ...]:
        """Return people who are known already, each by themselves."""
        return tuple(cls(ref, (ref,)) for ref in refs)

    @property
    def is_new(self) -> bool:
        """Whether it is a name that nobody of the household has."""
        return not (self.refs or self.relation)

    @property
    def value(self) -> str:
        """What a slot holds: the person, or what was said where that is not plain."""
        return self.refs[0] if len(self.refs) == 1 else self.said

    @property
    def first_name(self) -> str:
        """The first of the words."""
        return self.said.partition(" ")[0]

    @property
    def last_name(self) -> str:
        """The words behind the first, empty where there is one."""
        return self.said.partition(" ")[2]

    @property
    def is_word(self) -> bool:
        """Whether it is letters alone, as a word of a sentence is."""
        return self.said.isalpha()

    @property
    def has_signs(self) -> bool:
        """Whether it has digits or signs, which no word of a sentence has."""
        return any(not (char.isalpha() or char in " '’-.") for char in self.said)

    def is_same(self, text: str) -> bool:
        """Whether it is that name, whatever its capitals, spaces and hyphens."""
        return _letters(self.said) == _letters(text)

    def without(self, first_name: str) -> str:
        """Return what was said without the first name in front."""
        return self.said.removeprefix(f"{first_name} ")


def last_of(values: Mapping[str, Any], kind: str) -> Any:
    """Return the value of a kind that was given last: "from English to French" is French."""
    given = values.get(kind)
    return given[-1] if isinstance(given, list) else given


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that a message says should be done, should not, or is asked about.

    `intent` is the task, by its name in `catalogue.yml`. `change` and `services` belong to access
    ("grant", "revoke", "set"). `values` are what else was given, by kind: email, language, name,
    first_name, last_name, field, receipt, decision, until (as it was said).
    """

    intent: str
    mood: str = "wish"
    """`wish`, `refusal` ("don't …"), or `question` (about how things are)."""
    whom: tuple[Mention, ...] = ()
    change: str = ""
    services: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def about(self) -> set[str]:
        """Whom it is about, as slots hold them."""
        return {mention.value for mention in self.whom}
