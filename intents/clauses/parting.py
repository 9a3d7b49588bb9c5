"""A message parted into clauses: what belongs to one verb, one list item, one sentence."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from intents.clauses.another_wish import adds_on, is_behind_oneself
from intents.clauses.borders import (
    another_subject,
    asks_when,
    concludes,
    denies_next,
    ends_apart,
    fronts_its_end,
    is_a_service_denied,
    is_about_the_others,
    is_about_the_rest,
    is_behind_a_reason,
    is_inside,
    is_list_number,
    is_to_come_first,
    joins,
    names_a_wish,
    steps_aside,
    tells_a_value,
    tells_how_somebody_stands,
)
from intents.clauses.clause import DOING, Clause
from intents.clauses.new_verbs import is_whole, new_verb, with_verbs_last
from intents.clauses.telling import begins_to_tell, is_behind_an_aside
from intents.spans.grammar import ALL, after_all, leads_with_exception
from intents.spans.span import Span
from intents.spans.stopping import is_enough

_MARKS = frozenset(".!?;\n•…")
_OPENING = ("but", "because", "whether", "when", "once", "list_mark")
"""What a clause begins with, whatever stands before it."""
_NAMED = ("act", "person", "service", "all_people", "all_services", "field", "email")


def clauses(spans: Sequence[Span], end: str) -> tuple[Clause, ...]:
    """Return the clauses of a message; `end` is what stands behind its last word."""
    parts: list[list[Span]] = [[]]
    for at, span in enumerate(spans):
        now = parts[-1]
        if is_list_number(spans, at):
            parts.extend([] if _counts_exceptions(now, span) else [[]])
            continue
        if (
            now
            and (_breaks(span, now) or _turns(span, now) or _begins(spans, at, now))
            and not _excepts(spans, at, now)
            and not joins(spans, at)
            and not asks_when(spans, at, end)
        ):
            parts.append(_held_over(now, span))
        elif now and (kept := new_verb(now, span)) is not None and not _excepts(spans, at, now):
            now[kept:], moved = [], now[kept:]
            parts.append(moved)
        parts[-1].append(span)
    whole = _with_what_is_wished(with_verbs_last([part for part in parts if part]))
    gaps = [*(following[0].gap for _, following in pairwise(whole)), end]
    for at in reversed(range(len(whole) - 1)):
        if whole[at + 1][0].has("or") and "?" in gaps[at + 1]:
            gaps[at] = "?"  # "can he still see it, or is that over?"
    return tuple(Clause(tuple(p), gap.strip()) for p, gap in zip(whole, gaps, strict=False))


def _counts_exceptions(now: Sequence[Span], number: Span) -> bool:
    """As in "everything apart from (1) the bill and (2) the data": it goes on over its numbers."""
    return any(span.has("except") for span in now) and _MARKS.isdisjoint(number.gap)


def _with_what_is_wished(parts: Sequence[Sequence[Span]]) -> list[Sequence[Span]]:
    """Read "… voudrais qu'il garde la télé mais qu'il perde la facture" as wished for, both."""
    whole: list[Sequence[Span]] = []
    for part in parts:
        wanted = _wanted(whole[-1]) if whole and _wishes_on(part) else None
        if wanted is not None:
            at = part[1].first
            part = (part[0], replace(wanted, gap=" ", first=at, end=at), *part[1:])  # noqa: PLW2901 -- the same part, made whole
        whole.append(part)
    return whole


def _wanted(before: Sequence[Span]) -> Span | None:
    return next(
        (want for want, that in pairwise(before) if want.has("want") and _leads(that)), None
    )


def _wishes_on(part: Sequence[Span]) -> bool:
    """As in "… mais qu'il", "… et que Jo": behind "je voudrais que" another wish begins."""
    joint, that, who = (*part, None, None, None)[:3]
    if joint is None or that is None or who is None or not joint.has("but", "and"):
        return False
    return _leads(that) and who.has("subject", "person")


def _leads(span: Span) -> bool:
    """Whether it is the *que* of "je voudrais que"."""
    return span.has_all("as_whom", "introduces")


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
    mark = ends or concludes(now, span) or " - " in span.gap or " – " in span.gap
    mark = mark or (before.is_picture and not span.is_picture)
    comma = "," in span.gap or ("," in before.gap and before.has("and"))
    if "," in before.gap and before.has("please"):  # "why did we do that, please make it English"
        comma = comma or any(said.is_content or said.has("wh") for said in now)
    out = "," in span.gap and before.has("left_out")  # "Kevin out, Jo gets TV"
    opens = span.has(*_OPENING) and not (  # "elle conserve toutefois le droit de …"
        span.has("but") and before.act() == "keep" and not span.gap.strip()
    )
    return mark or (comma and steps_aside(now, span)) or out or opens


def _turns(span: Span, now: Sequence[Span]) -> bool:
    """Whether something else begins: a request, a turn, what follows a condition's colon."""
    if span.has("actually", "cancel") and not span.act() and is_whole(now):
        return not is_inside(span, now)  # "give Kevin the TV no wait Jo needs data"
    if (":" in span.gap and _leads_in(now)) or ("," in span.gap and _only_denies(now)):
        return True
    if now[-1].has("drops_it") and span.act() in DOING:
        return True  # "non fais pas ça ôte-lui la facture"
    if span.act() in DOING and _waits_meanwhile(now):
        return True
    paused = "," in span.gap or ("," in now[-1].gap and now[-1].has("polite"))
    if paused and _is_an_order_now(span, now):
        return True
    if not span.has("ask_bot") or (now[-1].has("he") and "," not in span.gap):
        return False  # "Kevin, y peux-tu …"
    return any(earlier.has("person", "service", "state", "field") for earlier in now)


