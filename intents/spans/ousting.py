"""Verbs that send somebody away only where somebody stands right behind them: "dump Kevin"."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from intents.spans.span import Span, only_with

_CLOSES = ("except", "without", "off", "polite", "filler", "emphasis", "instead", "also", "person")
_LEADS = ("filler", "polite", "yes", "no", "list_mark", "ask_bot", "want", "also", "you", "but")


@only_with("ousts")
def with_ousting(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "tu vires Théo" as an order to remove him; "Théo vire fou" says nothing of the kind."""
    return tuple(
        replace(span, tags={"act": "delete"})
        if span.has("ousts") and _is_ordered(spans[:at], span) and _is_somebody(spans[at + 1 :])
        else span
        for at, span in enumerate(spans)
    )


def _is_ordered(before: Sequence[Span], verb: Span) -> bool:
    """Whether the verb opens its part of the sentence: nobody is said to do it."""
    if before and before[-1].has("article"):
        return False  # "the bin Kevin uses"
    behind = verb
    for span in reversed(before):
        if behind.gap.strip() or span.has("and"):
            return True
        if span.has("he", "person") or not span.has(*_LEADS):
            return False
        behind = span
    return True


def _is_somebody(behind: Sequence[Span]) -> bool:
    """Whether somebody is sent away, and nothing of theirs: not in "dump Tyler's password"."""
    rest = [span for span in behind if not (span.has("article") and span.gap != "-")]
    who = rest[0] if rest else None
    if who is None or who.gap.strip(" -"):
        return False
    named = who.mention is not None and (bool(who.mention.refs) or who.mention.relation)
    if not (named or who.has("all_people", "others", "he", "they")):
        return False
    said = takewhile(lambda span: not (span.gap.strip(" '’") or span.has("and")), rest[1:])
    return all(span.has(*_CLOSES) or span.tags.get("field") == "account" for span in said)
