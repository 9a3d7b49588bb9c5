"""Whom and what a clause names, as sets: all, none, both, the other, all but, not X but Y."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from intents.clauses import Clause
from intents.context import Context, Mention
from intents.grammar import (
    PEOPLE,
    SERVICES,
    after_all,
    denied,
    excepts,
    goes_on,
    next_is,
    takes_from,
)
from intents.groups import group_of
from intents.spans import Span


@dataclass(slots=True)
class Named:
    """What one clause names. `runs` keep who and what in their order, for pairs."""

    runs: list[tuple[str, list[object]]] = field(default_factory=list)
    people: list[Mention] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    not_people: list[Mention] = field(default_factory=list)
    not_services: list[str] = field(default_factory=list)
    denied_services: list[str] = field(default_factory=list)
    """Those of them that nobody shall have: "TV, but not the bill"."""
    all_people: bool = False
    all_services: bool = False
    no_services: bool = False
    exact: bool = False
    """Whether the services are all that there shall be: "nothing except the TV"."""
    nobody: bool = False
    """Whether all but those who are named shall not: "nobody but Rose"."""
    somebody: bool = False
    refers: bool = False
    """Whether people are meant by a pronoun alone."""
    negated: set[int] = field(default_factory=set)
    """The places of verbs that the clause denies."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who and what was mentioned before, nearest last: what a pronoun can stand for."""

    people: list[Mention] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    spared: list[Mention] = field(default_factory=list)
    """Those whom everybody else is "the others" to: "nobody but Rose"."""
    last: list[str] = field(default_factory=list)
    """The services that were mentioned together last: what "it" and "that" can be."""


def name(clause: Clause, context: Context, before: Spoken) -> Named:
    """Return what a clause names."""
    named = Named()
    mode, kind = "in", ""
    swaps = False
    for place, span in enumerate(clause.spans):
        answered = span.has("no") and _answered_no(clause.spans, place)
        corrects = bool(named.services) and not answered and _corrects(clause.spans, place)
        swaps = swaps or corrects
        if answered == "before":
            _deny_last(named)
        elif named.services and _stays(clause.spans, place):
            named.not_services.append(named.services.pop())
        elif answered == "behind":
            mode, kind = "not", ""
        elif excepts(clause.spans, place) or (span.has("but") and after_all(clause.spans, place)):
            named.nobody |= any(one.has("nobody") for one in clause.spans[:place])
            mode, kind = "but", ""
        elif span.has("without") and next_is(clause.spans, place, SERVICES):
            mode, kind = "not", ""
        elif (verb := _denied_verb(clause.spans, place)) is not None:
            named.negated.add(verb)
        elif span.has("neg") and not span.has("nomore"):
            target = denied(clause.spans, place)
            if target is not None and not clause.spans[target].has(*PEOPLE, *SERVICES):
                named.negated.add(target)
            elif target is not None:
                mode, kind = "not", ""
        elif span.act() not in {"", "use"} or span.has("modal", "email", "actually"):
            mode, kind = "in", ""
        group = group_of(clause.spans, place, context)
        if group and mode != "in":
            over = kind and (group != kind or (mode == "not" and not goes_on(clause.spans, place)))
            mode, kind = ("in", "") if over else (mode, group)
        if group == "services" and swaps and mode == "in":
            named.services.pop()
            swaps = False
        if group == "people":
            locked = _is_the_locked(clause)
            things = "service" in context.expects and clause.has("service")
            explicit = clause.has("person") + clause.has("other")
            from_whom, spares = takes_from(clause.spans, "person"), clause.has("but", "except")
            meant = _Told(before, locked, explicit, from_whom, things, spares)
            for one in _both(clause.spans, place):
                _take_people(named, one, mode, context, meant)
        elif group == "services":
            _take_services(named, span, mode, context, before)
    _finish(named, context)
    return named


def _answered_no(spans: Sequence[Span], place: int) -> str:
    """Return which service a no is the answer about: "the usage yes, the bill no", "no to TV"."""
    before = spans[place - 1] if place else None
    behind = spans[place + 1] if place + 1 < len(spans) else None
    paused = behind is None or behind.has("and", "but") or "," in behind.gap
    if before is not None and before.has("service") and "," not in spans[place].gap and paused:
        return "before"
    to = behind is not None and behind.has("to") and not paused
    return "behind" if to and next_is(spans, place, ("service",)) else ""


