"""Somebody told by how they stand: "the one who's locked out, can you open his account"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from intents.context import Context, Mention
from intents.spans import Span, written

_BETWEEN = ("wh", "introduces", "that_one", "is", "subject", "filler")
_FAR = 4
"""Spans from "the one" to how they stand."""


def with_those_described(spans: Sequence[Span], context: Context) -> tuple[Span, ...]:
    """Read "the one who's locked" as whoever is: what tells them apart is no order to lock."""
    return tuple(_described(spans, context))


def _described(spans: Sequence[Span], context: Context) -> Iterator[Span]:
    at = 0
    while at < len(spans):
        end = _state_behind(spans, at)
        stands = spans[end - 1].tags["state"] if end else ""
        refs = tuple(person.ref for person in context.people if person.status == stands)
        if end and refs and not _is_named(spans, at):
            words = written(spans[at:end])
            who = Mention(words, refs)
            yield replace(
                spans[at], end=spans[end - 1].end, text=words, tags={"person": ""}, mention=who
            )
        else:
            yield spans[at]
        at = end if end and refs and not _is_named(spans, at) else at + 1


def _is_named(spans: Sequence[Span], at: int) -> bool:
    """As in "Kevin is the one who's locked": the sentence says who that is."""
    start = max((n for n in range(at + 1) if spans[n].starts_sentence), default=0)
    ahead = (n for n in range(at + 1, len(spans)) if spans[n].starts_sentence)
    return any(span.mention for span in spans[start : next(ahead, len(spans))])


def _state_behind(spans: Sequence[Span], at: int) -> int:
    """Return where "the one who is locked" ends, if it begins at a place; else 0."""
    if not spans[at].has_all("that_one", "he"):
        return 0
    for end in range(at + 1, min(at + _FAR, len(spans))):
        if spans[end].gap.strip(" '’"):
            return 0
        if spans[end].has("state"):
            return end + 1 if end > at + 1 or not spans[end].act() else 0
        if not spans[end].has(*_BETWEEN):
            return 0
    return 0
