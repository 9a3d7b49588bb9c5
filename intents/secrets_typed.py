"""Whether a message gives a secret away: "my password is Hunter2"."""

from collections.abc import Sequence
from itertools import pairwise

from intents.dictionary import is_word
from intents.spans import Span

_NEAR = 3


def tells_secret(spans: Sequence[Span]) -> bool:
    """Whether a password, a card's number or a PIN is named, and what it is stands behind it."""
    return any(
        _is_told(spans[at + 1 : at + 1 + _NEAR])
        for at, span in enumerate(spans)
        if _is_secret(span)
    )


def _is_secret(span: Span) -> bool:
    named = {span.tags.get("field"), span.tags.get("own_account")}
    return "password" in named or span.has("secret")


def _is_told(behind: Sequence[Span]) -> bool:
    if behind and (":" in behind[0].gap or "=" in behind[0].gap):
        return _is_value(behind[0])
    return any(span.has("is", "link_name") and _is_value(value) for span, value in pairwise(behind))


def _is_value(span: Span) -> bool:
    """Whether it is no word that says something of a password: "my password is wrong"."""
    odd = any(char.isdigit() for char in span.text)
    return not span.tags and (odd or not is_word(span.text))