def _stays(spans: Sequence[Span], place: int) -> bool:
    """As in "the invoice goes and the usage stays": nothing is wished for of the last service."""
    behind = spans[place + 1] if place + 1 < len(spans) else None
    closes = behind is None or behind.has("and", "but") or "," in behind.gap
    return spans[place].act() == "keep" and spans[place - 1].has("service") and closes


def _deny_last(named: Named) -> None:
    """Take the last service out again: it was named to be refused."""
    code = named.services.pop() if named.services else ""
    if code:
        named.not_services.append(code)
        named.denied_services.append(code)


def _corrects(spans: Sequence[Span], place: int) -> bool:
    """Whether what follows stands for what was said before: "TV, no, voicemail"."""
    span, behind = spans[place], spans[place + 1 :]
    turned = (span.has("no") and not span.has("neg", "act")) or span.has("actually")
    before = spans[place - 1] if place else None
    paused = before is not None and ("," in span.gap or before.has("hedge", "no", "actually"))
    return turned and paused and any(one.has("service") for one in behind)


def _both(spans: Sequence[Span], place: int) -> Iterator[Span]:
    """Yield the two whom "both Kevins" means, one after the other; else the span itself."""
    span, before = spans[place], spans[place - 1] if place else None
    refs = span.mention.refs if span.mention and before and before.has("both") else ()
    if span.mention is None or len(refs) != len("ab"):
        yield span
        return
    yield from (replace(span, mention=replace(span.mention, refs=(one,))) for one in refs)


def _denied_verb(spans: Sequence[Span], place: int) -> int | None:
    """Return the verb that a no stands before: "no need to remove Omar", "don't want to unlock"."""
    span = spans[place]
    word = " " not in span.text and not span.has("neg")
    if not span.has("no", "nomore", "cancel") or span.has("act") or word:
        return None
    for ahead in range(place + 1, len(spans)):
        span = spans[ahead]
        if "," in span.gap or span.has("polite"):
            return None
        if span.act() not in {"", "use"}:
            return ahead
        if span.has("it", "he", "only") or not span.has("filler", "emphasis", "you", "want"):
            return None
    return None


def _is_the_locked(clause: Clause) -> bool:
    """Whether somebody is meant by how they stand: "unlock the one who is locked"."""
    locked = any(span.tags["state"] == "locked" for _, span in clause.tagged("state"))
    return locked and clause.has("act") and not clause.has("person")


@dataclass(frozen=True, slots=True)
class _Told:
    """What decides whom a word stands for, beside the word."""

    before: Spoken
    locked: bool
    """Whether somebody is meant by how they stand."""
    explicit: int
    """Whether the clause names somebody, and speaks of another one."""
    indirect: bool
    """Whether it says from whom: then "la" is a thing."""
    things: bool
    """Whether services are asked for, and named: "both, the bill and the usage"."""
    spares: bool
    """Whether it names exceptions: "nobody but Rose"."""


def _take_people(named: Named, span: Span, mode: str, context: Context, told: _Told) -> None:
    mentions = list(_mentions(named, span, context, told))
    if mode in {"but", "not"}:
        named.not_people += [one for one in mentions if one.refs or span.has("person")]
        return
    if span.has("all_people") or (
        span.has("both") and not (mentions or told.explicit or told.things)
    ):
        named.all_people = True
    if span.has("somebody") and not span.has("he"):
        named.somebody = True
    if span.has("he", "they") and not span.has("person"):
        named.refers = named.refers or not mentions
    fresh = [one for one in mentions if one.value not in {known.value for known in named.people}]
    named.people += fresh
    if fresh:
        _run(named, "people", fresh)


