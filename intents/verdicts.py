"""Answers to what several people asked for: "Kevin yes. Jo no, that is not his business"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from intents.context import Mention
from intents.phrases import codes_of
from intents.remarks import opens, pauses
from intents.spans import Span, written

BESIDE = (
    "filler",
    "polite",
    "and",
    "or",
    "article",
    "is",
    "emphasis",
    "to",
    "field",
    "genitive",
    "he",
)
"""What may stand between a person and the answer to what they asked for."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How somebody is answered: "approve" or "decline", for which services, with which words."""

    whom: Mention
    decision: str
    services: tuple[str, ...] = ()
    """None where all that was asked for is meant."""
    remark: str = ""


@dataclass(slots=True)
class _Part:
    """Words between two pauses that answer, and those behind them that are to be passed on."""

    spans: Sequence[Span]
    ways: Sequence[str]
    told: list[Span] = field(default_factory=list)

    def verdicts(self) -> Iterator[Verdict]:
        """Yield an answer for each who is named; the words are for the last who are answered."""
        first = next(at for at, span in enumerate(self.spans) if span.mention or self.ways[at])
        leads = not self.spans[first].mention  # "yes for Kevin, no for Jo"
        named = [span.value for span in self.spans if span.has("service")]
        services = tuple(code for value in named for code in codes_of(value))
        last = next(filter(None, reversed(self.ways)), "")
        because = self.told[:1] and self.told[0].has("because")
        words = written(self.told[1:] if because else self.told)
        for at, span in enumerate(self.spans):
            beside = self.ways[at::-1] if leads else self.ways[at:]
            if span.mention and (way := next(filter(None, beside), "")):
                yield Verdict(span.mention, way, services, words if way == last else "")

    def says_more(self) -> bool:
        """Whether there is more than an answer: another wish, or somebody who has none."""
        left = any(
            not (span.mention or way or span.has("service", *BESIDE))
            for span, way in zip(self.spans, self.ways, strict=True)
        )
        reason = self.told[:1] and self.told[0].has("because", "pass_on")
        return left or (not reason and any(span.mention or span.act() for span in self.told))


def answer_of(span: Span) -> str:
    """Return how a word answers a request: "approve", "decline", or not at all."""
    if span.act():
        return span.act() if span.act() in {"approve", "decline"} else ""
    return "approve" if span.has("yes") else "decline" if span.has("no") else ""


def verdicts(spans: Sequence[Span]) -> tuple[Verdict, ...]:
    """Return who is answered how, where each is named; none where the message says more."""
    if not any(map(answer_of, spans)):
        return ()
    parts = list(_parts(spans))
    said = [verdict for part in parts for verdict in part.verdicts()]
    return () if any(part.says_more() for part in parts) else tuple(said)


def _parts(spans: Sequence[Span]) -> Iterator[_Part]:
    """Yield the parts that answer; what is told before the first of them is left out."""
    part: _Part | None = None
    for piece in _pieces(spans):
        ways = [answer_of(span) or ("approve" if span.act() == "give" else "") for span in piece]
        reason = part is not None and piece[0].has("because", "pass_on")
        if any(ways) and not reason:
            if part is not None:
                yield part
            part = _Part(piece, ways)
        elif part is not None:
            part.told += piece
    if part is not None:
        yield part


def _pieces(spans: Sequence[Span]) -> Iterator[Sequence[Span]]:
    """Yield what stands between two pauses, or before somebody begins to tell something."""
    start = 0
    for at in range(1, len(spans)):
        begins = pauses(spans[at]) or spans[at].has("because", "pass_on")
        begins = begins or (opens(spans, at) and not spans[at].mention)
        named = at - start == 1 and spans[start].mention and answer_of(spans[at])  # "Kevin, yes"
        if begins and not named:
            yield spans[start:at]
            start = at
    yield spans[start:]
