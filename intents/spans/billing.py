"""What is done with the bill: "paie la facture", "see and pay the bill"."""

from collections.abc import Sequence
from dataclasses import replace

from intents.spans.span import Span
from intents.values.phrases import SEVERAL

VIEW, PAY = "view_invoice", "pay_bill"


def with_bills(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "paie la facture" as paying it: what is done with the bill says what is meant."""
    reread = list(spans)
    for at, span in enumerate(spans):
        if not span.has("service"):
            continue
        if _pays_somebody(spans, at):
            reread[at] = replace(span, tags={"filler": ""}, value="")
            continue
        if span.value not in {VIEW, PAY} or span.gap.strip(" '’"):
            continue
        verb = _verb_before(spans, at)
        verb -= _ends_it(spans, verb)
        if verb > 0 and spans[verb - 1].has("me") and not spans[verb - 1].gap.strip(" '’"):
            continue  # "je paie la facture, Kevin peut la voir"
        done = _done(spans[verb]) if verb >= 0 else ""
        if done and spans[verb].has("service"):
            reread[verb] = replace(spans[verb], tags={"filler": ""}, value="")
        joint = verb - 1 if done else verb
        also = _done(spans[joint - 1]) if joint > 0 and spans[joint].has("and") else ""
        means = done or span.value
        both = also and also != means
        reread[at] = replace(span, value=SEVERAL.join((VIEW, PAY)) if both else means)
    return tuple(reread)


def _pays_somebody(spans: Sequence[Span], at: int) -> bool:
    """As in "he always pays me back": no bill is paid so."""
    whom, back = (*spans[at + 1 : at + 3], None, None)[:2]
    if (
        whom is None
        or whom.gap.strip()
        or not (spans[at].has("service") and spans[at].value == PAY)
    ):
        return False
    told = at > 0 and spans[at - 1].has("subject", "still", "person")
    start = max((n for n in range(at) if spans[n].gap.strip(" '’")), default=0)
    if not told or any(map(Span.act, spans[start:at])):
        return False
    returned = back is not None and back.has("returns") and whom.has("he", "they", "person", "you")
    return whom.has_all("me", "to_me") or returned


def _verb_before(spans: Sequence[Span], at: int) -> int:
    """Return where the word stands that is no article, or "notre", of the bill."""
    verb = at - 1
    while verb > 0 and _is_whose(spans[verb]) and not spans[verb].gap.strip():
        verb -= 1
    return verb


def _ends_it(spans: Sequence[Span], at: int) -> bool:
    """As in "ne paie plus la facture": no *and* stands behind a verb that is denied."""
    near = spans[max(0, at - 2) : max(0, at)]
    return at > 1 and spans[at].has("and") and any(span.has("neg") for span in near)


def _is_whose(span: Span) -> bool:
    """Whether it stands before a thing: "the", "notre"."""
    return span.has("filler") and not (span.has("and", "or", "with_bill") or span.act())


def _done(span: Span) -> str:
    """Return what a verb does with the bill; "paye" alone is the name of that service too."""
    pays = span.has("service") and span.value == PAY
    return PAY if pays else span.tags.get("with_bill", "")
