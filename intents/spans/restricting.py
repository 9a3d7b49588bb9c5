"""What is all that there shall be: "elle ne doit avoir que la facture", "none of the others"."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from intents.spans.billing import PAY
from intents.spans.span import Span, only_with
from intents.values.phrases import codes_of

ALONE = "alone"
"""How "only Kevin" means nobody else: he shall have it, and where others do, they shall not."""
_REACH = 8
"""How far a French "ne" reaches."""
_NEAR = 3
"""From the "ne" to the "plus" behind its verb."""
_HAVING = frozenset({"keep", "give"})
"""What is done with all that there shall be: "garde que", "laisse-lui que"."""
_CLOSING = ("and", "only", "nothing_else", "polite", "until", "but", "to")


@only_with("restricting", "nothing_else", "other", "others")
def with_restrictions(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "ne … que" as "only", and "que" behind a verb that keeps where the "ne" is dropped."""
    reread = _behind_ne(_behind_plus(spans))
    for at in range(1, len(reread)):
        if _drops_its_ne(reread, at):
            reread[at] = replace(reread[at], tags={"only": ""})
    return _with_nothing_else(_with_none_of_the_others(reread))


@only_with("only")
def with_only_them(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "only Kevin should pay" as "nobody but Kevin …": who, and not what, is all there is."""
    reread: list[Span] = []
    for at, span in enumerate(spans):
        if span.has("only") and _is_who_alone(spans, at):
            reread.append(replace(span, end=span.first, text="", tags={"nobody": ALONE}))
            span = replace(span, gap=" ", tags={"except": ""})  # noqa: PLW2901 -- the same word
        reread.append(span)
    return tuple(reread)


def _is_who_alone(spans: Sequence[Span], at: int) -> bool:
    """Whether a clause begins with it, and with whoever alone shall have something."""
    begins = at == 0 or bool(spans[at].gap.strip()) or spans[at - 1].has(*_BEFORE_A_SUBJECT)
    end = at + 1
    while end < len(spans) and spans[end].has("person", "and") and not spans[end].gap.strip():
        end += 1
    said = list(takewhile(lambda span: not span.gap.strip(), spans[end : end + 2 * _NEAR]))
    near = said[:_NEAR]
    owned = any(span.has("is") for span in near[:1])  # "just Kevin's bill"
    pays = not owned and any(PAY in codes_of(span.value) for span in near)  # "only Kevin pays"
    shall = pays or any(span.has("modal") or span.act() in {"use", "give"} for span in near)
    thing = any(span.has("service") for span in said)
    denied = any(span.has("neg", "cannot") for span in said)
    return begins and end > at + 1 and shall and thing and not denied


_BEFORE_A_SUBJECT = ("polite", "and", "but", "introduces", "want", "lets")


def _behind_plus(spans: Sequence[Span]) -> Sequence[Span]:
    """Read "permets plus que de voir la facture", "a plus que la télé" as what is left."""
    reread = list(spans)
    for at, (span, que) in enumerate(pairwise(spans)):
        if not (que.has("restricting") and (span.act() == "let_not" or span.has("nomore"))):
            continue
        behind = (s for s in spans[at + 2 :] if not (s.has("article", "from") or s.act() == "use"))
        what = next(behind, None)
        if what is None or not what.has("service"):
            continue
        kind = "give" if span.act() == "let_not" else "use"
        reread[at : at + 2] = [replace(span, tags={"act": kind}), replace(que, tags={"only": ""})]
        for before in range(max(0, at - _NEAR), at):
            if spans[before].has("neg"):
                reread[before] = replace(spans[before], tags={"filler": ""})
    return reread


def _behind_ne(spans: Sequence[Span]) -> list[Span]:
    reread = list(spans)
    refusing = [(start, span) for start, span in enumerate(spans) if span.has("neg")]
    for start, span in refusing:
        behind = range(start + 1, min(start + 1 + _REACH, len(spans)))
        if any(spans[at].has("postposed", "nomore") for at in (start, *behind)):
            continue
        told = [at for at in behind if not spans[at].has("article", "from")]
        for que, what in pairwise(told):
            named = spans[what].has("service", "all_services")
            if spans[que].has("restricting") and named:
                reread[start] = replace(span, tags={"filler": ""})
                reread[que] = replace(spans[que], tags={"only": ""})
                break
    return reread


def _drops_its_ne(spans: Sequence[Span], at: int) -> bool:
    """As in "Kevin garde que la data"; not in "vois que la facture est haute", "je garde que"."""
    if not spans[at].has("restricting") or spans[at].gap.strip():
        return False
    said = [span for span in spans[:at] if span.gap != "-"]
    if not said:
        return False
    mine = any(span.has("me") for span in said[-2:-1])
    behind = [span for span in spans[at + 1 :] if not span.has("article")]
    if said[-1].act() not in _HAVING or mine or not (behind and behind[0].has("service")):
        return False
    following = next((span for span in behind if not span.has("service", "and")), None)
    return following is None or bool(following.gap.strip()) or following.has(*_CLOSING)


def _with_nothing_else(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "nothing else anymore", "veut plus rien d'autre" as what is all, and no end of it."""
    reread = list(spans)
    for at, (before, behind) in enumerate(pairwise(spans)):
        closes = (before.has("nothing_else"), behind.has("nothing_else"))
        if not any(closes) or behind.gap.strip():
            continue
        if closes == (behind.has("nomore"), before.has("nomore")):
            gone = at + 1 if closes[0] else at
            reread[gone] = replace(spans[gone], tags={"filler": ""})
    return tuple(reread)


_THINGS = ("access", "account")
_NONE = ("no_services", "nomore")


def _with_none_of_the_others(spans: Sequence[Span]) -> Sequence[Span]:
    """Read "pu aucune des autres affaires", behind a service, as "nothing else"."""
    others = next((at for at, span in enumerate(spans) if span.has("others", "other")), 0)
    if not others:
        return spans
    start = others
    while start > 1 and not spans[start].gap.strip() and _leads_to_others(spans[start - 1]):
        start -= 1
    none = any(span.has(*_NONE) for span in spans[start:others])
    named = any(span.has("service") for span in spans[:start])
    behind = spans[others + 1 : others + 2]
    thing = bool(behind) and (behind[0].tags.keys() <= {"emphasis", "filler"})
    thing = thing or (bool(behind) and behind[0].tags.get("field") in _THINGS)
    end = others + 2 if thing and not behind[0].gap.strip() else others + 1
    closes = end == len(spans) or bool(spans[end].gap.strip()) or spans[end].has(*_CLOSING)
    if not (none and named and closes):
        return spans
    whole = replace(spans[start], tags={"nothing_else": ""})
    small = [replace(span, tags={"filler": ""}) for span in spans[start + 1 : end]]
    return [*spans[:start], whole, *small, *spans[end:]]


def _leads_to_others(span: Span) -> bool:
    """Whether a word belongs to "none of the others"; not to "take it off the others"."""
    return span.has("genitive", "no_services", "without", "nomore", "and")