def _mentions(named: Named, span: Span, context: Context, told: _Told) -> Iterator[Mention]:
    """Return whom a span stands for."""
    before, explicit = told.before, told.explicit
    if span.has("both") and told.things:
        return
    if span.mention is not None:
        yield _the_other(span.mention, context, before) if explicit > 1 else span.mention
        return
    if span.has("it") and explicit and (span.has("they") or told.indirect):
        return  # "give them to Marc", "enlève-la à Rose": things
    ordinal = span.tags.get("ordinal", "")
    if ordinal and len(context.topic.people) > 1:
        place = -1 if ordinal == "last" else int(ordinal) - 1
        yield from Mention.each(context.topic.people[place:][:1])
        return
    if span.has("he", "they") and told.locked:
        yield from (Mention(p.first_name, (p.ref,)) for p in context.people if p.status == "locked")
        return
    everybody = [Mention(one.first_name, (one.ref,)) for one in context.people]
    spoken = [*before.people, *named.people]
    topic = Mention.each(context.topic.people)
    if span.has("all_people") or (span.has("nobody") and told.spares):
        yield from everybody
    elif span.has("both") and explicit:
        return
    elif span.has("both"):
        pair = spoken if len(spoken) == len("ab") else topic
        yield from pair if len(pair) == len("ab") else everybody
    elif span.has("other") and explicit > 1 and not named.not_people:
        return
    elif span.has("other"):
        taken = {one.value for one in (spoken or named.not_people or before.spared or topic)}
        left = [one for one in everybody if one.value not in taken]
        one_of_many = len(left) > 1 and not span.has("others")
        yield from [Mention(span.text, tuple(one.value for one in left))] if one_of_many else left
    elif span.has("they", "he") and not named.people:
        known = [one for one in before.people if one.refs] or before.people
        antecedents = known[-1:] if span.has("he") else before.people
        yield from antecedents or (topic[-1:] if span.has("he") and not span.has("they") else topic)


def _the_other(mention: Mention, context: Context, before: Spoken) -> Mention:
    """Return "the other Roy": of several, those of whom nobody spoke yet."""
    spoken = {ref for one in before.people for ref in one.refs} | set(context.topic.people)
    left = tuple(ref for ref in mention.refs if ref not in spoken)
    return replace(mention, refs=left) if left and len(mention.refs) > 1 else mention


def _take_services(named: Named, span: Span, mode: str, context: Context, before: Spoken) -> None:
    if span.has("rest"):
        spoken = {*before.services, *named.services}
        named.services += [code for code in context.services if code not in spoken]
        _run(named, "services", named.services)
        return
    if span.has("all_services") and not span.has("service"):
        those = context.topic.services if span.has("of_those") else ()
        if len(those) > 1:  # "she can have all of it": of what was spoken of
            named.services += [code for code in those if code not in named.services]
            _run(named, "services", those)
            return
        codes: list[str] = list(context.services)
        named.all_services = named.all_services or mode == "in"
    elif span.has("no_services") and not span.has("service"):
        named.no_services = mode == "in"
        return
    else:
        codes = [span.value] if span.value else []
    if mode == "not" and span.has("all_services") and not span.has("service"):
        return  # "not everything" takes nothing by name out
    if mode in {"but", "not"}:
        named.not_services += codes
        # "TV but not the bill" denies it; "all but the bill" only leaves it out.
        denies = mode == "not" or (bool(named.services) and not named.all_services)
        named.denied_services += codes if denies else []
    elif not (span.has("all_services") and not span.has("service")):
        fresh = [code for code in codes if code not in named.services]
        named.services += fresh
        _run(named, "services", fresh)


def _run(named: Named, kind: str, values: Sequence[object]) -> None:
    if values and named.runs and named.runs[-1][0] == kind:
        named.runs[-1][1].extend(values)
    elif values:
        named.runs.append((kind, list(values)))


def _finish(named: Named, context: Context) -> None:
    """Take what is excepted out of the sets."""
    refused = {one.value for one in named.not_people}
    named.people = [one for one in named.people if one.value not in refused]
    left_out = [code for code in named.not_services if code not in named.denied_services]
    if named.no_services and left_out and not named.services:  # "nothing left except the TV"
        named.services, named.not_services = left_out, []
        named.no_services, named.exact = False, True
    if named.services:  # "everything, I mean the TV": who names some has not said all
        named.all_services = False
    if named.all_services:
        named.services = [c for c in context.services if c not in named.not_services]
    else:
        named.services = [c for c in named.services if c not in named.not_services]
