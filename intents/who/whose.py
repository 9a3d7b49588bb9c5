"""Somebody who only says who another one is: "Kevin's fiancée Maria Santos", "Amir, who pays"."""

from collections.abc import Sequence
from dataclasses import replace

from intents.spans.span import Span

_FAR = 4
"""Spans from the owner to the new name."""


def with_owners(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Leave out whose friend or wife somebody is; read a *who* behind a name as he or she."""
    reread = list(spans)
    for at, span in enumerate(spans):
        if _is_owner(spans, at):
            reread[at] = replace(span, tags={"filler": ""}, mention=None)
        elif at and _is_relative(spans[at - 1], span):
            reread[at] = replace(span, tags={"he": "", "subject": ""})
    return tuple(reread)


def _is_owner(spans: Sequence[Span], at: int) -> bool:
    if not spans[at].is_known or at + _FAR > len(spans):
        return False
    owns, kin, new = spans[at + 1 : at + _FAR]
    near = owns.gap in {"'", "’"} and not f"{kin.gap}{new.gap}".strip()
    return near and (kin.is_content or kin.tags.keys() == {"filler"}) and new.has("person")


def _is_relative(name: Span, span: Span) -> bool:
    asks = span.tags.get("wh") == "who"
    return asks and name.has("person") and "," in span.gap
