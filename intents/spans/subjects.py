"""Who does what is told, in words that also say to whom: "y revient demain", in Québec."""

from collections.abc import Sequence
from dataclasses import replace

from intents.spans.span import Span, only_with


@only_with("to_whom")
def with_subjects(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read the *y* of "garde Théo, y revient aux Fêtes" as *il*: it opens what is told."""
    return tuple(
        replace(span, tags={"he": "", "subject": "", "filler": ""})
        if span.has_all("to_whom", "it") and _opens_a_tale(spans, at)
        else span
        for at, span in enumerate(spans)
    )


def _opens_a_tale(spans: Sequence[Span], at: int) -> bool:
    before, behind = spans[at - 1] if at else None, spans[at + 1 : at + 2]
    opens = before is None or bool(spans[at].gap.strip(" '’"))
    opens = opens or (before is not None and before.has("and", "because", "when"))
    does = any(verb.gap == " " and (verb.is_content or verb.act() == "use") for verb in behind)
    return opens and does and spans[at].gap != "-"
