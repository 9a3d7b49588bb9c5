"""Exceptions without the word: "leave Jo out of it", "Tyler aside", "everybody bar Jo"."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile

from intents.spans.grammar import ALL
from intents.spans.span import Span, only_with, put_aside
from intents.tasks import LEAVING


@only_with("left_out", "no_services", "except", "except_behind")
def with_those_left_out(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "leave Jo out of it" as an exception: "except Jo"."""
    reread = list(_without_oneself(spans))
    leaving = [at for at, span in enumerate(spans) if span.act() in LEAVING]
    for at in leaving:
        end = at + 1
        while end < len(spans) and spans[end].has("person", "he", "they", "service", "article"):
            end += 1
        behind = spans[end] if at + 1 < end < len(spans) else None
        if behind is not None and behind.has("left_out"):
            span = spans[at]
            reread[at] = replace(span, tags={"except": "", "without": ""})
            reread[end] = replace(behind, tags={"filler": ""})
    reread = _without_who_gets_nothing(_counted_first(reread))
    return _with_exceptions_first(list(map(partial(_excepted, reread), range(len(reread)))))


def _counted_first(spans: Sequence[Span]) -> list[Span]:
    """Read "except these two: the bill, the usage" as "except the bill, the usage"."""
    reread = list(spans)
    for at in range(1, len(spans) - 1):
        leaves, these, listed = spans[at - 1 : at + 2]
        if leaves.has("except") and these.has("all_of") and ":" in listed.gap:
            reread[at] = put_aside(these)
    return reread


def _without_oneself(spans: Sequence[Span]) -> Sequence[Span]:
    """Leave out "besides me": whoever writes is none of those who are spoken of.

    In "everyone except me and Jo", Jo is still left out.
    """
    reread = list(spans)
    for at in range(len(spans) - 1):
        leaves, me = spans[at : at + 2]
        owns = me.has("possessive", "article", "writer") or me.gap.strip(" -")
        if not leaves.has("except") or leaves.has("neg") or not me.has("me") or owns:
            continue
        behind = spans[at + 2] if at + 2 < len(spans) else None
        joined = behind is not None and behind.has("and", "or")
        first, last = (at + 1, at + 2) if joined else (at, at + 1)
        reread[first : last + 1] = [put_aside(span) for span in spans[first : last + 1]]
    return reread


def _without_who_gets_nothing(spans: list[Span]) -> list[Span]:
    """Leave out Jo in "give Kevin the TV and Jo nothing", "… et rien à Jo": others are given it."""
    for at, nothing in enumerate(spans):
        if not nothing.has("no_services"):
            continue
        gives = any(span.act() == "give" for span in spans[:at])
        if not (gives and any(span.has("service") for span in spans[:at])):
            continue
        start, end = _segment(spans, at)
        part = spans[start:end]
        whom = [span for span in part if span.has("person", "he", "other")]
        small = all(span.has("to", "filler", "and", "but", "polite", *_WHOM) for span in part)
        if len(whom) == 1 and small and start > 0:
            spans[start:end] = [put_aside(span) for span in part]
    return spans


_WHOM = ("person", "he", "other", "no_services", "is_given", "nomore")


def _segment(spans: Sequence[Span], at: int) -> tuple[int, int]:
    """Return where what belongs to a word begins, behind an *and* or a pause, and ends."""
    start = at
    while start and not (spans[start].has("and", "but") or spans[start].gap.strip(" '’")):
        start -= 1
    end = at + 1
    while end < len(spans) and not (spans[end].has("and", "but") or spans[end].gap.strip(" '’")):
        end += 1
    return start, end


def _excepted(spans: Sequence[Span], at: int) -> Span:
    """As in "everybody on here bar Jo": no verb, though "bar" is one as well."""
    span = spans[at]
    if not span.has_all("except", "act") or span.gap.strip():
        return span
    bars = any(behind.has("from") for behind in spans[at + 1 : at + 4])  # "bar Kevin from the TV"
    before = list(takewhile(_stands_between, reversed(spans[:at])))
    whole = at > len(before) and spans[at - len(before) - 1].has(*ALL)
    if bars or not whole:
        return span
    return replace(span, tags={kind: of for kind, of in span.tags.items() if kind != "act"})


def _stands_between(span: Span) -> bool:
    """As "on here" does in "everybody on here bar Jo"."""
    small = span.has("filler") and not span.gap.strip() and not span.has(*ALL)
    return small and not span.has("me", "and", "but", "to", "you")


def _with_exceptions_first(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "Tyler aside", "Rose mise à part" as "except Tyler": the word goes before its people."""
    moved = list(spans)
    for at, span in enumerate(spans):
        if not span.has("except_behind"):
            continue
        start = at
        while start and spans[start - 1].has("person", "and"):
            start -= 1
        ends = at + 1 == len(spans) or bool(spans[at + 1].gap.strip())
        begins = start == 0 or bool(spans[start].gap.strip())
        if start < at and begins and ends:
            first = replace(spans[start], gap=" ")
            word = replace(span, gap=spans[start].gap, tags={"except": "", "without": ""})
            moved[start : at + 1] = [word, first, *spans[start + 1 : at]]
    return tuple(moved)
