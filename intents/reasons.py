"""What stands around a yes and is no part of it: "back. yes", "correct, he moved to Alberta"."""

from collections.abc import Sequence

from intents.context import Card
from intents.remarks import pauses
from intents.spans import Span
from intents.tasks import SENDS_AWAY

_AGREES = ("yes", "polite", "filler", "emphasis")
_LEADS = ("explains", "filler", "emphasis", "is", "was", "aux", "he", "they", "because")
_FEW = 4
"""Words that may say where to, and since when."""


def without_return(spans: Sequence[Span]) -> Sequence[Span]:
    """Return what is said by somebody who is back: "back. yes do it" steps back to nothing."""
    returns = len(spans) > 1 and spans[0].has("returns") and spans[1].starts_sentence
    return spans[1:] if returns and spans[1].has("yes") else spans


def without_reason(spans: Sequence[Span], card: Card | None) -> Sequence[Span]:
    """Return what is said before the reason; all of it where there is none.

    It says that who is on the card is gone, and nothing else: "yes, he disagrees" is no reason.
    """
    if card is None or card.intent not in SENDS_AWAY:
        return spans
    at = next((at for at, span in enumerate(spans) if at and pauses(span)), len(spans))
    agrees = any(span.has("yes") for span in spans[:at])
    agrees = agrees and all(span.has(*_AGREES) for span in spans[:at])
    return spans[:at] if agrees and _is_gone(spans[at:], card) else spans


def _is_gone(spans: Sequence[Span], card: Card) -> bool:
    gone = next((at for at, span in enumerate(spans) if span.has("gone")), None)
    if gone is None or not any(_is_who(span, card) for span in spans[:gone]):
        return False
    behind = spans[gone + 1 :]
    leads = all(span.has(*_LEADS) or _is_who(span, card) for span in spans[:gone])
    plain = all(_says_where(span) for span in behind)
    return leads and plain and len(behind) <= _FEW and not any(pauses(span) for span in behind)


def _says_where(span: Span) -> bool:
    """Whether it may be a place or a time; a capital word that nobody here is called is one."""
    stranger = span.mention is not None and not span.mention.refs
    return stranger or span.is_content or span.has("filler", "gone", "ordinal")


def _is_who(span: Span, card: Card) -> bool:
    """Whether it is somebody on the card, by name or by a pronoun."""
    if span.mention is not None:
        return bool(span.mention.refs) and card.people.issuperset(span.mention.refs)
    return span.has("he", "they")
