"""A message parted into clauses: what belongs to one verb, one list item, one sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from intents.another_wish import adds_on, is_behind_oneself
from intents.borders import (
    OBJECTS,
    another_subject,
    asks_when,
    completes,
    concludes,
    denies_next,
    ends_apart,
    is_a_service_denied,
    is_about_the_others,
    is_about_the_rest,
    is_behind_a_reason,
    is_inside,
    is_list_number,
    is_to_come_first,
    is_why_a_mail_comes,
    joins,
    lists,
    names_a_wish,
    steps_aside,
    tells_a_value,
    tells_how_somebody_stands,
    with_verbs_last,
)
from intents.grammar import ALL, after_all, has_it_done, is_compound, leads_with_exception
from intents.spans import Span
from intents.stopping import is_enough
from intents.telling import begins_to_tell, is_behind_an_aside, is_relative

DOING = frozenset(
    {
        *("delete", "remove", "let_not", "give", "add", "unlock", "unblock", "open", "lock"),
        *("reset", "send", "resend", "change", "rename", "limit", "turn", "replace", "undo"),
        *("approve", "decline", "withdraw", "remind", "keep", "show", "ask"),
        *("resume", "let_back", "lift"),
    }
)
"""Acts that can be wished for; `use` ("see the bill") only says what an access is for."""

_MARKS = frozenset(".!?;\n•…")
_LEADING = (
    *("neg", "nomore", "ask_bot", "want", "also", "instead", "polite", "modal", "only", "later"),
    *("list_mark", "you", "or", "link_name", "ask_done"),
)
_PREDICATES = ("modal", "want", "state")
_OPENING = ("but", "because", "whether", "when", "once", "list_mark")
"""What a clause begins with, whatever stands before it."""


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
        subject = behind is not None and behind.has("me", "subject", "person", "you")
        return first.first > 0 and first.has("when") and subject and "?" not in self.ends_in


def clauses(spans: Sequence[Span], end: str) -> tuple[Clause, ...]:
    """Return the clauses of a message; `end` is what stands behind its last word."""
    parts: list[list[Span]] = [[]]
    for at, span in enumerate(spans):
        if is_list_number(spans, at):
            parts.append([])
            continue
        now = parts[-1]
        if (
            now
            and (_breaks(span, now) or _turns(span, now) or _begins(spans, at, now))
            and not _excepts(spans, at, now)
            and not joins(spans, at)
            and not asks_when(spans, at, end)
        ):
            parts.append(_held_over(now, span))
        elif now and not _excepts(spans, at, now) and (kept := _new_verb(now, span)) is not None:
            now[kept:], moved = [], now[kept:]
            parts.append(moved)
        parts[-1].append(span)
    whole = with_verbs_last([part for part in parts if part], DOING)
    gaps = [*(following[0].gap for _, following in pairwise(whole)), end]
    for at in reversed(range(len(whole) - 1)):
        if whole[at + 1][0].has("or") and "?" in gaps[at + 1]:
            gaps[at] = "?"  # "can he still see it, or is that over?"
    return tuple(Clause(tuple(p), gap.strip()) for p, gap in zip(whole, gaps, strict=False))


def _held_over(now: list[Span], span: Span) -> list[Span]:
    """Return a word that belongs to what follows: "…, just make sure that he does not see it"."""
    paused = "," in span.gap or not _MARKS.isdisjoint(span.gap)
    if len(now) > 1 and now[-1].has("only") and "," in now[-1].gap and not paused:
        return [now.pop()]
    return []


def _excepts(spans: Sequence[Span], at: int, now: Sequence[Span]) -> bool:
    """As in "everybody but Rose", "every service she has, barring the bill", "Jo aside, …"."""
    span = spans[at]
    if span.has("but"):
        somebody = any(behind.has("person") for behind in spans[at + 1 : at + 2])
        if now[-1].has(*ALL) or (somebody and after_all(now, len(now))):
            return True
        if any(earlier.act() == "keep" for earlier in now) and denies_next(spans, at):
            return True  # "Jo peut garder la télé mais pas la facture"
    every = span.has("except") and any(earlier.has(*ALL) for earlier in now)
    goes_on = _MARKS.isdisjoint(span.gap)
    return goes_on and (every or leads_with_exception(now))


def _breaks(span: Span, now: Sequence[Span]) -> bool:
    """Whether a clause cannot go on over what stands before a span."""
    before = now[-1]
    ends = not _MARKS.isdisjoint(span.gap) and not before.has("title")
    mark = (
        ends
        or concludes(now, span, DOING)
        or " - " in span.gap
        or " – " in span.gap
        or before.is_picture
    )
    comma = "," in span.gap or ("," in before.gap and before.has("and"))
    if "," in before.gap and before.has("please"):  # "why did we do that, please make it English"
        comma = comma or any(said.is_content or said.has("wh") for said in now)
    out = "," in span.gap and before.has("left_out")  # "Kevin out, Jo gets TV"
    return mark or (comma and steps_aside(now, span, DOING)) or out or span.has(*_OPENING)


def _turns(span: Span, now: Sequence[Span]) -> bool:
    """Whether something else begins: a request, a turn, what follows a condition's colon."""
    if span.has("actually", "cancel") and not span.act() and _is_whole(now):
        return not is_inside(span, now)  # "give Kevin the TV no wait Jo needs data"
    if ":" in span.gap and _leads_in(now):
        return True
    paused = "," in span.gap or ("," in now[-1].gap and now[-1].has("polite"))
    doing = paused and (span.act() in DOING or span.has("no", "neg", "control"))
    if doing and any(earlier.has("when", "because", "thanks_for") for earlier in now[:2]):
        return True  # "when you get a chance, remove Jo", "since Monday, please let him in"
    if not span.has("ask_bot") or (now[-1].has("he") and "," not in span.gap):
        return False  # "Kevin, y peux-tu …"
    return any(earlier.has("person", "service", "state", "field") for earlier in now)


