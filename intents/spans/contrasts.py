"""What is named only to be put aside at once: "not the TV but the voicemail" is the voicemail."""

from collections.abc import Sequence
from dataclasses import replace

from intents.spans.grammar import denied
from intents.spans.span import Span, only_with, put_aside

_NAMED = ("service", "person")
_SMALL = ("article", "to", "genitive", "and", "or")
_FAR = 6
"""Spans from the *not* to the *but*."""


@only_with("instead_of", "neg", "without")
def with_contrasts(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "not X but Y" as Y, where the *not* denies no verb."""
    told = list(spans)
    for at, span in enumerate(spans):
        if _is_instead_of_it(spans, at):
            told[at : at + 2] = [replace(span, tags={"instead": ""}), put_aside(spans[at + 1])]
        elif span.has("neg", "without") and (but := _contrasted(spans, at)) is not None:
            kept = spans[at + 1].has("only")  # "not only the TV but the bill": both
            start = at - 1 if at and spans[at - 1].has("no") and not span.gap.strip() else at
            for n in range(start, but + 1):
                told[n] = _as_aside(spans[n], kept=kept)
    return tuple(told)


def _is_instead_of_it(spans: Sequence[Span], at: int) -> bool:
    """As in "rather than that, …": of what the card shows, or was said before."""
    if not spans[at].has("instead_of") or at + 2 >= len(spans):
        return False
    it, behind = spans[at + 1 : at + 3]
    return it.has("it") and "," in behind.gap


def _as_aside(span: Span, *, kept: bool) -> Span:
    aside = put_aside(span, *(("and",) if kept and span.has("but") else ()))
    return replace(span, gap=aside.gap) if kept and span.has(*_NAMED) else aside


def _contrasted(spans: Sequence[Span], at: int) -> int | None:
    """Return the place of the *but*, if what is put aside stands before it and no more."""
    target = denied(spans, at) if spans[at].has("neg") else at + 1
    if target is None or target <= at:
        return None
    near = range(at + 1, min(at + 1 + _FAR, len(spans) - 1))
    but = next((n for n in near if spans[n].has("but")), None)
    if but is None:
        return None
    aside = [span for span in spans[at + 1 : but] if not span.has("clitic", "only", *_SMALL)]
    meant = next((s for s in spans[but + 1 :] if not s.has("clitic", "also", *_SMALL)), None)
    kind = next((kind for kind in _NAMED if aside and aside[0].has(kind)), "")
    known = all(span.mention is None or span.mention.refs for span in aside)
    alike = bool(kind) and known and all(span.has(kind) for span in aside)
    if not alike or meant is None or not meant.has(kind):
        return None
    return but if meant.mention is None or meant.mention.refs else None
