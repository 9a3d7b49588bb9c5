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
    "what_of",
    "answered",
)
"""What may stand between a person and the answer to what they asked for."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How something is answered: "approve" or "decline", with which words to pass on."""

    decision: str
    whom: Mention | None = None
    services: tuple[str, ...] = ()
    """Empty where all that somebody asked for is meant."""
    remark: str = ""


@dataclass(slots=True)
class _Part:
    """Words between two pauses that answer, and those behind them that are to be passed on."""

    spans: Sequence[Span]
    ways: Sequence[str]
    told: list[Span] = field(default_factory=list)

    def by_person(self) -> Iterator[Verdict]:
        codes = tuple(code for span in self.spans for code in _services(span))
        for at, way in self._answered([span.mention is not None for span in self.spans]):
            yield Verdict(way, self.spans[at].mention, codes, self._words(way))

    def by_service(self) -> Iterator[Verdict]:
        for at, way in self._answered([bool(_services(span)) for span in self.spans]):
            yield Verdict(way, None, _services(self.spans[at]), self._words(way))

    def _answered(self, named: Sequence[bool]) -> Iterator[tuple[int, str]]:
        """Yield the place of each that is named, and the answer to it."""
        first = next(at for at, is_named in enumerate(named) if is_named or self.ways[at])
        leads = not named[first]  # "yes for Kevin, no for Jo"
        for at, is_named in enumerate(named):
            beside = self.ways[at::-1] if leads else self.ways[at:]
            if is_named and (way := next(filter(None, beside), "")):
                yield at, way

    def _words(self, way: str) -> str:
        """Return the words for the last who are answered."""
        because = self.told[:1] and self.told[0].has("because")
        last = next(filter(None, reversed(self.ways)), "")
        return written(self.told[1:] if because else self.told) if way == last else ""

    def says_more(self) -> bool:
        """Whether there is more than an answer: another wish, or somebody who has none."""
        picks = ("only",) if any(map(_services, self.spans)) else ()  # "he gets the usage only"
        left = any(
            not (span.mention or way or _services(span) or span.has(*BESIDE, *picks))
            for span, way in zip(self.spans, self.ways, strict=True)
        )
        reason = self.told[:1] and self.told[0].has("because", "pass_on")
        wishes = any(span.mention or span.act() not in {"", "keep"} for span in self.told)
        return left or (not reason and wishes)


def answer_of(span: Span) -> str:
    """Return how a word answers a request: "approve", "decline", or not at all."""
    if span.act():
        return span.act() if span.act() in {"approve", "decline"} else ""
    return "approve" if span.has("yes") else "decline" if span.has("no") else ""


def _way(span: Span) -> str:
    return answer_of(span) or ("approve" if span.act() == "give" else "")


def by_person(spans: Sequence[Span]) -> tuple[Verdict, ...]:
    """Return who is answered how, where each is named; none where the message says more."""
    return tuple(verdict for part in _plain_parts(spans) for verdict in part.by_person())


def by_service(spans: Sequence[Span]) -> tuple[Verdict, ...]:
    """Return what is given and what is not, where both are said: "TV yes, voicemail no"."""
    said = tuple(verdict for part in _plain_parts(spans) for verdict in part.by_service())
    return said if len({verdict.decision for verdict in said}) > 1 else ()


def _services(span: Span) -> tuple[str, ...]:
    """Return the services that a word names; "to see" and "to pay" are about the bill."""
    bill = span.tags.get("with_bill")
    return tuple(codes_of(span.value)) if span.has("service") else (bill,) if bill else ()


def _plain_parts(spans: Sequence[Span]) -> Sequence[_Part]:
    """Return the parts that answer; none where one of them says more than that."""
    parts = list(_parts(spans))
    return () if any(part.says_more() for part in parts) else parts


def _parts(spans: Sequence[Span]) -> Iterator[_Part]:
    """Yield the parts that answer; what is told before the first of them is left out."""
    part: _Part | None = None
    for piece in _pieces(spans):
        ways = list(map(_way, piece))
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
        if begins and not _only_names(spans[start:at]):
            yield spans[start:at]
            start = at
    yield spans[start:]


def _only_names(piece: Sequence[Span]) -> bool:
    """As in "Kevin, yes", "whatever Jo asked for, the answer is no": the answer is to follow."""
    named = any(span.mention or _services(span) for span in piece)
    plain = all(span.mention or _services(span) or span.has(*BESIDE) for span in piece)
    return named and plain and not any(map(_way, piece))
