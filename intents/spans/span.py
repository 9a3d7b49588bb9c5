"""A message as tagged spans: what each word, or group of words, does in the sentence."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Concatenate, ParamSpec
from unicodedata import category

from intents.context import Mention
from intents.words.lexicon import Tags
from intents.words.tokens import Token

P = ParamSpec("P")
ENDS = ".!?;:\n•…"
SENTENCE_MARKS = frozenset(ENDS)


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a message: `first` up to `end` (exclusive) of its tokens.

    `tags` tell what they do; `value` is a code, an address, a name as it was written. A span
    without tags is a word that the lexicon does not have.
    """

    first: int
    end: int
    text: str
    gap: str
    """What stands between this span and the one before."""
    tags: Tags = field(default_factory=dict)
    value: str = ""
    mention: Mention | None = None

    def has(self, *kinds: str) -> bool:
        for kind in kinds:  # noqa: SIM110 -- asked thousands of times: any() takes twice as long
            if kind in self.tags:
                return True
        return False

    def has_all(self, *kinds: str) -> bool:
        return self.tags.keys() >= {*kinds}

    def act(self) -> str:
        return self.tags.get("act", "")

    @property
    def is_known(self) -> bool:
        """Whether it is somebody of the household, or one of several who could be meant."""
        return self.mention is not None and bool(self.mention.refs)

    @property
    def is_content(self) -> bool:
        """Whether the words carry a meaning that a wish must account for."""
        return not self.tags and any(char.isalpha() for char in self.text)

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture, which ends a sentence as a full stop does: "… 🚗 Rose"."""
        return not self.tags and category(self.text[0]) == "So"

    @property
    def starts_sentence(self) -> bool:
        return self.first == 0 or not SENTENCE_MARKS.isdisjoint(self.gap)


Reread = Callable[Concatenate[Sequence[Span], P], tuple[Span, ...]]


def only_with(*kinds: str) -> Callable[[Reread[P]], Reread[P]]:
    """Let spans be reread only where one is of some kinds, without which nothing would change."""

    def guarded(reread: Reread[P]) -> Reread[P]:
        @wraps(reread)
        def read(spans: Sequence[Span], /, *args: P.args, **kwargs: P.kwargs) -> tuple[Span, ...]:
            return reread(spans, *args, **kwargs) if some(spans, *kinds) else tuple(spans)

        return read

    return guarded


def some(spans: Sequence[Span], *kinds: str) -> bool:
    """Whether one of some spans is of one of these kinds."""
    return not all(map(frozenset(kinds).isdisjoint, [span.tags for span in spans]))


def right_behind(spans: Sequence[Span], at: int) -> Span | None:
    """Return the span that follows without a pause; None where there is none."""
    behind = spans[at + 1] if at + 1 < len(spans) else None
    return None if behind is None or behind.gap.strip() else behind


def put_aside(span: Span, *kinds: str) -> Span:
    """Return a span that says nothing of its own any more, and before which nothing pauses."""
    tags = dict.fromkeys(("filler", *kinds), "")
    return replace(span, tags=tags, value="", mention=None, gap=span.gap.replace(",", " "))


def written(spans: Sequence[Span]) -> str:
    """Return spans as they stand in the message, without what is before the first."""
    return "".join(f"{span.gap if at else ''}{span.text}" for at, span in enumerate(spans))


def lay(
    tokens: Sequence[Token],
    text: str,
    carved: Mapping[int, Span],
    lexicon: Sequence[Sequence[tuple[int, Tags]]],
) -> tuple[Span, ...]:
    """Return a message as spans without gaps.

    `carved` are the spans that stand already (names, addresses, services), by their first token;
    `lexicon` has for each token the entries that start there, the longest first.
    """
    starts = sorted(carved)
    return tuple(_laid(tokens, text, carved, starts, lexicon))


def _laid(
    tokens: Sequence[Token],
    text: str,
    carved: Mapping[int, Span],
    starts: Sequence[int],
    lexicon: Sequence[Sequence[tuple[int, Tags]]],
) -> Iterator[Span]:
    at = 0
    while at < len(tokens):
        before = tokens[at - 1].end if at else 0
        gap = text[before : tokens[at].start]
        span = carved.get(at)
        if span is None:
            ahead = bisect_right(starts, at)
            border = starts[ahead] if ahead < len(starts) else len(tokens)
            fitting = (entry for entry in lexicon[at] if entry[0] <= border)
            end, tags = next(fitting, (at + 1, {}))
            words = text[tokens[at].start : tokens[end - 1].end]
            # "non-fumeur" is one word, and no refusal.
            joined = "no" in tags and end < len(tokens) and tokens[end].gap == "-"
            plain = {} if joined and not lexicon[end] else tags
            span = Span(at, end, words, gap, plain, plain.get("service", ""))
        else:
            span = replace(span, gap=gap)
        yield span
        at = span.end
