"""Whether a message gives a secret away: "my password is Hunter2"."""

from collections.abc import Iterator, Sequence

from intents.spans.span import Span
from intents.words.dictionary import is_word

_NEAR = 3
_SHORTEST = 3
"""Digits of the code on the back of a card."""
_PARTS = "-'’"
"""What parts a word that is one all the same."""


def tells_secret(spans: Sequence[Span]) -> bool:
    """Whether a password, a card's number or a PIN is named, and what it is stands beside it."""
    return next(told(spans), None) is not None


def told(spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Return where the secrets of a message stand: the first span of each, and behind the last."""
    told_up_to = 0
    for at, span in enumerate(spans):
        if at < told_up_to or not _is_secret(span):
            continue
        first = _behind(spans, at)
        if first is not None:
            told_up_to = first + 1
            while told_up_to < len(spans) and _goes_on(spans, told_up_to):
                told_up_to += 1
            yield first, told_up_to
        elif (before := _before(spans, at)) is not None:
            yield before, before + 1


def _is_secret(span: Span) -> bool:
    named = {span.tags.get("field"), span.tags.get("own_account")}
    return "password" in named or span.has("secret")


def _behind(spans: Sequence[Span], at: int) -> int | None:
    """Return what a secret is said to be: "password: kitten", "my PIN is 4471", "mdp minou22"."""
    behind = range(at + 1, min(at + 1 + _NEAR, len(spans)))
    if not behind:
        return None
    following = spans[at + 1]
    if not {":", "="}.isdisjoint(following.gap):
        return at + 1 if _is_value(spans, at + 1) else None
    if _is_mixed(following) or (spans[at].has("secret") and _is_number(following)):
        return at + 1
    said = (index for index in behind[:-1] if spans[index].has("is", "link_name"))
    return next((index + 1 for index in said if _is_value(spans, index + 1)), None)


def _before(spans: Sequence[Span], at: int) -> int | None:
    """Return what is said to be a secret: "Hunter2 is my password"."""
    said = (index for index in range(max(1, at - _NEAR + 1), at) if spans[index].has("is"))
    return next((index - 1 for index in said if _is_mixed(spans[index - 1])), None)


def _goes_on(spans: Sequence[Span], at: int) -> bool:
    return _is_glued(spans, at) or (spans[at].gap.isspace() and _is_value(spans, at))


def _is_value(spans: Sequence[Span], at: int) -> bool:
    """Whether it is no word that says something of a password: "my password is wrong"."""
    span = spans[at]
    if at + 1 < len(spans) and _is_glued(spans, at + 1):
        return True
    odd = any(char.isdigit() for char in span.text)
    return not span.tags and (odd or not is_word(span.text))


def _is_glued(spans: Sequence[Span], at: int) -> bool:
    """Whether signs alone part it from the span before, as in "p@ss_word"."""
    gap = spans[at].gap
    return gap.strip(_PARTS) != "" and not any(char.isspace() for char in gap)


def _is_number(span: Span) -> bool:
    """Whether it has as many digits as the shortest secret, and nothing else: "cvv 123"."""
    return len(span.text) >= _SHORTEST and span.text.isdecimal()


def _is_mixed(span: Span) -> bool:
    """Whether it has letters and digits, as passwords have and words have not."""
    kinds = {char.isdigit() for char in span.text if char.isalnum()}
    return not span.tags and len(kinds) > 1
