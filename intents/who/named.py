"""Whom and what a clause names, as sets: all, none, both, the other, all but, not X but Y."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from intents.clauses.clause import Clause
from intents.context import Context, Mention
from intents.spans.grammar import (
    PEOPLE,
    SERVICES,
    after_all,
    answered_no,
    denied,
    does_nothing,
    excepts,
    goes_on,
    has_it_done,
    is_dative_behind,
    leads_on,
    next_is,
    qualifies,
    takes_from,
)
from intents.spans.span import Span
from intents.tasks import NAMES, REVOKE, SENDS_AWAY
from intents.values.phrases import codes_of
from intents.who.groups import group_of
from intents.who.whom import Spoken, Told, each_of, mentions, without

_LOCKING = frozenset({"lock", "shut_out"})


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
    measured: bool = False
    """Whether they are those of somebody: "the same as Kevin, but not the bill"."""
    nobody: bool = False
    """Whether all but those who are named shall not: "nobody but Rose"."""
    somebody: bool = False
    refers: bool = False
    """Whether people are meant by a pronoun alone."""
    negated: set[int] = field(default_factory=set)
    """The places of verbs that the clause denies."""

    @property
    def no_thing(self) -> bool:
        """Whether no service is named, nor all or none of them."""
        return not (self.services or self.all_services or self.no_services)


def name(clause: Clause, context: Context, before: Spoken) -> Named:  # noqa: C901, PLR0912 -- words change the mode
    """Return what a clause names."""
    named = Named()
    mode, kind, swaps = "in", "", False
    for at, span in [(p, word) for p, word in enumerate(clause.spans) if word.tags]:
        answered = span.has("no") and answered_no(clause.spans, at)
        corrects = bool(named.services) and not answered and _corrects(clause.spans, at)
        swaps = swaps or corrects
        if answered == "before":
            _deny_last(named)
        elif named.services and _stays(clause.spans, at):
            named.not_services.append(named.services.pop())
        elif named.services and span.act() == "keep":
            mode, kind = "not", ""  # "I meant the data, he can hold on to the TV"
        elif answered == "behind":
            mode, kind = "not", ""
        elif excepts(clause.spans, at) or (span.has("but") and after_all(clause.spans, at)):
            named.nobody |= clause.has("nobody")
            mode, kind = "but", ""
        elif _leaves_out(clause.spans, at) and next_is(clause.spans, at, SERVICES):
            mode, kind = "not", ""
        elif (verb := _denied_verb(clause.spans, at)) is not None:
            named.negated.add(verb)
        elif span.has("neg") and not span.has("nomore"):
            target = denied(clause.spans, at)
            if target is not None and not clause.spans[target].has(*PEOPLE, *SERVICES):
                named.negated.add(target)
            elif target is not None:
                mode, kind = "not", ""
        elif _begins_anew(span):
            mode, kind = "in", ""
        group = group_of(clause.spans, at, context)
        if mode == "but" and _is_behind_it(clause.spans, at):
            mode, kind = "in", ""  # "hormis Simon, tout le monde": behind the exception
        if group and mode != "in":
            over = kind and (group != kind or (mode == "not" and not goes_on(clause.spans, at)))
            mode, kind = ("in", "") if over else (mode, group)
        if group == "services" and swaps and mode == "in":
            named.not_services.append(named.services.pop())
            swaps = False
        if group == "people":
            locked = _is_the_locked(clause)
            things = clause.has("service") and ("service" in context.expects or _names_two(clause))
            explicit = clause.has("person") + clause.has("other")
            from_whom = takes_from(clause.spans, "person") and not is_dative_behind(
                clause.spans, at
            )
            said = (clause.has("but", "except"), bool(clause.values("field") & NAMES))
            meant = Told(before, locked, explicit, from_whom, things, *said)
            for each in each_of(clause.spans, at):
                _take_people(named, each, _mode_at(clause, at, mode, context), context, meant)
        elif group == "services" and not (
            qualifies(clause.spans, at)
            or does_nothing(clause.spans, at)
            or (span.has("rest") and mode != "in")  # "take the bill, and not the rest"
        ):
            _take_services(named, span, mode, context, before)
    _finish(named, context)
    return named


def _begins_anew(span: Span) -> bool:
    """As in "leave out the voicemail, only paying": what follows is not left out."""
    verb = span.act() not in {"", "use"} or span.has("modal", "email", "actually")
    return verb or (span.has("only") and "," in span.gap)


def _names_two(clause: Clause) -> bool:
    """Whether two services stand alone beside a "both": "la facture et la télé, les deux"."""
    return len(list(clause.tagged("service"))) == len("ab") and not clause.has("person")


_SAID = frozenset({"service", "as_whom", "me"})


def _stays(spans: Sequence[Span], at: int) -> bool:
    """As in "the invoice goes and the usage stays": nothing is wished for of the last service."""
    behind = spans[at + 1] if at + 1 < len(spans) else None
    closes = behind is None or behind.has("and", "but") or "," in behind.gap
    before = [next(iter(_SAID & span.tags.keys()), "") for span in spans[max(0, at - 3) : at]]
    mine = before == ["service", "as_whom", "me"]  # "payer la facture, que je garde pour moi"
    return spans[at].act() == "keep" and (mine or (spans[at - 1].has("service") and closes))


def _is_behind_it(spans: Sequence[Span], at: int) -> bool:
    """Whether everybody is said behind who is left out, or that nobody else shall: not "does"."""
    shall = any(span.has("modal") or span.act() == "give" for span in spans)
    shall = shall or any(want.has("want") and verb.act() == "use" for want, verb in pairwise(spans))
    everything = spans[at].has("all_services") and not spans[at].has("service")
    everybody = spans[at].has("all_people") or (spans[at].has("nobody") and shall)
    return (everybody or everything) and not after_all(spans, at)


def _mode_at(clause: Clause, at: int, mode: str, context: Context) -> str:
    """As in "Rose doesn't need one", at a card that she is on: she is taken off it."""
    card = context.card
    if card is None or card.intent in SENDS_AWAY or card.change == REVOKE:
        return mode  # there it is why they go: "Kevin no longer needs it"
    behind = clause.spans[at + 1] if at + 1 < len(clause.spans) else None
    declines = behind is not None and behind.has("nomore", "declines") and not behind.gap.strip()
    more = clause.has("service", "all_services", "modal") or clause.values("act")
    return "not" if declines and not more else mode


def _deny_last(named: Named) -> None:
    """Take the last service out again: it was named to be refused."""
    code = named.services.pop() if named.services else ""
    if code:
        named.not_services.append(code)
        named.denied_services.append(code)


def _corrects(spans: Sequence[Span], at: int) -> bool:
    """Whether what follows stands for what was said before: "TV, no, voicemail"."""
    span, behind = spans[at], spans[at + 1 :]
    turned = (span.has("no") and not span.has("neg", "act")) or span.has("actually")
    before = spans[at - 1] if at else None
    paused = before is not None and ("," in span.gap or before.has("hedge", "no", "actually"))
    return turned and paused and any(following.has("service") for following in behind)


def _leaves_out(spans: Sequence[Span], at: int) -> bool:
    """As in "without the bill", "il s'agit des données, non de la facture"."""
    of = any(span.has("genitive") for span in spans[at + 1 : at + 2])
    return spans[at].has("without") or (of and spans[at].has("no") and "," in spans[at].gap)


def _denied_verb(spans: Sequence[Span], at: int) -> int | None:
    """Return the verb that a no stands before: "no need to remove Omar", "don't want to unlock"."""
    span = spans[at]
    if not span.has("no", "nomore", "cancel") or span.has("act", "actually"):
        return None
    if " " not in span.text and not span.has("neg"):
        return None
    for ahead in range(at + 1, len(spans)):
        span = spans[ahead]
        if "," in span.gap or span.has("polite"):
            return None
        if span.act() not in {"", "use"} and not has_it_done(spans, ahead):
            return ahead
        if leads_on(spans, ahead):
            continue
        if span.has("it", "he", "only") or not span.has("filler", "emphasis", "you", "want"):
            return None
    return None


def _is_the_locked(clause: Clause) -> bool:
    """Whether somebody is meant by how they stand: "unlock the one who is locked".

    Whoever is to be locked is another one: "barre-le".
    """
    locked = any(span.tags["state"] == "locked" for _, span in clause.tagged("state"))
    does = clause.values("act") - _LOCKING - {"use"}  # not in "have her account blocked"
    return locked and bool(does) and not clause.has("person")


def _take_people(named: Named, span: Span, mode: str, context: Context, told: Told) -> None:
    meant = list(mentions(span, context, told, named.people, named.not_people))
    if mode in {"but", "not"}:
        denied = [who for who in meant if who.refs or span.has("person")]
        named.not_people += without(denied, named.people) if told.of_names else denied
        return
    if span.has("all_people") or (span.has("both") and not (meant or told.explicit or told.things)):
        named.all_people = True
    if span.has("somebody") and not span.has("he"):
        named.somebody = True
    if span.has("he", "they") and not span.has("person"):
        named.refers = named.refers or not meant
    known = {mention.value for mention in named.people}
    fresh = [mention for mention in meant if mention.value not in known]
    named.people += fresh
    if fresh:
        _run(named, "people", fresh)
    elif span.mention and named.runs:  # "… to Kevin and Tyler, and to Tyler the data"
        named.runs.append(("people", list(meant)))


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
        codes = codes_of(span.value)
        named.measured |= span.has("model")
    if mode == "not" and span.has("all_services") and not span.has("service"):
        return  # "not everything" takes nothing by name out
    if mode in {"but", "not"}:
        named.not_services += codes
        # "TV but not the bill" denies it; "all but the bill" only leaves it out.
        denies = not (named.all_services or named.measured) and (
            mode == "not" or bool(named.services)
        )
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
    refused = {mention.value for mention in named.not_people}
    named.people = [mention for mention in named.people if mention.value not in refused]
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
