"""What a clause is about: people, services, a link, a profile."""

from collections.abc import Collection
from itertools import pairwise

from intents.clauses.clause import Clause
from intents.spans.grammar import hands_it_on, takes_from
from intents.tasks import About
from intents.who.named import Named


def about(clause: Clause, named: Named, *, before: Collection[str] = ()) -> About:
    """Return what a clause is about; `before` is what the one before speaks of."""
    fields = frozenset(clause.values("field"))
    acts = clause.values("act")
    sends = "resend" in acts or ("send" in acts and clause.has("one_more", "it", "again"))
    strangers = any(not mention.refs for mention in named.people)
    if sends and not (fields or strangers or clause.has("service", "all_services", "email")):
        fields = frozenset(before) & {"invitation", "password"}  # "… could you send another one"
    fields |= {"account"} if clause.has("off") else set()
    fields |= {"password"} if clause.has("reset_noun") else set()
    return About(
        services=bool(named.services or named.not_services),
        access="access" in fields
        or named.all_services
        or named.no_services
        or clause.has("something")
        or ("replace" in acts and clause.has("all_services")),
        indirect=is_indirect(clause),
        stays="account" in fields and not (named.services or named.all_services),
        off=clause.has("off") or ("account" in fields and clause.has("switched_off")),
        people=bool(named.people or named.refers or named.all_people or named.not_people)
        or clause.has("own_name"),
        newcomer=(strangers and not _gets_a_service(clause, named))
        or named.somebody
        or clause.has("email"),
        fields=fields,
        somebody=clause.has("somebody"),
        in_stead=clause.has("in_stead") and clause.has("email"),
        ends=_ends_behind(clause)
        and (named.all_services or not (named.services or named.not_services)),
    )


def _gets_a_service(clause: Clause, named: Named) -> bool:
    """As in "add the TV to my roommate": the service is added, to somebody of the household."""
    strangers = [mention for mention in named.people if not mention.refs]
    said = [span for span in clause.spans if not span.has("article")]
    adds = any(
        verb.act() == "add" and what.has("service", "all_services") for verb, what in pairwise(said)
    )
    to = {who.mention for to, who in pairwise(said) if to.has("to") and who.mention}
    return adds and all(who.relation and who in to for who in strangers)


def _ends_behind(clause: Clause) -> bool:
    """Whether it is removed for a time; not in "away for a year, so take it off her"."""
    removed = [at for at, span in clause.tagged("act") if span.act() in {"remove", "delete"}]
    ends = [at for at, span in clause.tagged("until") if span.tags["until"] != "open"]
    return bool(removed) and (clause.has("for_now") or bool(ends and ends[-1] > removed[0]))


def is_indirect(clause: Clause) -> bool:
    """Whether somebody is whom a thing is taken from: "à Rose", "take it off Jo", "retire-lui"."""
    inside = any(verb.has_all("act", "it") and verb.act() == "remove" for verb in clause.spans)
    enclitic = inside or any(span.gap == "-" for _, span in clause.tagged("to_whom"))
    return (
        enclitic
        or hands_it_on(clause.spans)
        or takes_from(clause.spans, "person", "he", "all_people")
    )
