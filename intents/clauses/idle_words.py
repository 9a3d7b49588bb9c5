"""Words that ask or do something elsewhere, and nothing here: "this bug is open", "who I am"."""

from collections.abc import Sequence
from dataclasses import replace

from intents.spans.span import Span, only_with


def with_asides_of_whom(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read the *who* of "I never know who I'm talking to" as no question about people."""
    return tuple(
        replace(span, tags={"filler": ""})
        if span.tags.get("wh") == "who" and _is_of_us(spans[at + 1 : at + 3])
        else span
        for at, span in enumerate(spans)
    )


def _is_of_us(behind: Sequence[Span]) -> bool:
    """As in "who I talk to", "à qui je parle": something that no verb of ours does."""
    if len(behind) < len("ab"):
        return False
    who, does = behind
    near = not (who.gap.strip() or does.gap.strip(" '’"))
    return near and who.has("writer") and does.is_content


def with_states(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read the *open* of "this bug is open" as how it stands, and not as what is to be done."""
    return tuple(
        replace(span, tags={"filler": ""})
        if at and span.act() == "open" and spans[at - 1].has_all("is", "aux")
        else span
        for at, span in enumerate(spans)
    )


@only_with("or")
def with_alternatives(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read the *ou* of "monsieur ou madame" as *or*, and not as *où*."""
    return tuple(
        replace(span, tags={kind: tag for kind, tag in span.tags.items() if kind != "wh"})
        if span.has_all("or", "wh") and _are_alike(spans[max(0, at - 1) : at + 2])
        else span
        for at, span in enumerate(spans)
    )


def _are_alike(around: Sequence[Span]) -> bool:
    if len(around) < len("a,b"):
        return False
    before, _, behind = around
    return any(before.has(kind) and behind.has(kind) for kind in ("title", "person", "service"))
