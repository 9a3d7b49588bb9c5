"""Where another wish begins that no verb of its own does: "…, also the TV for Kevin"."""

from collections.abc import Sequence

from intents.spans.grammar import is_for_somebody
from intents.spans.span import Span
from intents.tasks import TAKING

_HARMING = TAKING | {"lock", "shut_out"}


def adds_on(spans: Sequence[Span], at: int, now: Sequence[Span]) -> bool:
    """As in "unlock Jo, also the TV for Kevin": what is for whom is said, and no more.

    Not where something is taken or denied: "remove Kevin's TV, also the bill".
    """
    if not spans[at].has("also") or spans[at].has("and") or "," not in spans[at].gap:
        return False
    harms = any(span.has("neg", "nomore") or span.act() in _HARMING for span in now)
    return not harms and is_for_somebody(spans[at + 1 :])


def is_behind_oneself(spans: Sequence[Span], at: int, now: Sequence[Span]) -> bool:
    """As in "I will not do that, Tyler stays": of somebody else than whoever writes."""
    if not (spans[at].has("person") and "," in spans[at].gap and at + 1 < len(spans)):
        return False
    does = spans[at + 1].has("act", "modal", "want", "is") and not spans[at + 1].gap.strip()
    idle = not any(span.has("person", "service") or span.act() for span in now)
    return does and idle and now[0].has("writer")
