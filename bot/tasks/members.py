"""How a slot holds members of the household: by number, for two may bear the same name.

One is held alone, several as a list in the order of their seats.
"""

import re
from collections.abc import Collection, Iterable

from bot.dialogue.understanding.contexts import held, reference
from storage.households.members import Member

CHOSEN = re.compile(r"id:(\d+)")


def chosen(value: object, members: Iterable[Member]) -> Member | None:
    """Return the member whom a slot holds by number, if they are still there."""
    match = CHOSEN.fullmatch(str(value))
    number = int(match[1]) if match else None
    return next((member for member in members if member.id == number), None)


def as_choice(member: Member) -> str:
    return reference(member.id)


def as_held(choices: Collection[str], members: Iterable[Member]) -> str | list[str]:
    """Return what a slot holds for some of the members; empty for none."""
    return held([as_choice(member) for member in members if as_choice(member) in choices])
