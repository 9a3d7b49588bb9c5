"""Somebody whose access is the measure for others: "what Kevin has", "the same as Kevin".

Such words name services, and nobody: those that this person can use.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from intents.context import Context, Person
from intents.spans.grammar import is_pronoun
from intents.spans.span import Span, written
from intents.values.phrases import SEVERAL
from intents.wishes.given import PAIR

_IDLE = ("filler", "to", "article", "emphasis", "genitive", "from", "that_one")
_GIVING = frozenset({"", "give", "add", "change", "keep", "use", "let_not"})
"""What is done where others are to be like somebody; "show me what Kevin has" measures nothing."""
_FOR_WHOM = ("person", "he", "they", "all_people", "others", "both")
_FAR = 4
"""Spans between "the same" and whose it is."""


def with_models(spans: Sequence[Span], context: Context, ends_in: str = "") -> tuple[Span, ...]:
    """Read whoever others shall be like as the services that this person can use.

    `ends_in` is what stands behind its last word: "what Kevin has?", at a card, only asks.
    """
    spans = _with_the_one_for(spans)
    if any(span.act() not in _GIVING for span in spans if not span.has("filler")):
        return spans
    spans = _without_what_stays(spans)
    told = list(_measures(spans, context))
    limits = any(span.has("but") or span.act() == "keep" for span in spans)
    if len(told) == PAIR and not limits and _are_made_equal(spans, told, ends_in):
        (first, end, _), (start, *_) = told
        whose = next(span for span in spans[first:end] if span.mention)
        whom = replace(whose, end=spans[end - 1].end, first=spans[first].first)
        spans = (*spans[:first], whom, *spans[end:])
        moved = end - first - 1
        told = [(start - moved, told[1][1] - moved, told[1][2])]
        spans = _all_there_is(spans, told[0][0])
    if len(told) != 1:  # "what Kevin has and what Jo has" compares two people
        return tuple(spans)
    first, end, codes = told[0]
    around = (*spans[:first], *spans[end:])
    answers = context.expects & {"service"} or context.card
    turns = "?" in ends_in or any(span.has("wh", "actually", "wrong") for span in around)
    if not (_for_somebody(spans, first, end) or (answers and not turns)):
        return tuple(spans)
    exact = any(span.has("exactly") for span in spans[max(0, first - 2) : end])
    measure = replace(
        spans[first],
        end=spans[end - 1].end,
        text=written(spans[first:end]),
        tags={"service": "", "model": "", **({"nothing_else": ""} if exact else {})},
        value=SEVERAL.join(codes),
        mention=None,
    )
    return (*spans[:first], measure, *spans[end:])


def _are_made_equal(
    spans: Sequence[Span], told: Sequence[tuple[int, int, list[str]]], ends_in: str
) -> bool:
    """As in "make Jo's access the same as Kevin's"; not in "Jo's access is the same as …"."""
    (first, end, _), (start, *_) = told
    owned = any(span.tags.get("field") == "access" for span in spans[first:end])
    before, between = spans[:first], spans[end:start]
    tells = any(span.has("is", "aux", "wh", "neg", "was") for span in (*before, *between))
    small = all(span.has("filler", "passive", "to") for span in between)
    return owned and small and bool(before) and not (tells or "?" in ends_in)


def _all_there_is(spans: Sequence[Span], at: int) -> tuple[Span, ...]:
    """Read a comparison as exact: who is made equal to somebody can use no more, and no less."""
    same = replace(spans[at], tags={**spans[at].tags, "exactly": ""})
    return (*spans[:at], same, *spans[at + 1 :])


def _without_what_stays(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "and he keeps what he has" without a question: nothing is to be done about it."""
    told = list(spans)
    keeps = next((at for at, span in enumerate(spans) if span.act() == "keep"), len(spans))
    for at in range(keeps + 1, len(spans) - 1):
        end = _behind(spans, at + 2) if spans[at + 1].has("he", "they") else None
        if spans[at].has("wh", "what_of") and end:
            told[at:end] = [replace(span, tags={"own_things": ""}) for span in spans[at:end]]
    return tuple(told)


def _for_somebody(spans: Sequence[Span], first: int, end: int) -> bool:
    """Whether somebody else is meant: "Kevin's rights to her"; not "reset them, and leave him"."""
    does = [at for at, span in enumerate(spans) if span.act() not in {"", "use"}]
    goes_on = any(span.act() or span.has("modal", "want") for span in spans[end:])
    taken_up = bool(does) and does[0] < first and goes_on
    ahead = takewhile(lambda at: not (taken_up and _parts(spans[at])), range(end, len(spans)))
    return any(
        spans[at].has(*_FOR_WHOM) and not _owns_something(spans[at]) and is_pronoun(spans, at)
        for at in (*range(first), *ahead)
    )


def _parts(span: Span) -> bool:
    return span.has("and", "but") or "," in span.gap


def _owns_something(span: Span) -> bool:
    return span.has("possessive") or span.tags.get("clitic") == "owner"


