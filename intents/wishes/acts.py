"""Which verb of a clause says what is meant."""

from collections.abc import Sequence
from itertools import dropwhile, pairwise, takewhile

from intents.clauses.clause import Clause
from intents.clauses.once import once
from intents.clauses.telling import is_relative
from intents.spans.grammar import has_it_done, is_compound, is_pronoun
from intents.spans.span import Span

_FIRST = (
    "withdraw",
    "remind",
    "undo",
    "approve",
    "decline",
    "resend",
    "let_not",
    "replace",
    "resume",
    "let_back",
    "lift",
    "unlock",
)
"""Verbs that say most: they win over others of their clause."""
_WEAK = frozenset({"show", "ask", "keep", "send", "change", "add", "use", "sign_in", "sign_out"})

_PUT_BACK = frozenset({"add", "change", "turn"})
_ENDS = ("ends_it", "stops")
_TELLS_OF = (
    *("aux", "is", "becomes", "says", "link_name", "article", "person", "he", "they", "state"),
)
"""What stands before a state that somebody is in."""
_PUT = {
    **dict.fromkeys(("add", "change", "give", "keep", "remove"), "lock"),
    "undo": "let_back",
}
"""Verbs of "put Kevin on hold", "mets-le en pause"; of "rétablis son accès suspendu"."""


@once
def main_act(clause: Clause) -> tuple[int, str]:
    """Return the place of the verb that a clause is about, and what it does."""
    if not clause.has("act", "stops", "field"):
        return -1, ""
    acts = [
        (at, _precisely(clause, span))
        for at, span in clause.tagged("act")
        if not (span.has("except") and clause.has("all_services", "all_people"))
        and not _is_state(clause.spans, at)
        and not _is_told(clause.spans, at)
        and not is_relative(clause.spans, at)
        and not is_compound(clause.spans, at)
        and not _is_owned(clause.spans, at)
        and not has_it_done(clause.spans, at)
        and not (span.act() == "let_not" and denied_loss(clause) > at)
    ]
    acts += [(at, "let_not") for at, _ in clause.tagged("stops") if _stops(clause, at)]
    if "suspension" in clause.values("field"):  # "end his suspension", "arrête la suspension"
        acts += [(at, "lift") for at, span in enumerate(clause.spans) if span.has(*_ENDS)]
    for wanted in _FIRST:
        for at, act in acts:
            if act == wanted:
                return at, act
    strong = [(at, act) for at, act in acts if act not in _WEAK]
    return next(iter(strong or acts), (-1, ""))


@once
def denied_loss(clause: Clause) -> int:
    """Return where the verb of a loss stands that is not to be; -1 where there is none.

    As in "don't let Kevin lose the TV", "faut pas que Jo perde la facture", "Jo must not be
    removed": denied once more, nothing is taken.
    """
    spans = clause.spans
    for at, denial in enumerate(spans):
        if not (denial.act() == "let_not" or denial.has("nomore")):
            continue
        lead = list(takewhile(lambda span: span.has(*_SUFFERS) and not span.act(), spans[at + 1 :]))
        verb = spans[at + 1 + len(lead) :][:1]
        passive = any(span.has("is", "passive") for span in lead)
        if any(v.act() in _LOSSES and (passive or v.has("loses")) for v in verb):
            return at + 1 + len(lead)
    return -1


_SUFFERS = ("person", "he", "they", "to", "is", "passive", "introduces", "article", "also")
_LOSSES = frozenset({"remove", "delete", "lock"})


@once
def orders(clause: Clause) -> bool:
    """Whether its verb is an order, and tells of nobody: "unlock her", not "she forgot it"."""
    at, _ = main_act(clause)
    return at >= 0 and not any(
        span.has("he", "they", "person") and span.gap != "-" and not _is_dative(clause.spans, n, at)
        for n, span in enumerate(clause.spans[:at])
    )


def _is_dative(spans: Sequence[Span], at: int, verb: int) -> bool:
    """As in "lui envoyer un lien": to whom, and no subject, right before the verb."""
    return at == verb - 1 and spans[at].has("to_whom") and not spans[at].has("subject", "clitic")


def _is_owned(spans: Sequence[Span], at: int) -> bool:
    """As in "written down in his locker", "that invite": a noun that sounds like a verb."""
    if at == 0:
        return False
    if spans[at].act() == "replace" and not _takes_an_object(spans, at):
        return True
    noun = spans[at].has("field") and spans[at - 1].has("article", "that_one")
    return spans[at - 1].has("possessive") or (noun and not is_pronoun(spans, at - 1))


_OBJECTS = ("person", "he", "they", "it", "service", "all_services", "field", "email", "somebody")


def _takes_an_object(spans: Sequence[Span], at: int) -> bool:
    """As in "swap Kevin for Jo", "le remplacer"; not in "c'est un échange entre eux"."""
    behind = dropwhile(lambda span: span.has("article", "possessive"), spans[at + 1 :])
    object_behind = next(behind, None)
    before = spans[at - 1]
    lent = before.has("he", "they") and is_pronoun(spans, at - 1)
    return lent or (object_behind is not None and object_behind.has(*_OBJECTS))