def _leads_in(now: Sequence[Span]) -> bool:
    """Whether what stands before a colon wishes for nothing yet: "Good day, please: …"."""
    greets = any(span.has("polite") for span in now[:2]) and not any(map(Span.act, now))
    return greets or any(span.has("whether", "when", "because") for span in now[:2])


def _begins(spans: Sequence[Span], at: int, now: Sequence[Span]) -> bool:
    told = begins_to_tell(spans, at) and _is_whole(now)
    told = told or is_behind_an_aside(spans, at, now) or tells_how_somebody_stands(spans, at)
    begins = told or ends_apart(spans, at, now) or is_behind_a_reason(spans, at, now)
    begins = begins or is_behind_oneself(spans, at, now)
    another = another_subject(spans, at) or tells_a_value(spans, at)
    another = another or names_a_wish(spans, at, now)
    another = another or is_about_the_rest(spans, at) or adds_on(spans, at, now)
    another = (another and _is_whole(now)) or is_to_come_first(spans, at, now)
    another = another or is_about_the_others(spans, at, now) or is_a_service_denied(spans, at)
    return begins or another or is_enough(spans, at, now)


def _new_verb(now: list[Span], span: Span) -> int | None:
    """Return from where on spans of the clause belong to a verb that begins another one."""
    doing = span.act() in DOING - {"undo"} and not is_compound((*now, span), len(now))
    predicate = span.has(*_PREDICATES, "is_given")
    if not (doing or predicate):
        return None
    led = [earlier for earlier in now if earlier.act() or not earlier.has("is")][-1:]
    if (now[0].has("aux") and now[0].act() == "use") or (led and led[0].act() == "let_not"):
        return None  # "have her access removed", "she must not keep it", "… not be taken off"
    relative = predicate and any(earlier.has("wh") for earlier in now[-2:])
    relative = relative or any(earlier.tags.get("field") == "link" for earlier in now[-2:])
    relative = relative or is_why_a_mail_comes(now)
    relative = relative or now[-1].has("except", "without") or is_relative((*now, span), len(now))
    last = next((earlier for earlier in reversed(now) if not earlier.has("polite")), now[-1])
    paused = any("," in near.gap for near in (*now[-3:], span)) or last.has("and", "no", "actually")
    same = doing and not paused and any(_is_same_verb(earlier, span) for earlier in now)
    had = range(len(now))  # "get the TV taken off"; not in "get Jo unlocked, and remove Kevin"
    done = any(has_it_done((*now, span), at) and not has_it_done(now, at) for at in had)
    if relative or same or done or not _is_whole(now) or (completes(now, DOING) and not paused):
        return None
    if (joint := _subject(now, span) or _joint(now, predicate=predicate)) is not None:
        return joint
    kept = len(now)
    if now[-1].tags.get("clitic") == "object" and not span.gap.strip():
        kept -= 1  # "… au lieu de le supprimer"
    while kept and (now[kept - 1].has(*_LEADING) or _is_joint(now[kept - 1])):
        kept -= 1
    if predicate and not doing:
        return None
    return kept if kept and _is_whole(now[:kept]) else None


