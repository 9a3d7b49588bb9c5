"""Who is named as one of two: "remove Kevin or Jo" does not say whom."""

from collections.abc import Sequence
from dataclasses import replace

from intents.clauses.clause import Clause
from intents.spans.span import Span
from intents.wishes.heard import Heard

_BETWEEN = ("to", "article", "filler")
_OF_BOTH = (
    *("neg", "nomore", "no", "without", "except", "but", "nobody", "unwilling", "both"),
    *("wh", "whether", "ask_done", "asking", "when", "because"),
)
"""What makes "or" mean each of them: "don't remove Kevin or Jo", "if Kevin or Jo asks"."""


def leave_open(heard: Heard, parts: Sequence[Clause]) -> None:
    """Leave open whom a wish is about, where it names one or another: it will be asked."""
    either = frozenset().union(*(undecided(part) for part in parts))
    if not either:
        return
    open_to = [wish for wish in heard.wishes if wish.mood == "wish" and either <= wish.about]
    gone = either.union(*(wish.about for wish in open_to))  # "Rose, Kevin or Jo": of all three
    heard.people = [mention for mention in heard.people if mention.value not in gone]
    heard.wishes = [replace(wish, whom=()) if wish in open_to else wish for wish in heard.wishes]


def undecided(clause: Clause) -> frozenset[str]:
    """Return those of whom only one is meant, and nobody knows which."""
    spans = clause.spans
    if "?" in clause.ends_in or not clause.has("or"):
        return frozenset()
    if any(span.has(*_OF_BOTH) and not span.has("or") for span in spans):
        return frozenset()
    either: set[str] = set()
    for at, span in enumerate(spans):
        if span.has("or"):
            beside = (_nearest(spans[:at][::-1]), _nearest(spans[at + 1 :]))
            refs = [who.mention.value for who in beside if who and who.mention and who.mention.refs]
            either |= set(refs) if len(refs) > 1 else set()
    return frozenset(either)


def _nearest(spans: Sequence[Span]) -> Span | None:
    return next((span for span in spans if not span.has(*_BETWEEN, "or")), None)
