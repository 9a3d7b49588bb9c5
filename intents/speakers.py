"""Who only says what is to be done: "my husband told me to remove Jo" is about Jo alone."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from intents.clauses import DOING
from intents.grammar import is_pronoun
from intents.spans import Span

_SHORTEST = 3
"""Spans from what is said to what is to be done."""


def with_speakers(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read whoever says it as nobody, where the order that is told names somebody else."""
    told = list(spans)
    for at, span in enumerate(spans):
        if span.has("person") and _says_to_do(spans[at + 1 : at + 1 + _SHORTEST]):
            if _is_about_others(spans, at + 1):
                told[at] = replace(span, tags={"filler": ""}, mention=None)
                told[at + 1] = replace(spans[at + 1], tags={"filler": ""})
    return tuple(told)


def _is_about_others(spans: Sequence[Span], start: int) -> bool:
    """Whether somebody is named, and no pronoun stands for whoever speaks."""
    goes_on = takewhile(lambda at: not spans[at].starts_sentence, range(start, len(spans)))
    behind = [at for at in goes_on if spans[at].has("person", "he", "they")]
    return any(spans[at].has("person") for at in behind) and not any(
        is_pronoun(spans, at) for at in behind if not spans[at].has("person")
    )


def _says_to_do(behind: Sequence[Span]) -> bool:
    """As in "told me to remove", "m'a demandé de retirer"."""
    if len(behind) < _SHORTEST or any(span.gap.strip(" '’") for span in behind):
        return False
    says, to, verb = behind
    asks = says.has("says") or says.tags.get("field") == "request"
    return asks and to.has("to", "genitive") and verb.act() in DOING
