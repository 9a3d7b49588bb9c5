"""What is denied, and so nobody means: "I won't say no", "not instead", "no word of French"."""

from collections.abc import Sequence

from intents.spans.span import Span, only_with, put_aside

_FAR = 6
"""Spans from a *not* to the language that somebody does not speak."""
_BETWEEN = 2
"""Spans from a *not* to the *no* that it takes back."""


@only_with("no", "neg", "language", "in_full", "instead", "instead_of")
def with_what_is_twice_denied(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Put aside a *no*, an *instead*, a language, or all of a person, where a *not* denies it."""
    aside = {at for no in range(len(spans)) for at in _taken_back(spans, no)}
    aside |= {at for there in range(1, len(spans)) for at in _not_instead(spans, there)}
    aside |= {*_languages_denied(spans)}
    aside |= {at for full in range(len(spans)) for at in _not_in_full(spans, full)}
    return tuple(put_aside(span) if at in aside else span for at, span in enumerate(spans))


def _taken_back(spans: Sequence[Span], at: int) -> Sequence[int]:
    """As in "je dirais pas non à ça", "I won't say no to that"; not in "don't, no"."""
    if not spans[at].has("no") or spans[at].has("neg", "act"):
        return ()
    near = range(at - 1, max(-1, at - 1 - _BETWEEN), -1)
    start = next((n for n in near if spans[n].has("neg")), -1)
    idle = all(span.is_content for span in spans[start + 1 : at])
    idle = idle and not any(span.gap.strip() for span in spans[start + 1 : at + 1])
    return range(start, at + 1) if start > 0 and idle else ()


def _not_instead(spans: Sequence[Span], at: int) -> Sequence[int]:
    """As in "along with that (not instead of it)": nothing is put in its place."""
    near = spans[at].has("instead", "instead_of") and not spans[at].gap.strip()
    begins = bool(spans[at - 1].gap.strip())  # not in "enlève pas finalement Jo"
    return (at - 1, at) if near and begins and spans[at - 1].has("neg", "without") else ()


def _languages_denied(spans: Sequence[Span]) -> Sequence[int]:
    """As in "he doesn't speak a word of French, write to him in English": English is meant."""
    places = [at for at, span in enumerate(spans) if span.has("language")]
    denied = [at for at in places if _is_not_spoken(spans, at)]
    return denied if len(denied) < len(places) else ()


def _is_not_spoken(spans: Sequence[Span], at: int) -> bool:
    """Whether a *not* stands before it, with what nobody can wish for between the two."""
    if any(
        span.has("and", "or", "but")
        for span in (*spans[max(0, at - 1) : at], *spans[at + 1 : at + 2])
    ):
        return False  # "she can't decide between English and French"
    for span in reversed(spans[max(0, at - _FAR) : at]):
        if span.has("only"):
            return False  # "not only English"
        if span.has("neg", "control", "no_services"):  # "il comprend rien en anglais"
            return span.has("neg", "no_services") or span.tags.get("control") == "explain"
        if span.act() not in {"", "use"} or span.has("person", "language") or "," in span.gap:
            return False
    return False


def _not_in_full(spans: Sequence[Span], at: int) -> Sequence[int]:
    """As in "bloque-lui la facture, pas Omar au complet": he is not meant, only what he has."""
    if at < 2 or not spans[at].has("in_full"):  # noqa: PLR2004 -- a *not* and a name
        return ()
    no, who = spans[at - 2 : at]
    before = {span.mention for span in spans[: at - 2] if span.mention}
    named = who.mention is not None and any(who.mention.refs == earlier.refs for earlier in before)
    return range(at - 2, at + 1) if no.has("neg", "without") and named else ()
