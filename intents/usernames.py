"""Which user name an answer states, forgiving what people and phones add to one."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from intents.lexicon import merged
from intents.sighting import Sighting
from intents.spans import Span
from intents.stated import FULL_NAME, MOST_WORDS, behind_lead, parts, words_of
from intents.tokens import fold

_TRIM = " \t.,;:!?\"'«»“”‘’()[]`@=<>"


def username(sighting: Sighting, spans: Sequence[Span]) -> str:
    """Return a user name without what people and phones add: a lead, a full stop, quotes, "@".

    A space inside is forgiven, a denial is not: "not a user name" is none.
    """
    found = ""
    said = [one for one in parts(_typed(sighting, spans)) if not one.denied]
    for part in said:
        typed = [one.text for one in part.spans if one.has("typed")]
        if typed and (not found or part.mends):
            found = typed[0]
    if found or not said:
        return found
    led = any(one.has("link_name") or one.act() == "sign_in" for one in spans)
    does = any(one.act() not in {"", "use", "sign_in", "change", "add"} for one in spans)
    names = sum(one.has("person") or one.is_content for part in said for one in part.spans)
    if does or (not led and len(sighting.tokens) > (FULL_NAME if names > 1 else MOST_WORDS)):
        return ""
    for part in said:
        kept = _only_names(behind_lead(part.spans))
        if kept and len(words_of(kept).split()) <= FULL_NAME and (not found or part.mends):
            found = "".join(words_of(kept).split())
    if not found and len(sighting.tokens) <= FULL_NAME:
        whole = "".join(words_of(spans).split())
        return whole if any(char.isalnum() for char in whole) else ""
    return found


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
    signs = [re.escape(one) for mark in ("_", "-", ".") for one in marks[mark] if one[0].isalpha()]
    joint = f"(?:{'|'.join(sorted(signs, key=len, reverse=True))})"
    return re.compile(rf"[\w.-]+(?:\s+{joint}\s+[\w.-]+)+|[^\W\d_]+\s+\d+(?!\w)|\S+", re.IGNORECASE)


@cache
def _signs() -> dict[str, str]:
    marks = merged("spoken_email.yml")["marks"]
    return {fold(one): mark for mark in ("_", "-", ".") for one in marks[mark]}


def _typed(sighting: Sighting, spans: Sequence[Span]) -> list[Span]:
    """Return spans in which what can only be a user name is one: it has digits or signs."""
    starts = [sighting.tokens[one.first].start for one in spans]
    found: list[Span] = []
    done = 0
    for match in _words().finditer(sighting.text):
        first, end = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        text, inside = _written(match.group()), spans[first:end]
        if inside and _is_typed(text, inside):
            one = Span(inside[0].first, inside[-1].end, text, inside[0].gap, {"typed": ""})
            found += [*spans[done:first], one]
            done = end
    return [*found, *spans[done:]]


def _written(said: str) -> str:
    words = said.split()
    return "".join(_signs().get(fold(one), one) for one in words).strip(_TRIM)


def _is_typed(text: str, inside: Sequence[Span]) -> bool:
    letters = any(one.isalpha() for one in text)
    digits = any(one.isdigit() for one in text)
    signs = any(one in "._@" for one in text)
    alone = len(inside) > 1 and all("-" in one.gap for one in inside[1:])
    dashed = "-" in text and (alone or all(one.is_content or one.has("person") for one in inside))
    return letters and (digits or signs or dashed)
