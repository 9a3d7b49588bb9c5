"""Words of danger as a meaning: who does it to whom, and whether it is meant (docs/reading.md).

The detector (`Gate.weigh`) weighs a whole message; a few words in the lexicon say outright what is
happening. They count wherever they stand, in a long story or between two answers, unless they are
said of a thing ("the site forces me"), with a laugh, or as a subject that somebody speaks about.
"""

from collections.abc import Sequence
from itertools import pairwise

from intents.parse_result import Danger
from intents.spans.span import SENTENCE_MARKS, Span

CALM, CALM_OF_MANY = 0.998, 0.98
"""How certain the detector must be that there is no danger, against words that say it outright: in
a few words, and in many, of which it can tell more."""
BRIEF = 8
"""Words of a message that is about one thing: "domestic violence", "I am not in danger"."""
NEAR = 3
"""Words before it among which is who, or what, does it."""
_PAUSES = SENTENCE_MARKS | {","}
_SOMEBODY = ("person", "he", "they", "me", "nobody", "somebody", "all_people", "holder")
_WHO_DIES = ("person", "he", "they", "holder")
_THINGS = ("service", "account", "password", "link", "code", "it", "field")


def level(spans: Sequence[Span], heard: Danger, words: int) -> str:
    """Return "none", "maybe" or "plain"; `heard` is what the detector makes of the message."""
    if is_outright(spans, heard, words):
        return "plain"
    denied = words <= BRIEF and says_well(spans)
    return "maybe" if denied and heard.level == "plain" else heard.level


def mourns(spans: Sequence[Span]) -> bool:
    """Whether somebody's death is told of: "my dad passed away"; not "my phone died"."""
    told = (at for at, span in enumerate(spans) if span.tags.get("alarm") == "bereavement")
    buried = (spans[at + 1 : at + NEAR] for at, span in enumerate(spans) if span.has("buries"))
    if any(span.mention for behind in buried for span in behind):
        return True  # "we buried my nephew Kevin"; not "he is buried in homework"
    return any(
        spans[at].end - spans[at].first > NEAR - 1
        or any(before.has(*_WHO_DIES) for before in spans[max(0, at - NEAR) : at])
        for at in told
        if not any(before.has("nobody") for before in spans[max(0, at - 1) : at])
    )


def says_well(spans: Sequence[Span], *, mildly: bool = False) -> bool:
    """Whether all is said to be well; not in "I don't think I'm safe", "it's no joke".

    `mildly`: also in words that say as much only where somebody was asked.
    """
    kinds = ("well", "fine") if mildly else ("well",)
    sentence: list[Span] = []
    for span in (*spans, None):
        if span is None or span.starts_sentence:
            if any(said.has(*kinds) for said in sentence) and not _is_doubted(sentence):
                return True
            sentence = []
        if span is not None:
            sentence.append(span)
    return False


def _is_doubted(sentence: Sequence[Span]) -> bool:
    beside = [span for span in sentence if not span.has("well", "fine")]
    doubted = any(span.has("neg", "hedge", "whether") for span in beside)
    denied = any(
        before.has("no")
        and not before.has("well")
        and behind.has("well")
        and not behind.gap.strip()
        for before, behind in pairwise(sentence)
    )
    return doubted or denied


def is_outright(spans: Sequence[Span], heard: Danger, words: int) -> bool:
    """Whether danger is said in so many words, whatever else the message is."""
    certain = CALM if words <= BRIEF else CALM_OF_MANY
    calm = heard.level == "none" and heard.confidence >= certain
    said = (at for at, span in enumerate(spans) if span.has("danger"))
    return not calm and any(_is_meant(spans, at, words) for at in said)


def _is_meant(spans: Sequence[Span], at: int, words: int) -> bool:
    kind = spans[at].tags["danger"]
    if any(span.has("laugh") for span in spans) or (kind == "topic" and words > BRIEF):
        return False
    if kind == "play" and any(span.has("game") for span in spans):
        return False
    return not _is_by_a_thing(spans, at)


def _is_by_a_thing(spans: Sequence[Span], at: int) -> bool:
    """Whether a thing does it, as the few words before it in its clause say."""
    thing = False
    for earlier in range(at - 1, max(at - NEAR, 0) - 1, -1):
        if not _PAUSES.isdisjoint(spans[earlier + 1].gap):
            break
        before = spans[earlier]
        if before.mention is not None or (before.has(*_SOMEBODY) and not before.has("article")):
            return False
        thing = thing or _is_thing(before)
    return thing


def _is_thing(span: Span) -> bool:
    """Whether it names a thing; of those that mean nothing here ("site"), the lexicon has some."""
    return span.is_content or span.has(*_THINGS) or span.tags.keys() == {"filler"}
