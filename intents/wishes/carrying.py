"""What a clause without a verb of its own says of the wish before: "… TV, and Jo the usage"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from intents.clauses.clause import DOING, Clause
from intents.clauses.telling import is_found_fine, only_tells, tells_of_a_thing
from intents.context import Mention, Wish
from intents.spans.grammar import only_names
from intents.spans.span import Span
from intents.tasks import CHANGE, GRANT, NAMES, REVOKE, SENDS_AWAY, SET
from intents.who.named import Named
from intents.wishes.acts import main_act
from intents.wishes.given import values
from intents.wishes.heard import Heard
from intents.wishes.references import services_of

_NEEDS_A_PERSON = frozenset({"delete_user", "unlock_user", "reset_password"})


def carried_over(heard: Heard, clause: Clause, named: Named) -> Iterator[Wish]:
    """Yield what goes on with the last wish; change that wish where it is put right."""
    last = heard.wishes[-1] if heard.wishes else None
    apart = _stands_apart(clause, named) or _tells_why_not(heard, clause, named)
    apart = apart or _says_who_keeps(last, clause)
    if last is None or last.mood == "question" or apart:
        return
    if last.intent == "create_user" and clause.has("same") and named.people:
        services = services_of(heard, named.people[-1])  # "add Nora, same access as Kevin"
        heard.wishes[-1] = replace(last, services=tuple(services or last.services))
    elif last.intent == "create_user" and named.denied_services and not named.services:
        kept = tuple(code for code in last.services if code not in named.denied_services)
        heard.wishes[-1] = replace(last, services=kept)  # "same as Kevin, but no bill"
    elif _puts_right(heard, last, clause, named):
        heard.wishes[-1] = _put_right(last, clause, named)
    elif last.intent == CHANGE:
        yield from _more_access(heard, last, clause, named)
    elif last.intent == "edit_profile" and named.people and clause.has("email"):
        yield replace(last, whom=tuple(named.people), values=values(clause))
    elif named.people and last.intent in _NEEDS_A_PERSON and only_names(clause.spans):
        yield replace(last, whom=tuple(named.people))


def _says_who_keeps(last: Wish | None, clause: Clause) -> bool:
    """As in "take it all off Jo. All but the bill, she keeps that": nothing more is taken."""
    keeps = "keep" in clause.values("act") and not clause.has("neg", "nomore")
    return last is not None and last.change == REVOKE and keeps


def _tells_why_not(heard: Heard, clause: Clause, named: Named) -> bool:
    """As in "data for everybody but Tyler, he burns through it": of whoever is left out."""
    left_out = bool(named.people) and all(who in heard.before.spared for who in named.people)
    told = any(span.is_content for span in clause.spans)
    as_well = clause.has("also") and not told  # not in "she's far too young"
    return left_out and not (as_well or clause.has("person", "act", "modal", "want", "actually"))


def _stands_apart(clause: Clause, named: Named) -> bool:
    """Whether a clause says something of its own, or calls things off."""
    if clause.has("not_there", "still", "cancel", "as_it_is") or main_act(clause)[1] in DOING:
        return True
    if clause.has("but") and clause.has("me") and clause.has("neg") and not named.people:
        return True  # "…, but I can't see the bill"
    explained = clause.spans[0].has("explains") and not clause.has(*_CALLED)
    goes_on = clause.has("goes_on") and "use" in clause.values("act")
    if is_found_fine(clause.spans) or explained or goes_on:
        return True  # "…, the bill is fine", "c'est un échange entre eux", "she goes on seeing it"
    if tells_of_a_thing(clause.spans) or _does_unknown(clause) or only_tells(clause):
        return True  # "…, the landline is for everyone", "…, Kevin works nights"
    begins = clause.spans[0].starts_sentence and clause.spans[0].first > 0
    told = sum(span.is_content for span in _denied_at_once(clause)) > 1 or any(
        span.has("is", "was", "me") and not span.has_all("was", "from")  # "… pas à Tyler"
        for span in clause.spans
    )
    told = told or ("use" in clause.values("act") and not named.people)
    return begins and told and not clause.has("also", "same", "actually")


_CALLED = (
    *("person", "all_people", "both", "other", "service", "all_services", "rest", "no_services"),
    *("email", "language", "until", "same"),
)
"""Who and what is named by more than a pronoun."""


def _denied_at_once(clause: Clause) -> Sequence[Span]:
    """As in "Pas les données, ça coûte un bras": what is denied, without what explains it."""
    first = clause.spans[0]
    if not first.has("neg", "without"):
        return clause.spans
    end = next((n for n, span in enumerate(clause.spans) if n and "," in span.gap), None)
    said = clause.spans[:end]
    return said if any(span.has("service") for span in said) else clause.spans


def _does_unknown(clause: Clause) -> bool:
    """As in "… et tu boutes Théo": the bot is told to do what it does not know."""
    return clause.has("you") and any(span.is_content for span in clause.spans)


def _puts_right(heard: Heard, last: Wish, clause: Clause, named: Named) -> bool:
    if named.people and _is_denied_by_now(heard, last):
        return True
    gone = last.about & {mention.value for mention in named.not_people}
    turned = clause.has("actually", "no", "wrong", "instead") and not clause.has("also")
    less = not named.services and {*named.denied_services} & {*last.services}  # "but no invoice"
    return (turned and not less) or bool(gone) or (bool(heard.turned) and _is_cleft(clause, last))


def _is_denied_by_now(heard: Heard, last: Wish) -> bool:
    """As in "give Léa the data, uh no, not Léa, it's Omar who …": she is not meant any more."""
    return bool(last.about) and last.about <= {who.value for who in heard.not_people}


def _is_cleft(clause: Clause, last: Wish) -> bool:
    """As in "ah no, it's Tyler that is stuck": who is meant, and what is known of them.

    Where somebody would lose by it, who is meant is said alone: not "no, it's Jo who pays".
    """
    leads = len(clause.spans) > 1 and clause.spans[0].has("link_name")
    harms = last.intent in SENDS_AWAY or last.change == REVOKE
    alone = only_names(clause.spans)
    return leads and clause.spans[1].has("person") and (alone or not harms)


def _put_right(last: Wish, clause: Clause, named: Named) -> Wish:
    """Return the last wish with whom and what a correction names: "… no wait, kev@…"."""
    if last.intent == "delete_user" and named.services:  # "remove Kevin, no, just his TV"
        last = replace(last, intent=CHANGE, change=REVOKE)
    if (new := _is_called(last, named)) is not None:
        return replace(last, values={**last.values, "name": new.said})
    gone = {who.value for who in named.not_people}
    stay = tuple(who for who in last.whom if who.value not in gone)  # "Kevin and Jo. Not Jo"
    by_name = {span.mention for span in clause.spans if span.mention}
    others = tuple(who for who in named.people if not gone or who in by_name)  # "not Jo, she …"
    if last.intent == "create_user" and clause.has("email") and len(others) == len(last.whom) == 1:
        others = (_with_last_name(others[0], last.whom[0]),)
    mood = last.mood if others or stay or not last.whom else "refusal"
    whom = (*(stay if gone else ()), *others) or last.whom  # "Kevin and Jo. Not Jo, Tyler"
    services = tuple(named.services) or last.services
    written = {kind: v for kind, v in values(clause).items() if kind in {"email", "language"}}
    given = {**last.values, **written}
    return replace(last, mood=mood, whom=whom, services=services, values=given)


def _with_last_name(who: Mention, before: Mention) -> Mention:
    """As in "add Paul Roy. Strike that: Paula": the last name stands."""
    alone = who.is_new and before.is_new and not who.last_name and bool(before.last_name)
    return Mention(f"{who.said} {before.last_name}") if alone else who


def _is_called(last: Wish, named: Named) -> Mention | None:
    """As in "put Hélène's last name right. It's Lavoie, not Bouchard": a name, and nobody else."""
    of_the_name = not NAMES.isdisjoint(last.values.get("fields", ()))
    new = [who for who in named.people if who.is_new]
    told = last.intent == "edit_profile" and of_the_name and len(new) == len(named.people) == 1
    return new[0] if told else None


def _more_access(heard: Heard, last: Wish, clause: Clause, named: Named) -> Iterator[Wish]:
    """Yield what is said of access for others, or of other services."""
    services = tuple(named.services)
    if named.all_services and set(services) < set(last.services):
        heard.wishes[-1] = replace(last, services=services)  # "the lot, all but the TV"
    elif last.change == GRANT and named.denied_services and not services:
        kept = tuple(code for code in last.services if code not in named.denied_services)
        of_another = named.people and {who.value for who in named.people} != last.about
        if kept != last.services and not of_another:  # "all of it for Jo, but not the bill"
            heard.wishes[-1] = replace(last, services=kept)
        else:
            yield _taken_from(last, named)
    elif named.people or services:
        mood = "refusal" if named.no_services else "wish"
        whom = tuple(named.people) or last.whom
        ends = {kind: end for kind, end in values(clause).items() if kind == "until"}
        services = services or last.services
        if (
            last.mood == "refusal"
            and {who.value for who in whom} == last.about
            and (services == last.services)
        ):
            return  # "don't take Kevin's TV, he uses it": nothing new is said of what is refused
        if (turned := _turned_round(heard, last, clause, named)) is not None:
            yield from turned
            return
        more = last.change == SET and {who.value for who in whom} == last.about
        change = GRANT if more else last.change  # "he can only see it. Let him pay it as well"
        given = {**last.values, **ends}
        yield replace(last, mood=mood, whom=whom, change=change, services=services, values=given)


def _turned_round(heard: Heard, last: Wish, clause: Clause, named: Named) -> list[Wish] | None:
    """As in "Jo must not use the TV, but Kevin can", "give it to Jo, Kevin can't have it".

    None where nothing is turned round; nothing at all where it is only told: "…, he can explain".
    """
    denied = clause.has("neg", "nomore")
    given = last.change in {GRANT, SET}
    if last.mood != "wish" or not clause.has("modal", "neg", "nomore") or denied != given:
        return None
    modal = next((at for at, _ in clause.tagged("modal")), 0)
    plain = all(span.has(*_SMALL) or span.act() == "use" for span in clause.spans[modal + 1 :])
    others = {who.value for who in named.people}.isdisjoint(last.about)
    whom = [who for who in named.people if given and _has(heard, who, last.services)]
    whom = whom if given else [*named.people]
    if not (plain and others and whom):
        return []
    change = REVOKE if given else GRANT
    return [replace(last, whom=tuple(whom), change=change, values={})]


_SMALL = ("filler", "emphasis", "polite", "it", "service", "also")


def _has(heard: Heard, who: Mention, services: Sequence[str]) -> bool:
    person = heard.context.person(who.value)
    return person is not None and not person.services.isdisjoint(services)


def _taken_from(last: Wish, named: Named) -> Wish:
    """As in "Kevin gets the TV, and Jo not the bill": of whoever is named, and for good."""
    values = {kind: value for kind, value in last.values.items() if kind != "until"}
    whom, services = tuple(named.people) or last.whom, tuple(named.denied_services)
    return replace(last, whom=whom, change=REVOKE, services=services, values=values)
