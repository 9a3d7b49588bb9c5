"""One part of a message: what belongs to one verb, one list item, one sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from intents.spans.span import Span

DOING = frozenset(
    {
        *("delete", "remove", "let_not", "give", "add", "unlock", "unblock", "open", "lock"),
        *("reset", "send", "resend", "change", "rename", "limit", "turn", "replace", "undo"),
        *("approve", "decline", "withdraw", "remind", "keep", "show", "ask"),
        *("resume", "let_back", "lift"),
    }
)
"""Acts that can be wished for; `use` ("see the bill") only says what an access is for."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Some spans that belong together, and how they were said."""

    spans: tuple[Span, ...]
    ends_in: str = ""
    """The punctuation behind it."""
    unreal: bool = False
    """Whether its verb is no wish: planned, supposed, quoted."""
    declined: bool = False
    """Whether what somebody else wants in it is not to be done."""

    by_kind: Mapping[str, Sequence[tuple[int, Span]]] = field(init=False, repr=False, compare=False)
    """Its spans of each kind, with their places: they are asked for a hundred times."""

    worked_out: dict[object, Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What its readers have worked out of it (`once`)."""

    def __post_init__(self) -> None:
        by_kind: dict[str, list[tuple[int, Span]]] = {}
        for at, span in enumerate(self.spans):
            for kind in span.tags:
                by_kind.setdefault(kind, []).append((at, span))
        object.__setattr__(self, "by_kind", by_kind)

    def has(self, *kinds: str) -> bool:
        return not self.by_kind.keys().isdisjoint(kinds)

    def tagged(self, kind: str) -> Sequence[tuple[int, Span]]:
        """Return its spans of a kind, with their places."""
        return self.by_kind.get(kind, ())

    def values(self, kind: str) -> set[str]:
        """Return what its spans of a kind are: the fields that it names, the verbs that it has."""
        return {span.tags[kind] for _, span in self.tagged(kind)}

    @property
    def is_condition(self) -> bool:
        """Whether it says under which condition, or why, something else is so."""
        kinds = ("whether", "because", "when", "once")
        opening = (span for span in self.spans if not span.has("but", "also", "polite"))
        first = next(opening, None)
        if first is None or not first.has(*kinds):
            return False
        return not first.has("wh") or self._tells_when(first)

    def _tells_when(self, first: Span) -> bool:
        """As in "…, when I invited him": behind something else, and not in the order that asks."""
        behind = next((span for span in self.spans if span.first >= first.end), None)
        subject = behind is not None and behind.has("me", "writer", "subject", "person", "you")
        return first.first > 0 and first.has("when") and subject and "?" not in self.ends_in