def _is_same_verb(earlier: Span, span: Span) -> bool:
    """As in "take the TV, take it all"; not in "rather than removing her just take the TV"."""
    return earlier.act() == span.act() and (span.has("gerund") or not earlier.has("gerund"))


def _subject(now: Sequence[Span], span: Span) -> int | None:
    """Return where the service begins that stays: "take the bill, the TV stays"."""
    at = len(now) - 1
    while at > 0 and now[at].has("modal", "subject", "it"):
        at -= 1  # "…, the TV can stay", "…, la télé il la garde"
    if span.act() != "keep" or not now[at].has("service"):
        return None
    while at > 1 and now[at - 1].has("article") and "," not in now[at].gap:
        at -= 1
    return at if "," in now[at].gap or now[at - 1].has("and") else None


def _joint(now: Sequence[Span], *, predicate: bool) -> int | None:
    """Return where a conjunction or a comma after a whole clause begins the next one.

    Whoever stands right before a predicate is its subject: "unlock Tyler, and Jo may …".
    """
    for at in range(len(now) - 1, 0, -1):
        if now[at].act() in DOING or now[at].has("service", "email"):
            return None
        pair = at > 1 and now[at - 1].has("person") and "," in now[at - 1].gap
        subject = predicate and at == len(now) - 2 and not pair and _does_something(now[:at])
        if lists(now, at) and not subject:
            continue
        if "," in now[at].gap or now[at].has("and"):
            return at if _is_whole(now[:at]) else None
    return None


def _does_something(now: Sequence[Span]) -> bool:
    """Whether there is a verb that has all it needs; "give" and "let" wait for what is given."""
    return any(span.act() in DOING - {"give", "let_not"} for span in now) and _is_whole(now)


def _is_whole(now: Sequence[Span]) -> bool:
    """Whether a clause has a verb and what the verb is about."""
    kinds = {kind for span in now for kind in span.tags}
    service = "service" in kinds
    written = {"field", "email"} <= kinds or {"field", "language"} <= kinds
    somebody = not kinds.isdisjoint({"person", "all_people"})
    if somebody and (service or written or "reset_noun" in kinds):
        return True
    doing = "act" in kinds and any(span.act() in DOING for span in now)
    if doing and "neg" in kinds:
        return True
    if "act" in kinds and any(span.act() == "resend" and " " in span.text for span in now):
        return True  # "send it again"
    verb = doing or (service and not kinds.isdisjoint({"modal", "state"}))
    if now[0].has("cancel") and any(span.tags.get("field") == "invitation" for span in now):
        verb = True  # "cancel her invitation"
    return verb and any(span.has(*OBJECTS) for span in now if not span.act())


def _is_joint(span: Span) -> bool:
    return span.has("filler") and not span.has("he", "person")
