"""How a slot holds a member of the household: by number, for two may bear the same name."""

import re
from collections.abc import Iterable

from bot.dialogue.understanding.contexts import reference
from storage.households.members import Member

CHOSEN = re.compile(r"id:(\d+)")


def chosen(value: object, members: Iterable[Member]) -> Member | None:
    """Return the member whom a slot holds by number, if they are still there."""
    match = CHOSEN.fullmatch(str(value))
    number = int(match[1]) if match else None
    return next((member for member in members if member.id == number), None)


def as_choice(member: Member) -> str:
    return reference(member.id)
