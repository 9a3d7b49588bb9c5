"""A message parted into clauses: what belongs to one verb, one list item, one sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from intents.grammar import ALL
from intents.spans import Span

DOING = frozenset(
    {
        *("delete", "remove", "let_not", "give", "add", "unlock", "unblock", "lock", "reset"),
        *(
            "send",
            "resend",
            "change",
            "rename",
            "limit",
            "turn",
            "replace",
            "undo",
            "approve",
            "decline",
            "withdraw",
            "keep",
        ),
        *("show", "ask"),
    }
)
"""Acts that can be wished for; `use` ("see the bill") only says what an access is for."""

_MARKS = frozenset(".!?;\n•…")
_OBJECTS = (
    *("person", "service", "all_people", "all_services", "both", "other", "field", "email"),
    *("he", "they", "no_services", "somebody", "something"),
)
_LEADING = (
    *("neg", "nomore", "ask_bot", "want", "also", "instead", "polite", "modal", "only", "later"),
    *("list_mark", "you"),
)
_LISTED = ("person", "service")
_PREDICATES = ("modal", "want", "state")
_LIST_NUMBER = 2


@dataclass(frozen=True, slots=True)
class Clause:
    """Some spans that belong together, and how they were said."""

    spans: tuple[Span, ...]
    ends_in: str = ""
    """The punctuation behind it."""

    kinds: frozenset[str] = field(init=False, repr=False, compare=False)
    """Those of all its spans: they are asked for a hundred times."""

    def __post_init__(self) -> None:
        kinds = frozenset(kind for span in self.spans for kind in span.tags)
        object.__setattr__(self, "kinds", kinds)

    def has(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)

    def tagged(self, kind: str) -> Iterator[tuple[int, Span]]:
        if kind in self.kinds:
            yield from ((place, span) for place, span in enumerate(self.spans) if kind in span.tags)

    def values(self, kind: str) -> set[str]:
        """Return what its spans of a kind are: the fields that it names, the verbs that it has."""
        return {span.tags[kind] for _, span in self.tagged(kind)}

    @property
    def is_condition(self) -> bool:
        """Whether it says under which condition, or why, something else is so."""
        kinds = ("whether", "because", "when")
        opening = (one for one in self.spans if not one.has("but", "also", "polite"))
        first = next(opening, None)
        return first is not None and first.has(*kinds) and not first.has("wh")


def clauses(spans: Sequence[Span], end: str) -> tuple[Clause, ...]:
    """Return the clauses of a message; `end` is what stands behind its last word."""
    parts: list[list[Span]] = [[]]
    for place, span in enumerate(spans):
        if _is_list_number(spans, place):
            parts.append([])
            continue
        now = parts[-1]
        if (
            now
            and (_breaks(span, now[-1]) or _turns(span, now))
            and not _excepts(span, now)
            and not _joins(spans, place)
        ):
            parts.append([])
        elif now and not _excepts(span, now) and (kept := _new_verb(now, span)) is not None:
            now[kept:], moved = [], now[kept:]
            parts.append(moved)
        parts[-1].append(span)
    whole = [part for part in parts if part]
    gaps = [following[0].gap for _, following in pairwise(whole)]
    return tuple(Clause(tuple(p), gap.strip()) for p, gap in zip(whole, [*gaps, end], strict=False))


def _is_list_number(spans: Sequence[Span], place: int) -> bool:
    span = spans[place]
    behind = spans[place + 1].gap if place + 1 < len(spans) else ""
    short = span.text.isdecimal() and len(span.text) < _LIST_NUMBER + 1
    return short and behind[:1] in {")", ".", "-", ":", "°"}


def _excepts(span: Span, now: Sequence[Span]) -> bool:
    """As in "everybody but Rose", "every service she has, barring the bill"."""
    every = span.has("except") and any(one.has(*ALL) for one in now)
    return (span.has("but") and now[-1].has(*ALL)) or (every and _MARKS.isdisjoint(span.gap))


def _joins(spans: Sequence[Span], place: int) -> bool:
    """As in "à Kevin puis à Jo": a word that goes on to the next thing, between two of a kind."""
    if not (spans[place].has("list_mark") and spans[place].has("and")):
        return False
    behind = (one for one in spans[place + 1 :] if not one.has("to", "article"))
    following = next(behind, spans[place])
    return any(spans[place - 1].has(kind) and following.has(kind) for kind in _LISTED)


def _breaks(span: Span, before: Span) -> bool:
    """Whether a clause cannot go on over what stands before a span."""
    ends = not _MARKS.isdisjoint(span.gap) and not before.has("title")
    mark = ends or " - " in span.gap or " – " in span.gap
    turns = span.has("me", "want", "aux", "ask_done") or span.act() in DOING
    comma = "," in span.gap or (before.has("and") and "," in before.gap)
    aside = comma and turns and not span.has("person", "service", "asking")
    out = "," in span.gap and before.has("left_out")  # "Kevin out, Jo gets TV"
    return mark or aside or out or span.has("but", "because", "whether", "when", "list_mark")


def _turns(span: Span, now: Sequence[Span]) -> bool:
    """Whether something else begins: a request, a turn, what follows a condition's colon."""
    if span.has("actually", "cancel") and not span.act() and _is_whole(now):
        return True  # "give Kevin the TV no wait Jo needs data"
    if ":" in span.gap and any(o.has("whether", "when", "because", "polite") for o in now[:2]):
        return True
    doing = span.act() in DOING or span.has("no", "neg", "control")
    if "," in span.gap and doing and any(one.has("when") for one in now[:2]):
        return True  # "when you get a chance, remove Jo"
    subject = bool(now) and now[-1].has("he")  # "Kevin, y peux-tu …": it asks about him
    kinds = ("person", "service", "state", "field")
    return span.has("ask_bot") and not subject and any(o.has(*kinds) for o in now)


