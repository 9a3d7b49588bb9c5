"""An alarm that no word alone tells: somebody wants a password or a code of whoever writes."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from intents.spans.span import Span

_SECRETS = frozenset({"password", "code"})
_FAR = 6
"""Spans from who asks to what is asked for."""


def with_alarms(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "he wanted my password" as asked for; not "he wants his password", "… mine changed"."""
    return tuple(
        replace(span, tags={**span.tags, "alarm": "code_asked"})
        if _asks(spans, at) and _is_a_secret_of_mine(spans[at + 1 : at + 1 + _FAR])
        else span
        for at, span in enumerate(spans)
    )


def _asks(spans: Sequence[Span], at: int) -> bool:
    """Whether somebody else wants, says or asks for something."""
    asks = spans[at].has("want", "says") or spans[at].tags.get("field") == "request"
    return asks and at > 0 and spans[at - 1].has("subject", "they", "somebody", "person")


def _is_a_secret_of_mine(behind: Sequence[Span]) -> bool:
    near = list(takewhile(lambda span: not span.gap.strip(" '’"), behind))
    mine = [
        at
        for at, span in enumerate(near)
        if span.tags.get("own_account") in _SECRETS
        or (at and span.tags.get("field") in _SECRETS and near[at - 1].has("me"))
    ]
    last = mine[0] if mine else -1
    closes = last == len(near) - 1 or (last >= 0 and near[last + 1].has("polite", "and", "filler"))
    return last >= 0 and closes and not any(map(Span.act, near[:last]))