def _precisely(clause: Clause, span: Span) -> str:
    """Return what a verb does with a particle apart from it: "turn the TV off", "put her back"."""
    act = span.act()
    if _limits(clause, span):
        return "limit"
    if act in _PUT and "suspended" in clause.values("state"):
        return _PUT[act]
    if span.has_all("is", "owns") and _gets_off(clause.spans, clause.spans.index(span)):
        return "remove"
    back = "go_back" in clause.values("control")
    if act in _PUT_BACK and back and not clause.has("service", "all_services", "email"):
        return "undo"
    if act in _PUT_BACK and _zeroes(clause.spans):
        act = "remove"
    if act == "open":
        return _opens(clause)
    if act == "turn":
        return _turns(clause)
    return "resend" if act == "send" and clause.has("again") else act


def _zeroes(spans: Sequence[Span]) -> bool:
    """As in "mets Kevin à zéro"; not in "ajoute rien à Kevin"."""
    return any(to.has("to") and nothing.has("no_services") for to, nothing in pairwise(spans))


def _gets_off(spans: Sequence[Span], at: int) -> bool:
    """As in "get Jo off the invoice page"."""
    behind = list(dropwhile(lambda span: span.has("person", "he", "they", "and"), spans[at + 1 :]))
    somebody = 0 < len(behind) < len(spans) - at - 1
    return somebody and behind[0].has("off", "switched_off") and not behind[0].gap.strip()


def _turns(clause: Clause) -> str:
    """As in "turn the TV on", "switch the TV off", "turn her mails to French"."""
    if not clause.has("service", "all_services"):
        return "change"
    return "remove" if clause.has("switched_off") else "give"


def _opens(clause: Clause) -> str:
    """As in "open up the TV for Jo", "ouvre-lui ça"; "open him"; "he opened the link"."""
    fields = clause.values("field")
    if fields & {"link", "invitation", "email"}:
        return "use"
    lent = any(span.gap == "-" for _, span in clause.tagged("to_whom"))
    lent = lent or ("access" in fields and _is_lent(clause.spans))
    for_them = clause.has("it") and any(  # "open it for her"
        to.has("to") and who.has("he", "they", "person") for to, who in pairwise(clause.spans)
    )
    thing = clause.has("service", "all_services", "something") or lent or for_them
    return "give" if thing and "account" not in fields else "unblock"


def _is_lent(spans: Sequence[Span]) -> bool:
    """As in "lui ouvrir cet accès"."""
    return any(whom.has("to_whom") and verb.act() == "open" for whom, verb in pairwise(spans))


def _stops(clause: Clause, at: int) -> bool:
    """As in "stop Kevin from paying the bill"; not in "stop taking it from Kevin"."""
    behind = pairwise(clause.spans[at + 1 :])
    return any(span.has("from") and after.has("service", "act") for span, after in behind)


def _limits(clause: Clause, span: Span) -> bool:
    """As in "bring him down to the bill", "keep Kevin to the usage"."""
    down = span.act() in {"remove", "change", "give", "add", "turn"} and _is_down_to(clause.spans)
    down = down or (span.act() == "remove" and _is_down_to(clause.spans, "back_to"))
    things = clause.has("service", "all_services")
    behind = clause.spans[clause.spans.index(span) + 1 :]
    return down or (span.act() == "keep" and things and _is_kept_to(behind))


def _is_down_to(spans: Sequence[Span], kind: str = "down_to") -> bool:
    """As in "cut him back to just the usage"; not in "take it back to Kevin"."""
    at = next((at for at, span in enumerate(spans) if span.has(kind)), len(spans))
    small = ("article", "only", "filler", "what_of")
    behind = dropwhile(lambda span: span.has(*small) and not span.act(), spans[at + 1 :])
    return any(span.has("service", "act", "no_services", "all_services") for span in [*behind][:1])


def _is_kept_to(spans: Sequence[Span]) -> bool:
    what = ("service", "act", "all_services")
    said = [span for span in spans if not span.has("article")]
    kept = ((to, behind) for to, behind in pairwise(said) if not to.has("is"))
    return any(to.has("to") and behind.has(*what) for to, behind in kept)


def _is_state(spans: Sequence[Span], at: int) -> bool:
    """Whether a participle tells how somebody stands: "Kevin is locked", "est barré"."""
    if not spans[at].has("state"):
        return False
    if at + 1 < len(spans) and spans[at + 1].has("somebody"):  # "can a suspended person pay?"
        return True
    before = next((span for span in reversed(spans[:at]) if not span.has("only")), None)
    if before is not None and before.has("somebody"):
        return True  # "une personne bloquée peut-elle payer ?"
    return before is not None and before.has(*_TELLS_OF) and not before.has("to_whom")


def _is_told(spans: Sequence[Span], at: int) -> bool:
    """As in "maintenant c'est fermé": how something is, where a verb says what shall be."""
    before = next((span for span in reversed(spans[:at]) if not span.has("only")), None)
    return spans[at].act() == "lock" and before is not None and before.has("explains")


DONE = {
    "delete": "delete", "remove": "rights", "give": "rights", "add": "create", "unlock": "unlock",
    "unblock": "unlock", "open": "unlock", "reset": "reset_link", "send": "reset_link",
    "resend": "reset_link",
    "change": "edit", "lock": "suspend", "resume": "resume",
    "let_back": "resume", "undo": "undo",
}  # fmt: skip
"""What the history calls what a verb does."""
