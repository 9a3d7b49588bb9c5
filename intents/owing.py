"""What somebody waits for from whoever writes: "does anybody want anything from me?"."""

from itertools import pairwise

from intents.clauses import Clause
from intents.context import Wish
from intents.named import Named

_WHO = ("somebody", "all_people", "person", "he", "they", "something", "all_services")
_WANTS = ("want", "wait", "waits")
_THING = ("something", "all_services", "what_of", "answered")
_OTHERS = ("service", "email", "language", "you", "neg", "password")


def asks_what_waits(clause: Clause) -> bool:
    """As in "is anyone waiting on an answer from me?", "who needs my approval?"."""
    if clause.has(*_OTHERS) or clause.values("field") - {"request", "access"}:
        return False
    who = clause.has(*_WHO) or "who" in clause.values("wh")
    wants = clause.has(*_WANTS) or "missing" in clause.values("state")
    thing = clause.has(*_THING) or "who" in clause.values("wh")
    of_me = (thing and _is_from_me(clause)) or _is_my_answer(clause)
    return who and (clause.has("awaits_me") or (wants and of_me))


def shown(named: Named) -> Wish:
    """Return the question for what waits: of anybody it is one question, not one for each."""
    whom = () if named.all_people else tuple(named.people)
    return Wish("request_status", "question", whom)


def _is_from_me(clause: Clause) -> bool:
    """As in "from me", "de moi", "de ma part"."""
    return any(
        of.has("from", "genitive") and me.has("me") and not me.gap.strip()
        for of, me in pairwise(clause.spans)
    )


def _is_my_answer(clause: Clause) -> bool:
    """As in "my answer", "my ok", "mon accord"."""
    return any(
        my.has("me") and my.has("article") and what.has("yes", "answered", "consent")
        for my, what in pairwise(clause.spans)
    )


def want_denied(clause: Clause, named: Named, act: str, act_place: int) -> bool:
    """Whether a wish is denied; "drop my request, it isn't needed" says why it is dropped."""
    wants = [at for at, _ in clause.tagged("want") if at in named.negated]
    return any(act != "withdraw" or at < act_place for at in wants)
