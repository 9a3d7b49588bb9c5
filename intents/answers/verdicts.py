"""Answers to what several people asked for: "Kevin yes. Jo no, that is not his business"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from intents.answers.remarks import opens, pauses
from intents.context import Mention
from intents.spans.span import Span, written
from intents.values.phrases import codes_of

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
    "link_name",
)
"""What may stand between a person and the answer to what they asked for."""

_NOT = "not"
"""What a *not* alone answers, to one of several services: "the TV is fine, the bill is not"."""
_DENYING = ("neg", "except", "without")


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
            refused = way == _NOT and not codes  # "Kevin can have it, not Jo"
            decision = "decline" if refused else way
            yield Verdict(decision, self.spans[at].mention, codes, self._words(way))

    def by_service(self) -> Iterator[Verdict]:
        for at, way in self._answered([bool(_services(span)) for span in self.spans]):
            decision = "decline" if way == _NOT else way
            yield Verdict(decision, None, _services(self.spans[at]), self._words(way))

    def _answered(self, named: Sequence[bool]) -> Iterator[tuple[int, str]]:
        """Yield the place of each that is named, and the answer to it; empty where it has none."""
        said = [at for at, is_named in enumerate(named) if is_named or self.ways[at]]
        turns = self.ways[said[0]] == "approve" and self.ways[said[-1]] in {"decline", _NOT}
        leads = not (named[said[0]] or turns)  # "yes for Kevin, no for Jo"; not "ok so the TV no"
        for at, is_named in enumerate(named):
            if is_named:
                beside = self.ways[at::-1] if leads else self.ways[at:]
                yield at, next(filter(None, beside), "")

    def _words(self, way: str) -> str:
        """Return the words for the last who are answered."""
        because = self.told[:1] and self.told[0].has("because")
        last = next(filter(None, reversed(self.ways)), "")
        return written(self.told[1:] if because else self.told) if way == last else ""

    def says_more(self) -> bool:
        """Whether there is more than an answer: another wish, or somebody who has none."""
        left = not _is_plain(self.spans, self.ways) or _wavers(self.spans, self.ways)
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


def _ways(spans: Sequence[Span]) -> Sequence[str]:
    """Return how each word answers; what is denied is refused: "I don't approve the bill"."""
    ways = [_way(span) or (_NOT if span.has(*_DENYING) else "") for span in spans]
    asked = False
    for at, way in enumerate(ways):
        asked = asked or (at > 0 and _asks(spans[at - 1]))
        if asked and spans[at].act() == "give" and not spans[at].has("yes"):
            ways[at] = ""  # "she asked to be able to pay"
        elif way == "approve" and _is_denied(spans, at):
            ways[at] = "decline"
        elif spans[at].has("trouble") and _is_denied(spans, at):  # "the TV isn't a problem"
            for back in (at, *_close(spans, at)):
                ways[back] = "approve" if ways[back] in {"", _NOT} else ways[back]
    return ways


def _asks(span: Span) -> bool:
    return span.tags.get("field") == "request"


def _close(spans: Sequence[Span], at: int) -> list[int]:
    """Return what stands before a word, up to what it is said of."""
    back = range(at - 1, -1, -1)
    return list(takewhile(lambda p: not (spans[p].mention or _services(spans[p])), back))


def _is_denied(spans: Sequence[Span], at: int) -> bool:
    behind = spans[at + 1 : at + 2]
    denied = any(spans[p].has("neg") and not pauses(spans[p]) for p in _close(spans, at))
    return denied or any(span.has("postposed") and not span.gap.strip() for span in behind)


def _wavers(spans: Sequence[Span], ways: Sequence[str]) -> bool:
    """As in "no to the TV ok", "I can't say no to him", "not only the TV": what is no answer."""
    said = [way for way in ways if way]
    refused = any(s.act() == "decline" and _is_denied(spans, at) for at, s in enumerate(spans))
    merely = any(s.has("neg") and b.has("only") for s, b in pairwise(spans))
    return refused or merely or (said[0] in {"decline", _NOT} and said[-1] == "approve")


def _is_plain(spans: Sequence[Span], ways: Sequence[str]) -> bool:
    """Whether there is nothing beside the answer; a *but* may lead to it."""
    picks = ("only",) if any(map(_services, spans)) else ()  # "he gets the usage only"
    behind = 1 if spans[0].has("but") else 0
    return all(
        span.mention or way or _services(span) or span.act() == "use" or span.has(*BESIDE, *picks)
        for span, way in zip(spans[behind:], ways[behind:], strict=True)
    )


def _answers(spans: Sequence[Span], ways: Sequence[str]) -> bool:
    """Whether a piece answers: a *not* does only beside what it denies, and where it is all."""
    if any(way and way != _NOT for way in ways):
        return True
    alone = any(span.mention for span in spans) and not any(span.has("aux") for span in spans)
    named = alone or any(map(_services, spans))  # "not Jo"; not in "Tyler isn't"
    return any(ways) and named and _is_plain(spans, ways)


def by_person(spans: Sequence[Span]) -> tuple[Verdict, ...]:
    """Return who is answered how, where each is named; none where the message says more."""
    parts = _plain_parts(spans)
    said = [tuple(part.by_person()) for part in parts]
    apart = any(not v and any(map(_services, p.spans)) for p, v in zip(parts, said, strict=True))
    each = tuple(verdict for verdicts in said for verdict in verdicts)
    sure = all(verdict.decision not in {"", _NOT} for verdict in each)
    return each if sure and not apart else ()  # "Kevin yes, no TV" is not all that he asked for


def by_service(spans: Sequence[Span]) -> tuple[Verdict, ...]:
    """Return what is given and what is not, where both are said: "TV yes, voicemail no"."""
    said = tuple(verdict for part in _plain_parts(spans) for verdict in part.by_service())
    return said if {verdict.decision for verdict in said} == {"approve", "decline"} else ()


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
        ways = _ways(piece)
        reason = part is not None and piece[0].has("because", "pass_on")
        if _answers(piece, ways) and not reason:
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
        begins = begins or (opens(spans, at) and not (spans[at].mention or _closes(spans, at)))
        begins = begins and not (spans[start].has("but") and at == start + 1)
        begins = begins or _joins_another(spans, start, at)
        if begins and not _only_names(spans[start:at]):
            yield spans[start:at]
            start = at
    yield spans[start:]


def _closes(spans: Sequence[Span], at: int) -> bool:
    """As in "Omar can have his": nothing more is told."""
    return at + 1 == len(spans) or pauses(spans[at + 1])


def _joins_another(spans: Sequence[Span], start: int, at: int) -> bool:
    """As in "yes to the usage and no to the bill", "he gets the TV but I refuse the bill"."""
    if not spans[at].has("and", "but"):
        return False
    ends = (end for end in range(at + 1, len(spans)) if pauses(spans[end]))
    behind = spans[at : next(ends, len(spans))]
    return all(
        any(span.mention or _services(span) for span in part) and any(_ways(part))
        for part in (spans[start:at], behind)
    )


def _only_names(piece: Sequence[Span]) -> bool:
    """As in "Kevin, yes", "whatever Jo asked for, the answer is no": the answer is to follow."""
    said = piece[1:] if piece[0].has("but") else piece
    named = any(span.mention or _services(span) for span in said)
    plain = all(span.mention or _services(span) or span.has(*BESIDE) for span in said)
    return named and plain and not any(map(_way, piece))
