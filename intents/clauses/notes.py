"""A note that goes with what is asked for: "put a note with it for Diane: …"."""

from collections.abc import Iterator, Sequence

from intents.clauses.clause import Clause
from intents.spans.span import Span

_BETWEEN = ("filler", "article", "he", "person", "to_whom", "also", "polite")
_WRITES = frozenset({"add", "give", "send", "keep", "change", "ask"})


def is_about_a_note(clause: Clause, act_place: int) -> bool:
    """Whether a note is what a verb adds or leaves: nobody is added, and nothing is given."""
    if act_place < 0 or clause.spans[act_place].act() not in _WRITES:
        return False
    behind = clause.spans[act_place + 1 :]
    what = next((span for span in behind if _is_note(span) or not span.has(*_BETWEEN)), None)
    return what is not None and _is_note(what)


def starts_at(spans: Sequence[Span]) -> int | None:
    """Return where the words of a note begin: "add a note: …", "put a note on it that …"."""
    noted = next((at for at, span in enumerate(spans) if _is_note(span)), len(spans))
    for at in range(noted + 1, len(spans) - 1):
        if spans[at].has("introduces") or ":" in spans[at].gap:
            return at + 1 if spans[at].has("introduces") else at
    return None


def before_the_note(parts: Sequence[Clause], spans: Sequence[Span]) -> Iterator[Clause]:
    """Yield the clauses that somebody says here: those of a note are for whoever gets it."""
    start = starts_at(spans)
    first = spans[start].first if start is not None else None
    yield from (part for part in parts if first is None or part.spans[0].first < first)


def _is_note(span: Span) -> bool:
    return span.tags.get("field") == "note"
