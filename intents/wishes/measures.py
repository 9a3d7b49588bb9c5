"""How much access there shall be: exactly what is named, or all but what stays."""

from intents.clauses.clause import DOING, Clause
from intents.tasks import REVOKE
from intents.values.phrases import codes_of
from intents.who.named import Named


def is_exact(clause: Clause, named: Named) -> bool:
    """Whether the services named are all that there shall be: "only TV", "and nothing else"."""
    if clause.has("nothing_else", "enough") or named.exact:
        return bool(named.services)
    if only_used(clause) or clause.has("on_top"):
        return False
    alone = "keep" in clause.values("act")  # "leave Kevin's access alone"
    for at, only in clause.tagged("only"):
        rest = clause.spans[at + 1 :]
        lately = bool(rest) and rest[0].has_all("is", "owns")  # "I just got off nights"
        if lately or (alone and only.has("left_out")):
            continue
        following = next((span for span in rest if span.has("act") or not span.has("filler")), None)
        only_to = bool(rest) and rest[0].has("to")  # "only to look"
        behind = at > 0 and clause.spans[at - 1].has("service", "polite") and not only_to
        behind = behind and not any(span.has("except") or span.act() in DOING for span in rest)
        verb = following is not None and following.act() not in {"", "use"}
        wished = clause.has("modal", "want") and verb and following is not None
        named_next = any(span.has("service", "all_services", "with_bill") for span in rest)
        if named.services and (behind or (named_next and (not verb or wished))):
            return True
    return False


def only_used(clause: Clause) -> set[str]:
    """Return what is still done with the bill: "no longer pay the bill, only look at it"."""
    only = [at for at, _ in clause.tagged("only")]
    used = [(at, span.tags["with_bill"]) for at, span in clause.tagged("with_bill")]
    named = [at for at, _ in clause.tagged("service")]
    return {code for at, code in used if only and named and named[-1] < only[-1] < at}


def kept(clause: Clause) -> list[str]:
    """Return what stays: "no longer the bill, only the usage"."""
    only = [at for at, _ in clause.tagged("only")]
    named = list(clause.tagged("service"))
    behind = [span.value for at, span in named if only and at > only[-1]]
    stays = [code for value in behind for code in codes_of(value)]
    return stays if len(behind) < len(named) else []


def is_no_more(clause: Clause, verb: int) -> bool:
    """Whether its verb is denied for good: not in "donne tout à Jo …, ça il en veut plus"."""
    return any(
        not any("," in span.gap for span in clause.spans[verb + 1 : at + 1] if verb >= 0)
        for at, _ in clause.tagged("nomore")
    )


def is_twice_denied(clause: Clause, change: str, act: str) -> bool:
    """As in "he should not be changing the channels any more": no longer is what is wished for."""
    return change == REVOKE and act in {"", "use"} and clause.has("nomore")
