"""Which user name an answer states, forgiving what people and phones add to one."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from intents.answers.stated import FULL_NAME, MOST_WORDS, behind_lead, parts, words_of
from intents.sighting import Sighting
from intents.spans.span import Span
from intents.words.lexicon import merged
from intents.words.tokens import fold

_TRIM = " \t.,;:!?\"'«»“”‘’()[]`@=<>"


def username(sighting: Sighting, spans: Sequence[Span]) -> str:
    """Return a user name without what people and phones add: a lead, a full stop, quotes, "@".

    A space inside is forgiven, a denial is not: "not a user name" is none.
    """
    name = ""
    said = [part for part in parts(_typed(sighting, spans)) if not part.denied]
    for part in said:
        typed = [span.text for span in part.spans if span.has("typed")]
        if typed and (not name or part.mends):
            name = typed[0]
    if name or not said:
        return name
    led = any(span.has("link_name") or span.act() == "sign_in" for span in spans)
    does = any(span.act() not in {"", "use", "sign_in", "change", "add"} for span in spans)
    names = sum(span.has("person") or span.is_content for part in said for span in part.spans)
    if does or (not led and len(sighting.tokens) > (FULL_NAME if names > 1 else MOST_WORDS)):
        return ""
    for part in said:
        kept = _only_names(behind_lead(part.spans))
        if kept and len(words_of(kept).split()) <= FULL_NAME and (not name or part.mends):
            name = "".join(words_of(kept).split())
    if not name and len(sighting.tokens) <= FULL_NAME:
        whole = "".join(words_of(spans).split())
        return whole if any(char.isalnum() for char in whole) else ""
    return name


def _only_names(spans: Sequence[Span]) -> list[Span]:
    kept = list(spans)
    while kept and not (kept[0].has("person") or kept[0].is_content):
        kept = kept[1:]
    while kept and not (kept[-1].has("person") or kept[-1].is_content):
        kept = kept[:-1]
    return kept


@cache
def _words() -> re.Pattern[str]:
    """Words as they are typed, and those that dictated signs join: "marie dot tremblay"."""
    marks = merged("spoken_email.yml")["marks"]
    signs = [sign for mark in ("_", "-", ".") for sign in marks[mark] if sign[0].isalpha()]
    joint = f"(?:{'|'.join(map(re.escape, sorted(signs, key=len, reverse=True)))})"
    return re.compile(rf"[\w.-]+(?:\s+{joint}\s+[\w.-]+)+|[^\W\d_]+\s+\d+(?!\w)|\S+", re.IGNORECASE)


@cache
def _signs() -> dict[str, str]:
    marks = merged("spoken_email.yml")["marks"]
    return {fold(sign): mark for mark in ("_", "-", ".") for sign in marks[mark]}


def _typed(sighting: Sighting, spans: Sequence[Span]) -> list[Span]:
    """Return spans in which what can only be a user name is one: it has digits or signs."""
    starts = [sighting.tokens[span.first].start for span in spans]
    laid: list[Span] = []
    done = 0
    for match in _words().finditer(sighting.text):
        first, end = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        text, inside = _written(match.group()), spans[first:end]
        if inside and _is_typed(text, inside):
            typed = Span(inside[0].first, inside[-1].end, text, inside[0].gap, {"typed": ""})
            laid += [*spans[done:first], typed]
            done = end
    return [*laid, *spans[done:]]


def _written(said: str) -> str:
    words = said.split()
    return "".join(_signs().get(fold(word), word) for word in words).strip(_TRIM)


def _is_typed(text: str, inside: Sequence[Span]) -> bool:
    letters = any(char.isalpha() for char in text)
    digits = any(char.isdigit() for char in text)
    signs = any(char in "._@" for char in text)
    alone = len(inside) > 1 and all("-" in span.gap for span in inside[1:])
    named = all(span.is_content or span.has("person") for span in inside)
    dashed = "-" in text and (alone or named)
    return letters and (digits or signs or dashed)
