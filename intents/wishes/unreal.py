"""Clauses that wish for nothing though they have a verb: planned, supposed, quoted, only described.

"Next month I may remove Jo", "if he does it again I'll suspend him", "« remove Jo », he writes".
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from intents.clauses.clause import DOING, Clause
from intents.spans.grammar import has_it_done
from intents.spans.span import Span
from intents.wishes import turning
from intents.wishes.acts import orders

_OPENS, _CLOSES, _TURNS = "«“", "»”", '"'
_GOES_ON = frozenset({"", ","})
_ASKS = ("want", "ask_bot", "wh")


def with_what_is_not_meant(parts: Sequence[Clause], end: str) -> tuple[Clause, ...]:
    """Mark the clauses that wish for nothing, whatever their verbs are."""
    quoted = _quoted([span for part in parts for span in part.spans], end)
    supposed = past = False
    marked: list[Clause] = []
    for part in parts:
        past = part.has("long_ago") or (past and not part.spans[0].starts_sentence)
        unreal = _is_planned(part, supposed=supposed) or _is_quoted(part, quoted)
        unreal = unreal or _is_explained(part) or _only_hedges(part)
        unreal = unreal or (past and _is_told(part))
        marked.append(replace(part, unreal=True) if unreal else part)
        supposed = _supposes(part, supposed=supposed)
    if not any(map(_is_asked, marked)):
        return tuple(marked)
    later = [part for part in marked if _is_put_off(part)]
    denied = [part for part in marked if _will_not(part.spans)]
    return tuple(
        replace(part, declined=True)
        if (_is_asked(part) and (_is_before(part, later) or _is_answered(part)))
        or (_is_told_of(part) and _is_before(part, denied))
        else part
        for part in marked
    )


def _is_asked(part: Clause) -> bool:
    """As in "she asked me to give her the TV": told of, and ordered by nobody yet."""
    wants = [at for at, _ in part.tagged("want")]
    theirs = wants and any(span.has("person", "subject") for span in part.spans[: wants[0]])
    return bool(_is_told_of(part) or (theirs and not part.has("me")))


def _is_answered(part: Clause) -> bool:
    """As in "Jo asked me to unlock him and I said no"."""
    no = next((at for at, span in part.tagged("answered") if span.tags["answered"] == "no"), 0)
    return no > 0 and part.spans[no - 1].has("writer")


def _is_told_of(part: Clause) -> bool:
    """As in "she asked me to …", "he suggests removing …": whose words it is."""
    told = part.has("says", "bidden", "suggests") or "request" in part.values("field")
    return told and part.has("act")


def _is_put_off(part: Clause) -> bool:
    """As in "I said I would think about it", "but I don't want to": it is not wished for yet."""
    said_no = turning.opening(part)
    if len(said_no) == len(part.spans) and turning.takes_back(said_no):
        return True
    if part.has("service", "person", "email"):
        return False
    if "no" in part.values("answered"):
        return part.has("writer") or not part.has("he", "they")  # "je lui ai dit non"
    if part.has("writer") and "decline" in part.values("act"):
        return True  # "mais j'ai refusé net"
    if not part.has("me", "dispute"):
        return False
    acts = part.values("act") - {"use"}
    unwilling = part.has("want") and part.has("neg", "nomore", "no_services")
    unwilling = (unwilling or part.has("unwilling")) and not acts
    return unwilling or "open" in part.values("hedge")


def _will_not(spans: Sequence[Span]) -> bool:
    """As in "I won't", "I'm not doing that": whoever writes denies, and names nothing."""
    subject = bool(spans) and spans[0].has("writer")
    named = any(span.has("field", "wh", "says", "service", "person", "act") for span in spans)
    denied = any(
        no.has("neg") and (no.has("aux", "postposed") or before.has("aux", "writer"))
        for before, no in pairwise(spans)
    )
    return subject and denied and not named


def _is_before(part: Clause, later: Sequence[Clause]) -> bool:
    return any(part.spans[0].first < each.spans[0].first for each in later)


def _supposes(part: Clause, *, supposed: bool) -> bool:
    """Whether what follows is said under a condition: "if he does it again, …"."""
    goes_on = part.ends_in in _GOES_ON
    return goes_on and (supposed or (part.is_condition and part.has("whether")))


def _is_planned(part: Clause, *, supposed: bool) -> bool:
    """As in "next month I'll probably remove Jo": whoever writes may do it, some day."""
    verb = next((at for at, span in part.tagged("act") if span.act() in DOING), -1)
    lead = part.spans[: max(0, verb)]
    if lead and lead[-1].has("as_whom") and not lead[-1].has("having"):
        return True  # "I'd sooner eat my hat than let him pay"
    writer = next((at for at in reversed(range(len(lead))) if _writes(lead[at])), -1)
    between = lead[writer + 1 :]
    if writer < 0 or part.has("please") or any(s.has(*_ASKS, "person", "you") for s in between):
        return False
    perhaps = "maybe" in part.values("hedge") or any(span.has("plans") for span in lead)
    later = any(span.has("later") for span in lead)
    would = any(span.has("would") for span in between[:1])  # "… if he had a job"
    return perhaps or later or would or supposed


def _writes(span: Span) -> bool:
    """Whether whoever writes is a subject here: "I", not "me" nor "my"."""
    return span.has("writer", "plans") or (span.has("me") and not span.has("article", "to_me"))


def _is_told(part: Clause) -> bool:
    """As in "last spring Tyler was locked out, and Jo was taken off": it was so, long ago."""
    wished = part.has("want", "ask_bot", "please", "still", "modal", "neg")
    done = any(has_it_done(part.spans, at) for at in range(len(part.spans)))
    wished = wished or orders(part) or done
    was = any(not span.has("to") for _, span in part.tagged("was"))  # no French "à"
    return (was or part.has("i_did")) and not wished


def _is_explained(part: Clause) -> bool:
    """As in "I showed Tyler how to change his password": told of how it is done."""
    return any(
        at and span.tags.get("wh") == "how" and part.spans[at + 1].act() in DOING
        for at, span in enumerate(part.spans[:-1])
    )


def _only_hedges(part: Clause) -> bool:
    """As in "…, mettons ?": a verb that is only said to hedge."""
    return part.has("hedge") and all(span.has("hedge", "filler", "polite") for span in part.spans)


def _is_quoted(part: Clause, quoted: frozenset[int]) -> bool:
    """Whether it is in quotation marks, and has a verb: an order that somebody else gave."""
    verbs = [span for _, span in part.tagged("act") if span.act() in DOING]
    return bool(verbs) and all(span.first in quoted for span in verbs)


def _quoted(spans: Sequence[Span], end: str) -> frozenset[int]:
    """Return the places that are in quotation marks, where something stands outside of them."""
    inside = list(_inside([span.gap for span in spans], end))
    whole = all(inside)
    return frozenset(
        s.first for s, within in zip(spans, inside, strict=True) if within and not whole
    )


def _inside(gaps: Sequence[str], end: str) -> Iterator[bool]:
    """Yield whether each word is in quotation marks; a mark that nothing closes quotes nothing."""
    opened = False
    for at, gap in enumerate(gaps):
        for mark in gap:
            if opened:
                opened = mark not in _CLOSES + _TURNS
            elif mark in _OPENS + _TURNS:
                behind = "".join((*gaps[at + 1 :], end))
                opened = not set(_CLOSES + _TURNS).isdisjoint(behind)
        yield opened
