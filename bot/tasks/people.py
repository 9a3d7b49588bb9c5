"""How a slot holds a person of the household: by number, for two may bear the same name."""

import re
from collections.abc import Iterable

from bot.dialogue.understanding.contexts import reference
from storage.households.members import Member

CHOSEN = re.compile(r"id:(\d+)")


def chosen(value: object, people: Iterable[Member]) -> Member | None:
    """Return the person whom a slot holds by number, if they are still there."""
    found = CHOSEN.fullmatch(str(value))
    number = int(found[1]) if found else None
    return next((one for one in people if one.id == number), None)


def as_choice(person: Member) -> str:
    return reference(person.id)
