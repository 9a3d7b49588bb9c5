"""Whether somebody is a she or a he, as far as a message says: "my son Tyler", "his sister Jo".

A pronoun of the other kind does not stand for them; where two who were named together are told
apart by pronouns alone, nobody knows who is who.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from intents.context import Mention
from intents.spans.span import Span
from intents.words.lexicon import merged, phrase

SHE, HE = "feminine", "masculine"
_NEAR = 2
"""Spans before a name that can say who it is: "sa sœur Hélène"."""


@cache
def _words() -> Mapping[str, frozenset[str]]:
    listed = merged("genders.yml")
    return {
        kind: frozenset(key for text in listed[kind] for key in phrase(text)) for kind in listed
    }


def gender_of(text: str) -> str:
    """Return whether words speak of a woman or of a man: empty where they say neither, or both."""
    keys = frozenset(phrase(text))
    said = [kind for kind in (SHE, HE) if keys & _words()[kind]]
    return said[0] if len(said) == 1 else ""


def told_apart(spans: Iterable[Span]) -> bool:
    """Whether a message speaks of a her and of a him by pronouns alone."""
    genders = {gender_of(span.text) for span in spans if _is_pronoun(span)}
    return {SHE, HE} <= genders


def _is_pronoun(span: Span) -> bool:
    return span.has("he") and span.mention is None


def introduced(spans: Sequence[Span]) -> Iterator[tuple[Mention, str]]:
    """Yield those of whom it is said who they are: "my son Tyler", "his sister Hélène"."""
    for at, span in enumerate(spans):
        if span.mention is None:
            continue
        before = list(_leading(spans, at))
        if gender := gender_of(
            " ".join((*before, span.mention.said if not span.mention.refs else ""))
        ):
            yield span.mention, gender


def _leading(spans: Sequence[Span], at: int) -> Iterator[str]:
    """Yield the words right before a name, without a pause between."""
    for n in range(at, max(0, at - _NEAR), -1):
        before = spans[n - 1]
        if spans[n].gap.strip() or before.has("and", "act") or before.mention or before.has("he"):
            return
        yield before.text
