"""What somebody only thinks of doing: "I might give him the TV", "I would let her pay if …"."""

from collections.abc import Sequence

from intents.clauses import Clause
from intents.spans import Span

_BETWEEN = ("filler", "emphasis", "muses", "hedge", "genitive")
_WISHES = ("want", "ask_bot", "please", "act", "modal")


def muses(clause: Clause, act_place: int) -> bool:
    """Whether the one who writes does it, and has not made up their mind; or it is worse than all.

    A verb that nobody is the subject of is an order, however softly: "maybe give him the TV".
    """
    before = clause.spans[: max(0, act_place)]
    if before and before[-1].has("as_whom") and not before[-1].has("having"):
        return True  # "I'd sooner eat my hat than let him pay"
    at = next((at for at, span in enumerate(before) if span.has("writer")), None)
    if at is None or clause.has("please"):
        return False
    between = before[at + 1 :]
    would = between[:1] and between[0].has("would") and not between[0].has("want")
    return bool(would or any(span.has("muses") for span in before)) and _lead_straight(between)


def _lead_straight(between: Sequence[Span]) -> bool:
    return all(
        span.has(*_BETWEEN, "would") and (span.has("muses") or not span.has(*_WISHES))
        for span in between
    )