def _only_denies(now: Sequence[Span]) -> bool:
    """As in "don't, just take the usage off him": a denial of what was to be done before."""
    return all(span.has("neg", "polite") for span in now) and any(s.has("neg") for s in now)


def _is_an_order_now(span: Span, now: Sequence[Span]) -> bool:
    """As in "when you get a chance, remove Jo", "if it's no trouble, would you let him in"."""
    doing = span.act() in DOING or span.has("no", "neg", "control")
    if doing and any(earlier.has("when", "because", "thanks_for") for earlier in now[:2]):
        return True  # "since Monday, please let him in"
    if span.act() in DOING and any(earlier.has("unwilling") for earlier in now):
        return True  # "I don't want Tyler on my account any longer, please take him off"
    begs = span.act() in DOING and now[-1].has("please") and "," in now[-1].gap
    if begs and any(earlier.has("was", "is") for earlier in now):
        return True  # "that was my mistake, please put it back"
    return span.has("ask_bot") and now[0].has("whether")


def _leaves_out_a_service(now: Sequence[Span]) -> bool:
    """As in "oh and not the voicemail either, he never calls back"."""
    said = [span for span in now if not span.has("polite", "and", "but")]
    denied = bool(said) and said[0].has("without", "neg")
    return denied and any(span.has("service") for span in said)


def _puts_right(now: Sequence[Span]) -> bool:
    """As in "sorry no wait, off Jo": who was meant, and no verb is missing."""
    return any(span.has("actually") for span in now) and any(span.has("person") for span in now)


def _waits_meanwhile(now: Sequence[Span]) -> bool:
    """As in "while you're in there let Jo see it", "pendant que tu y es enlève Jo"."""
    meanwhile = any(span.has("when") for span in now[:2]) and any(s.has("you") for s in now[:4])
    return meanwhile and not any(span.act() or span.has(*_NAMED) for span in now)


def _leads_in(now: Sequence[Span]) -> bool:
    """Whether what stands before a colon wishes for nothing yet: "Good day, please: …"."""
    greets = any(span.has("polite") for span in now[:2]) and not any(map(Span.act, now))
    hurries = now[0].has("neg", "no", "without") and not any(span.has(*_NAMED) for span in now)
    return greets or hurries or any(span.has("whether", "when", "because") for span in now[:2])


def _only_orders(span: Span, now: Sequence[Span]) -> bool:
    """As in "no: unlock, he pays on time": behind a bare order somebody is told of."""
    bare = all(earlier.act() in DOING or earlier.has("no", "polite", "yes") for earlier in now)
    return bare and "," in span.gap and span.has("subject")


def _begins_a_cleft(spans: Sequence[Span]) -> bool:
    """As in "touche pas à Marc, c'est à Jo qu'il faut …": another one is spoken of."""
    if not spans or not spans[0].has_all("explains", "link_name"):
        return False
    said = [span for span in spans[1:] if not span.has("to", "filler") or span.has("as_whom")]
    who, that = (*said[:2], None, None)[:2]
    return who is not None and that is not None and who.has("person") and that.has("as_whom")


_BEGINNING = (
    *("person", "he", "they", "new", "you", "others", "service", "rest", "something", "act"),
    *("field", "reset_noun", "want", "ask_bot"),
)
"""What a clause can begin with where nothing pauses before it."""


def _begins(spans: Sequence[Span], at: int, now: Sequence[Span]) -> bool:
    if _wishes_on(spans[at : at + 3]) and (_wishes_on(now) or _wanted(now) is not None):
        return True
    if (_begins_a_cleft(spans[at : at + 4]) and is_whole(now)) or _only_orders(spans[at], now):
        return True
    if not ("," in spans[at].gap or spans[at].has(*_BEGINNING) or now[-1].has("and")):
        return False
    told = begins_to_tell(spans, at) and (is_whole(now) or _leaves_out_a_service(now))
    told = told or is_behind_an_aside(spans, at, now) or tells_how_somebody_stands(spans, at)
    begins = told or ends_apart(spans, at, now) or is_behind_a_reason(spans, at, now)
    begins = begins or is_behind_oneself(spans, at, now)
    another = another_subject(spans, at) or tells_a_value(spans, at)
    another = another or names_a_wish(spans, at, now)
    another = another or is_about_the_rest(spans, at) or adds_on(spans, at, now)
    another = another or fronts_its_end(spans, at)
    another = (another and (is_whole(now) or _puts_right(now))) or is_to_come_first(spans, at, now)
    another = another or is_about_the_others(spans, at, now) or is_a_service_denied(spans, at)
    return begins or another or is_enough(spans, at, now)