def _measures(spans: Sequence[Span], context: Context) -> Iterator[tuple[int, int, list[str]]]:
    """Yield where somebody is the measure, from and up to (exclusive), and of which services."""
    named = [span.mention.refs for span in spans if span.mention]
    topic = context.topic.people
    spoken = topic[0] if len(topic) == 1 == len(named) and named != [topic] else ""
    for at, span in enumerate(spans):
        refs = span.mention.refs if span.mention else (spoken,) if span.has("he") else ()
        person = context.person(refs[0]) if len(refs) == 1 else None
        if person is None:
            continue
        codes = [code for code in context.services if code in person.services]
        reach = _what_they_have(spans, at) or _the_same(spans, at)
        if span.mention:
            reach = reach or _like(spans, at) or _their_access(spans, at, person)
        if codes and reach is not None:
            yield *reach, codes


def _what_they_have(spans: Sequence[Span], at: int) -> tuple[int, int] | None:
    """As in "whatever Kevin's got", "tout ce que Kevin peut voir"."""
    whole = spans[at].has("what_of") and spans[at].has("he")  # "ce qu'il"
    before = spans[at] if whole else spans[at - 1] if at else None
    if before is None or not before.has("wh", "what_of", "all_services", "same_access"):
        return None
    if before is spans[0] and not before.has("what_of", "all_services", "same_access"):
        return None  # "qu'est-ce que Kevin peut faire …" asks
    end = _behind(spans, at + 1)
    return (at if whole else at - 1, end) if end else None


def _the_same(spans: Sequence[Span], at: int) -> tuple[int, int] | None:
    """As in "the same access as for Kevin", "les mêmes affaires que Kevin a"."""
    compared = _before(spans, at, "as_whom")
    if compared is not None and "," in spans[compared].gap:
        return None  # "the same service, as she asked for it"
    if compared is not None and spans[compared].has("same"):
        return compared, _behind(spans, at + 1) or at + 1
    reach = spans[max(0, (compared or 0) - _FAR) : compared]
    same = next((n for n, span in enumerate(reversed(reach), start=1) if span.has("same")), None)
    if compared is None or same is None or any(span.has(*_FOR_WHOM) for span in reach[-same:]):
        return _ending_in(spans, at, "same") if compared is None else None
    return compared - same, _behind(spans, at + 1) or at + 1


def _ending_in(spans: Sequence[Span], at: int, kind: str) -> tuple[int, int] | None:
    """As in "pareil comme Kevin": the words for it hold the comparison."""
    before = spans[at - 1] if at else None
    compares = before is not None and before.has(kind) and " " in before.text
    return (at - 1, at + 1) if compares and before is not None and before.has("like_whom") else None


def _like(spans: Sequence[Span], at: int) -> tuple[int, int] | None:
    """As in "make Jo like Kevin"; not in "Jo is like Kevin", "like Kevin wanted"."""
    before = _before(spans, at, "like_whom")
    if not before or any(span.has("is", "was", "service") for span in spans[:before]):
        return None  # "give Jo the TV like Kevin" names what it gives
    behind = spans[at + 1] if at + 1 < len(spans) else None
    closes = behind is None or behind.has("but", "except", "and", "only", "polite", "without")
    closes = closes or (behind is not None and bool(behind.gap.strip(" ")))
    return (before, at + 1) if closes else None


def _their_access(spans: Sequence[Span], at: int, person: Person) -> tuple[int, int] | None:
    """As in "give Jo Kevin's rights", "les droits de Kevin à Jo"."""
    before = _before(spans, at, "genitive")
    noun = before - 1 if before else None
    if noun is not None and noun >= 0 and spans[noun].tags.get("field") == "access":
        return noun, at + 1
    apart = at + 1 < len(spans) and spans[at + 1].text.casefold() == "s"
    behind = spans[at + 2 if apart else at + 1 :]
    name, known = spans[at].text.casefold(), person.first_name.casefold()
    glued = name.endswith("s") and not known.endswith("s")  # "kevins", and not "James access"
    owned = apart or glued or bool(behind and behind[0].gap.strip() in {"'", "’"})
    if not (owned and behind) or any(span.has("service", "all_services") for span in behind[1:3]):
        return None
    is_access = behind[0].tags.get("field") == "access" or (apart and behind[0].act() == "use")
    return (at, len(spans) - len(behind) + 1) if is_access else None


def _before(spans: Sequence[Span], at: int, kind: str) -> int | None:
    """Return the place of a kind before another one, with nothing but small words between."""
    for earlier in range(at - 1, max(-1, at - _FAR), -1):
        if spans[earlier].has(kind):
            return earlier
        if not spans[earlier].has(*_IDLE):
            return None
    return None


def _behind(spans: Sequence[Span], at: int) -> int | None:
    """Return where "has" or "can see" ends, if it stands at a place."""
    end = at
    while end < len(spans) and spans[end].has("modal", "aux", "emphasis"):
        if _owns(spans[end]):
            break
        end += 1
    return end + 1 if end < len(spans) and _owns(spans[end]) else None


def _owns(span: Span) -> bool:
    return span.has("owns") or span.act() == "use"


def _with_the_one_for(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Read "all but the one for viewing the bill" as of the bill: "the one" is nobody there."""
    return tuple(
        replace(span, tags={"filler": ""})
        if span.has("that_one") and _is_for_a_service(spans[at + 1 :])
        else span
        for at, span in enumerate(spans)
    )


def _is_for_a_service(behind: Sequence[Span]) -> bool:
    if not (behind and behind[0].has("to", "genitive", "off") and not behind[0].gap.strip()):
        return False
    following = (span for span in behind[1:] if not (span.has("article") or span.act() == "use"))
    what = next(following, None)
    return what is not None and what.has("service")
