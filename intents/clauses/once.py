"""What is worked out of a clause once, however many ask for it."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from intents.clauses.clause import Clause

T = TypeVar("T")


def once(read: Callable[[Clause], T]) -> Callable[[Clause], T]:
    """Keep what is read from a clause with it; it must be a value that nobody changes."""

    @wraps(read)
    def reading(clause: Clause) -> T:
        if read not in clause.worked_out:
            clause.worked_out[read] = read(clause)
        known: T = clause.worked_out[read]
        return known

    return reading
