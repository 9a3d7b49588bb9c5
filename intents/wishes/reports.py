"""How somebody is said to stand: "Tyler says he is locked", and which side of them that is."""

from collections.abc import Sequence
from itertools import pairwise

from intents.clauses.clause import Clause
from intents.spans.span import Span
from intents.who.named import Named


def is_told_by_a_thing(clause: Clause) -> bool:
    """As in "It says locked": what the screen tells is so."""
    return any(it.has("it") and says.has("says") for it, says in pairwise(clause.spans))


def reports(clause: Clause, named: Named) -> bool:
    """As in "Tyler says he is locked": how things are, which may not be so."""
    known = any(mention.refs for mention in named.people)
    told = known and _somebody_says(clause.spans) and not is_told_by_a_thing(clause)
    lacks = "missing" in clause.values("state")
    lacks = lacks or (clause.has("neg") and clause.values("field") == {"invitation"})
    lacks = lacks and not {"send", "resend"} & clause.values("act")
    return told and not lacks and bool(aspect(clause, named))


def _somebody_says(spans: Sequence[Span]) -> bool:
    """As in "Tyler says"; not in "a bad report card"."""
    return any(
        says.has("says") and not (at and (spans[at - 1].has("article") or spans[at - 1].is_content))
        for at, says in enumerate(spans)
    )


def aspect(clause: Clause, named: Named) -> str:
    """Which side of somebody a question is about."""
    fields, acts = clause.values("field"), clause.values("act")
    if named.services or named.all_services or "access" in fields:
        return "access"
    for aspect in ("language", "email", "invitation"):
        if aspect in fields or (aspect == "language" and clause.has("language")):
            return aspect
    if "sign_in" in acts:
        return "sign_in"
    if (
        clause.has("state")
        or "status" in fields
        or acts & {"lock", "unlock", "unblock", "open", "resume", "let_back"}
    ):
        return "status"
    return "access" if "use" in acts else ""
