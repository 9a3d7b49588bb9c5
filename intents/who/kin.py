"""Somebody who is only somebody's: "Kevin's boss", "la blonde à Tyler" are neither of them.

What is asked for them is asked for a stranger, and nothing is done to whom they belong to.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from intents.context import Context, Mention
from intents.spans.span import Span, written
from intents.words.lexicon import merged, phrase

_APOSTROPHES = ("'", "’")
_SMALL = frozenset({"polite", "filler", "emphasis", "he", "clitic", "goes_on"})
"""What a word for kin may be as well: "boss", "son"."""


def with_kin(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans with such people in one piece each."""
    joined: list[Span] = []
    at = 0
    while at < len(spans):
        end = _owned_end(spans, at) or _of_end(spans, at) or at + 1
        joined.append(_stranger(spans[at:end]) if end > at + 1 else spans[at])
        at = end
    return tuple(joined)


def _owned_end(spans: Sequence[Span], at: int) -> int:
    """As in "Kevin's boss"; not in "Kevin's mother Hélène", who has a name; 0 where it is none."""
    if not spans[at].is_known:
        return 0
    _, s, kin = (*spans[at : at + 3], None, None)[:3]
    if s is None or kin is None or not _is_kin(kin):
        return 0
    genitive = s.text == "s" and s.gap in _APOSTROPHES and kin.gap == " "
    return at + 3 if genitive and not _is_named(spans, at + 3) else 0


def _of_end(spans: Sequence[Span], at: int) -> int:
    """As in "la blonde à Tyler", "le patron de Kevin"; 0 where it is none."""
    first = at + (spans[at].has("article") and spans[at].mention is None)
    if first + 2 >= len(spans) or not spans[first + 2].is_known:
        return 0
    kin, of, owner = spans[first : first + 3]
    if not _is_kin(kin):
        return 0
    near = of.has("genitive", "to") and not f"{of.gap}{owner.gap}".strip(" '’")
    return first + 3 if near and not _is_named(spans, first + 3) else 0


def _stranger(spans: Sequence[Span]) -> Span:
    said = written(spans)
    first = spans[0]
    return replace(
        first,
        end=spans[-1].end,
        text=said,
        tags={"person": "", "relation": ""},
        value=said,
        mention=Mention(said, relation=True),
    )


def _is_kin(span: Span) -> bool:
    return span.tags.keys() <= _SMALL and phrase(span.text) in _relations()


def _is_named(spans: Sequence[Span], at: int) -> bool:
    """Whether a name follows right behind."""
    behind = spans[at] if at < len(spans) else None
    return behind is not None and behind.mention is not None and behind.gap in {" ", ", "}


@cache
def _relations() -> frozenset[tuple[str, ...]]:
    return frozenset(map(phrase, merged("people.yml")["relations"]))


def with_those_spoken_to(spans: Sequence[Span], context: Context) -> tuple[Span, ...]:
    """Read "of course my friend, …", "please, my friend" as said to whoever listens.

    "Yes my daughter" may be whom, where that is asked.
    """
    asked = "person" in context.expects
    return tuple(
        replace(span, tags={"polite": ""}, mention=None)
        if _is_addressed(spans, at) or (not asked and _is_behind_a_yes(spans, at))
        else span
        for at, span in enumerate(spans)
    )


def _is_behind_a_yes(spans: Sequence[Span], at: int) -> bool:
    """Whether it is a relation whom nobody knows, behind a yes, and something else follows."""
    who, behind = spans[at].mention, spans[at + 1 : at + 2]
    somebody = (
        who is not None and who.relation and not who.refs and spans[max(0, at - 1)].has("yes")
    )
    return somebody and any("," in span.gap for span in behind) and not spans[at].gap.strip()


def _is_addressed(spans: Sequence[Span], at: int) -> bool:
    """As in "my friend, …", "please my friend", "…, mon cher": said by itself, or with manners."""
    if not spans[at].has("addressed"):
        return False
    behind = spans[at + 1] if at + 1 < len(spans) else None
    ends = behind is None or bool(behind.gap.strip())
    apart = at == 0 or bool(spans[at].gap.strip())
    manners = at > 0 and spans[at - 1].has("polite", "yes", "no", "greeting")
    return ends and (apart or manners)