def _new_verb(now: list[Span], span: Span) -> int | None:
    """Return from where on spans of the clause belong to a verb that begins another one."""
    doing = span.act() in DOING - {"undo"}
    predicate = span.has(*_PREDICATES)
    if not (doing or predicate):
        return None
    if now[0].has("aux") and now[0].act() == "use":
        return None  # "have her access removed"
    relative = predicate and any(one.has("wh") for one in now[-2:])
    relative = relative or any(one.tags.get("field") == "link" for one in now[-2:])
    relative = relative or now[-1].has("except", "without")
    last = next((one for one in reversed(now) if not one.has("polite")), now[-1])
    paused = any("," in one.gap for one in (*now[-3:], span)) or last.has("and", "no", "actually")
    same = doing and not paused and any(one.act() == span.act() for one in now)
    if relative or same or not _is_whole(now) or (_completes(now) and not paused):
        return None
    if (joint := _subject(now, span) or _joint(now)) is not None:
        return joint
    kept = len(now)
    while kept and (now[kept - 1].has(*_LEADING) or _is_joint(now[kept - 1])):
        kept -= 1
    if predicate and not doing:
        return None
    return kept if kept and _is_whole(now[:kept]) else None


def _completes(now: Sequence[Span]) -> bool:
    """Whether a verb only says what is allowed or ended: "let her change the channels"."""
    verbs = [place for place, one in enumerate(now) if one.act() in DOING]
    behind = now[verbs[-1] :] if verbs else ()
    act = now[verbs[-1]].act() if verbs else ""
    bare = act == "remove" and not any(one.has(*_OBJECTS) for one in behind[1:])
    allows = act in {"give", "let_not"} or bare
    return allows and not any(one.has("service", "all_services") for one in behind)


def _subject(now: Sequence[Span], span: Span) -> int | None:
    """Return where the service begins that stays: "take the bill, the TV stays"."""
    place = len(now) - 1
    if span.act() != "keep" or not now[place].has("service"):
        return None
    while place > 1 and now[place - 1].has("article") and "," not in now[place].gap:
        place -= 1
    return place if "," in now[place].gap or now[place - 1].has("and") else None


def _joint(now: Sequence[Span]) -> int | None:
    """Return where a conjunction or a comma after a whole clause begins the next one."""
    for place in range(len(now) - 1, 0, -1):
        if now[place].act() in DOING or now[place].has("service", "email"):
            return None
        if _lists(now, place):
            continue
        if "," in now[place].gap or now[place].has("and"):
            return place if _is_whole(now[:place]) else None
    return None


def _lists(now: Sequence[Span], place: int) -> bool:
    """Whether a conjunction stands between two of a kind: "all but Kevin and Jo"."""
    around = (now[place - 1], now[place + 1]) if place + 1 < len(now) else ()
    return bool(around) and any(all(o.has(kind) for o in around) for kind in _LISTED)


def _is_whole(now: Sequence[Span]) -> bool:
    """Whether a clause has a verb and what the verb is about."""
    service = any(one.has("service") for one in now)
    verbs = [one for one in now if one.act() in DOING or (service and one.has("modal", "state"))]
    denied = any(one.has("neg") for one in now) and any(one.act() in DOING for one in now)
    paired = any(one.has("service") for one in now) and any(one.has("person") for one in now)
    return (
        paired
        or denied
        or (bool(verbs) and any(one.has(*_OBJECTS) for one in now if not one.act()))
    )


def _is_joint(span: Span) -> bool:
    return span.has("filler") and not span.has("he", "person")
