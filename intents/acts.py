"""Which verb of a clause says what is meant."""

from collections.abc import Sequence

from intents.clauses import Clause
from intents.spans import Span

_FIRST = ("withdraw", "undo", "approve", "decline", "resend", "let_not", "replace", "unlock")
"""Verbs that say most: they win over others of their clause."""
_WEAK = frozenset({"show", "ask", "keep", "send", "change", "add", "use", "sign_in", "sign_out"})


def main_act(clause: Clause) -> tuple[int, str]:
    """Return the place of the verb that a clause is about, and what it does."""
    found = [
        (place, _precisely(clause, span))
        for place, span in clause.tagged("act")
        if not (span.has("except") and clause.has("all_services", "all_people"))
        and not _is_state(clause.spans, place)
    ]
    for wanted in _FIRST:
        for place, act in found:
            if act == wanted:
                return place, act
    strong = [one for one in found if one[1] not in _WEAK]
    return next(iter(strong or found), (-1, ""))


def _precisely(clause: Clause, span: Span) -> str:
    """Return what a verb does with a particle apart from it: "turn the TV off", "send it again"."""
    if span.act() == "turn":
        return "remove" if clause.has("switched_off") else "give"
    return "resend" if span.act() == "send" and clause.has("again") else span.act()


def _is_state(spans: Sequence[Span], place: int) -> bool:
    """Whether a participle tells how somebody stands: "Kevin is locked", "est barré"."""
    if not spans[place].has("state"):
        return False
    before = spans[place - 1] if place else None
    return before is not None and before.has(
        "aux", "is", "link_name", "article", "person", "he", "they", "state"
    )
