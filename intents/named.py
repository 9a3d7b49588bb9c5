"""Whom and what a clause names, as sets: all, none, both, the other, all but, not X but Y."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from intents.clauses import Clause
from intents.context import Context, Mention
from intents.grammar import (
    ARTICLES,
    PEOPLE,
    SERVICES,
    after_all,
    denied,
    excepts,
    goes_on,
    is_pronoun,
    next_is,
)
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
    somebody: bool = False
    refers: bool = False
    """Whether people are meant by a pronoun alone."""
    it: bool = False
    negated: set[int] = field(default_factory=set)
    """The places of verbs that the clause denies."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who and what was mentioned before, nearest last: what a pronoun can stand for."""

    people: list[Mention] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    """Kinds of mentions in their order: a bare "it" is the nearest."""


def name(clause: Clause, context: Context, before: Spoken) -> Named:
    """Return what a clause names."""
    named = Named()
    mode, kind = "in", ""
    for place, span in enumerate(clause.spans):
        if excepts(clause.spans, place) or (span.has("but") and after_all(clause.spans, place)):
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
        group = _group(span, clause.spans, place, context.expects)
        if group and mode != "in":
            over = kind and (group != kind or (mode == "not" and not goes_on(clause.spans, place)))
            mode, kind = ("in", "") if over else (mode, group)
        if group == "people":
            locked = _is_the_locked(clause)
            explicit = clause.has("person") + clause.has("other")
            _take_people(named, span, mode, context, before, locked=locked, explicit=explicit)
        elif group == "services":
            _take_services(named, span, mode, context, before)
    _finish(named, context)
    return named


def _denied_verb(spans: Sequence[Span], place: int) -> int | None:
    """Return the verb that a no stands before: "no need to remove Omar", "don't want to unlock"."""
    span = spans[place]
    word = " " not in span.text and not span.has("neg")
    if not span.has("no", "nomore", "cancel") or span.has("act") or word:
        return None
    for ahead in range(place + 1, len(spans)):
        span = spans[ahead]
        if "," in span.gap:
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


def _group(span: Span, spans: Sequence[Span], place: int, expects: Collection[str]) -> str:
    if span.has("all_services") and span.has("all_people"):
        return _of_all(spans, place, expects)
    if span.has("rest"):
        return "services"
    if span.has("service", "all_services", "no_services", "something"):
        return "" if _is_quantifier_of_people(span, spans, place) else "services"
    if span.has("he", "they") and not is_pronoun(spans, place):
        return ""
    return "people" if span.has(*PEOPLE) else ""


def _of_all(spans: Sequence[Span], place: int, expects: Collection[str]) -> str:
    """Return whether a bare "all" is about people or about services."""
    behind = [one for one in spans[place + 1 :] if one.has("person", "service")]
    if place + 1 < len(spans) and spans[place + 1].has("except", "but") and behind:
        return "people" if behind[0].has("person") else "services"
    named = any(one.has("person") for one in spans)
    return "services" if "service" in expects or (named and "person" not in expects) else "people"


def _is_quantifier_of_people(span: Span, spans: Sequence[Span], place: int) -> bool:
    """Whether "all" belongs to something else: "all of them", "toute la fin de semaine"."""
    if span.has("service") or not span.has("all_services"):
        return False
    rest = [one for one in spans[place + 1 :] if one.text.casefold() not in ARTICLES][:1]
    verb = any(one.has("act", "modal", "want", "except", "only", "to") for one in spans)
    if " " not in span.text and not verb and len(spans) > 1:
        return True
    return bool(rest) and " " not in span.text and (rest[0].is_content or rest[0].has("later"))


def _take_people(
    named: Named,
    span: Span,
    mode: str,
    context: Context,
    before: Spoken,
    *,
    locked: bool,
    explicit: int,
) -> None:
    mentions = list(_mentions(named, span, context, before, locked=locked, explicit=explicit))
    if mode in {"but", "not"}:
        named.not_people += [one for one in mentions if one.refs or span.has("person")]
        return
    if span.has("all_people") or (span.has("both") and not mentions and not explicit):
        named.all_people = True
    if span.has("somebody") and not span.has("he"):
        named.somebody = True
    if span.has("he", "they") and not span.has("person"):
        named.refers = named.refers or not mentions
    fresh = [one for one in mentions if one.value not in {known.value for known in named.people}]
    named.people += fresh
    if fresh:
        _run(named, "people", fresh)


def _mentions(
    named: Named, span: Span, context: Context, before: Spoken, *, locked: bool, explicit: int
) -> Iterator[Mention]:
    """Return whom a span stands for."""
    if span.mention is not None:
        yield _the_other(span.mention, context, before) if explicit > 1 else span.mention
        return
    if span.has("it") and span.has("they") and explicit:
        return  # "give them to Marc": things
    if span.has("he", "they") and locked:
        yield from (Mention(p.first_name, (p.ref,)) for p in context.people if p.status == "locked")
        return
    everybody = [Mention(one.first_name, (one.ref,)) for one in context.people]
    spoken = [*before.people, *named.people]
    topic = [Mention(ref, (ref,)) for ref in context.topic.people]
    if span.has("all_people"):
        yield from everybody
    elif span.has("both") and explicit:
        return
    elif span.has("both"):
        pair = spoken if len(spoken) == len("ab") else topic
        yield from pair if len(pair) == len("ab") else everybody
    elif span.has("other") and explicit > 1 and not named.not_people:
        return
    elif span.has("other"):
        taken = {one.value for one in (spoken or named.not_people or topic)}
        yield from (one for one in everybody if one.value not in taken)
    elif span.has("they", "he") and not named.people:
        antecedents = before.people[-1:] if span.has("he") else before.people
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
    if named.all_services:
        named.services = [c for c in context.services if c not in named.not_services]
    else:
        named.services = [c for c in named.services if c not in named.not_services]
