"""What is worked out of a clause once, however many ask for it."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from intents.clause import Clause

T = TypeVar("T")


def once(read: Callable[[Clause], T]) -> Callable[[Clause], T]:
    """Remember with a clause what is read from it, which nobody may change."""

    @wraps(read)
    def reading(clause: Clause) -> T:
        if read not in clause.worked_out:
            clause.worked_out[read] = read(clause)
        known: T = clause.worked_out[read]
        return known

    return reading
