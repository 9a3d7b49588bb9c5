"""What can be seen in a message wherever it is said."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from intents.classifier.features import Vector
from intents.parse_result import FALLBACK, Entity, ParseResult
from intents.parse_result import Reading as Ranked
from intents.words.lexicon import Tags
from intents.words.tokens import Token

_START = attrgetter("start")
FEWEST = 2
"""Words of the other language alone that make a message one in that language."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was seen in a message without knowing when it was said."""

    parse: ParseResult
    tokens: tuple[Token, ...] = ()
    entries: tuple[tuple[tuple[int, Tags], ...], ...] = ()
    """For each token the entries of the lexicon that start there, the longest first."""
    mended: frozenset[int] = frozenset()
    """Which tokens have them only as slips of other words."""
    ordinary: frozenset[str] = frozenset()
    """Its words that are known, as words or as names, folded."""

    @property
    def text(self) -> str:
        return self.parse.text

    given: frozenset[str] = frozenset()
    """Those that are given names, whatever else they are."""
    languages: Mapping[str, int] = field(default_factory=dict)
    """How many words are of one language alone."""
    vector: Vector | None = field(default=None, repr=False, compare=False)
    """Its meaning as the encoder sees it, for those who search by it; None: nothing was said."""
    asked: str = ""
    """The intent of its one question, where it says something else beside the question."""
    is_cut: bool = False
    """Whether the message said more than was read of it."""
    agreeing: frozenset[int] = frozenset()
    """Where its words stand that yeses are said with."""
    answers: Mapping[str, float] = field(default_factory=dict)
    """How likely the whole of it is a "yes", a "no", or "neither", at a card about it."""
    rights: Mapping[str, float] = field(default_factory=dict)
    """How likely the whole of it gives access ("grant"), takes it ("revoke"), "both", "neither"."""
    waiting: Mapping[str, float] = field(default_factory=dict)
    """How likely it is each of what people say in the queue: "place", "leave", "complaint", …"""
    wanting: Mapping[str, float] = field(default_factory=dict)
    """How likely something is "wanted" in it now, or is only "told", asked, planned, refused."""

    def is_mixed_with(self, language: str) -> bool:
        """Whether a message need not change the language of a conversation.

        One foreign word does not, nor does a foreign yes, nor words of both languages.
        """
        others = max((n for spoken, n in self.languages.items() if spoken != language), default=0)
        answers = ("yes", "no", "polite", "wait", "emphasis")
        answer = all(rest and any(kind in rest[0][1] for kind in answers) for rest in self.entries)
        return (
            len(self.tokens) == 1
            or others < FEWEST
            or self.languages.get(language, 0) > 0
            or (answer and len(self.tokens) <= FEWEST + 1)
        )

    @property
    def end(self) -> str:
        """What stands behind the last word."""
        return self.text[self.tokens[-1].end :] if self.tokens else self.text


NOTHING = Sighting(ParseResult("", "", False, Ranked(FALLBACK, 0.0), (), ()))
"""Of a button, a picture: nothing was said."""


def tokens_of(entity: Entity, tokens: Sequence[Token]) -> tuple[int, int]:
    """Return the first token that begins in an entity and the one behind the last."""
    return tokens_within(entity.start, entity.end, tokens)


def tokens_within(start: int, end: int, tokens: Sequence[Token]) -> tuple[int, int]:
    """Return the same for some characters; the same token twice where none begins there."""
    return bisect_left(tokens, start, key=_START), bisect_left(tokens, end, key=_START)
