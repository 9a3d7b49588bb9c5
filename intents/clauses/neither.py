"""Two whom the same is denied: "neither Kevin nor Jo should see the bill"."""

from collections.abc import Sequence
from dataclasses import replace

from intents.clauses.clause import DOING
from intents.context import Context
from intents.spans.span import Span, only_with

_PASSED = ("filler", "emphasis", "article")
_GIVES = frozenset({"give", "use"})


@only_with("neither")
def with_neither(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "neither … nor …" as the two of them, and as a *not* that belongs to their verb."""
    reread = list(spans)
    places = [at for at, span in enumerate(spans) if span.has("neither")]
    things = len(places) > 1 and _denies_things(spans, places)
    if len(places) < len("ab") or not (things or all(_names(spans, at) for at in places)):
        return tuple(spans)
    first, *others = places
    for at in others:
        reread[at] = replace(spans[at], tags={"and": ""})
    if things:
        reread[first] = replace(spans[first], tags={"filler": ""})
        return tuple(reread)
    before = next((at for at in range(first - 1, -1, -1) if not _is_idle(spans[at])), -1)
    verb = before if before >= 0 and spans[before].has("act", "want") else -1
    if verb >= 0 and spans[verb].act() in DOING - _GIVES:  # "unlock neither Kevin nor Jo"
        reread[first] = replace(spans[first], tags={"neg": "", "postposed": ""})
        return tuple(reread)
    reread[first] = replace(spans[first], tags={"filler": ""})
    if verb < 0:
        behind = range(others[-1] + 2, len(spans))
        verb = next((at for at in behind if not spans[at].has("neg") or spans[at].act()), -1)
        for at in range(others[-1] + 2, max(verb, 0)):
            reread[at] = replace(spans[at], tags={"filler": ""})  # "ni Kevin ni Jo ne doivent"
    if verb >= 0:
        reread[verb] = _denied(spans[verb])
    return tuple(reread)


def _denies_things(spans: Sequence[Span], places: Sequence[int]) -> bool:
    """As in "il ne doit plus voir ni la facture ni l'utilisation": denied once, of each."""
    denied = any(span.has("nomore") or span.act() == "let_not" for span in spans[: places[0]])
    things = (
        next((span for span in spans[at + 1 : at + 3] if not span.has("article")), spans[at])
        for at in places
    )
    return denied and all(span.has("service") for span in things)


def _names(spans: Sequence[Span], at: int) -> bool:
    return at + 1 < len(spans) and spans[at + 1].has("person")


def _is_idle(span: Span) -> bool:
    return span.has(*_PASSED) and not span.has("want", "act")


def _denied(verb: Span) -> Span:
    """As in "nor Jo needs to see it": no longer; "nor Jo should see it": they shall not."""
    if verb.has("want"):
        return replace(verb, tags={"nomore": ""})
    if verb.has("loses"):
        return replace(verb, tags={"act": "keep"})  # "neither Kevin nor Jo should lose it"
    if verb.has("modal", "aux") or verb.act() in _GIVES:
        return replace(verb, tags={"act": "let_not"})
    return verb


@only_with("all_services")
def with_none_at_all(spans: Sequence[Span], context: Context) -> tuple[Span, ...]:
    """Read "she doesn't need any service" as *none*, where it is asked which she is to have."""
    if "service" not in context.expects:
        return tuple(spans)
    reread = list(spans)
    for at, span in enumerate(spans):
        if span.has("all_services") and (denied := _denied_before(spans, at)) is not None:
            reread[denied] = replace(spans[denied], tags={"filler": ""})
            reread[at] = replace(span, tags={"no_services": ""})
    return tuple(reread)


def _denied_before(spans: Sequence[Span], at: int) -> int | None:
    """Return where *not* stands, if only somebody's need is between it and a word for all."""
    for back in range(at - 1, -1, -1):
        span = spans[back]
        if spans[back + 1].gap.strip() or span.act() in DOING:
            return None
        if span.has("neg", "nomore", "no_alone", "neither"):
            return back
        if not span.has("want", "filler", "emphasis", "he", "person"):
            return None
    return None


@only_with("no_reason")
def with_no_reason(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "no reason Jo should see it" as that she must not; twice denied it wishes nothing."""
    return tuple(
        replace(span, tags={"act": "let_not"} if _is_of_somebody(spans[at + 1 :]) else {"no": ""})
        if span.has("no_reason")
        else span
        for at, span in enumerate(spans)
    )


def _is_of_somebody(behind: Sequence[Span]) -> bool:
    who = behind[0] if behind else None
    near = who is not None and who.has("person", "he", "they", "all_people")
    return near and not any(span.has("neg", "nomore") for span in behind)
