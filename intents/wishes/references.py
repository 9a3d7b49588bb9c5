"""What a word stands for that names nothing: "it", "la", "the same as Kevin"."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from intents.clauses.clause import Clause
from intents.context import Mention, Wish
from intents.spans.billing import PAY, VIEW
from intents.spans.grammar import hands_it_on, is_pronoun, only_names
from intents.spans.span import Span
from intents.tasks import GRANT
from intents.who.about import is_indirect
from intents.who.named import Named
from intents.wishes.acts import main_act
from intents.wishes.heard import Heard


def services_before(heard: Heard) -> Sequence[str]:
    """Return the services that were spoken of last, here or in the conversation."""
    return heard.before.last or heard.context.topic.services


def resolve_it(heard: Heard, clause: Clause, named: Named, act: str) -> None:
    """As in "Take that away from him", "mets-y ça": the services that were mentioned before."""
    pronouns = [span for p, span in clause.tagged("it") if is_pronoun(clause.spans, p)]
    if pronouns and (seen := _seen(heard, clause, named)):
        named.services = [*named.services, *([seen] if seen not in named.services else ())]
        return
    if named.services or named.all_services:
        return
    if not pronouns or clause.has("off") or not _does_something_with_it(heard, clause, act):
        return
    person = clause.has("person") and act == "remove" and not is_indirect(clause)
    person = person and not _loses_it(clause.spans)
    vague = all(it.tags.get("clitic") == "object" and not it.has("they") for it in pronouns)
    vague = vague and not is_indirect(clause)
    told = heard.before.last or (heard.whole if act == "use" else [])
    shown = heard.context.topic.intent == "preview_access"  # "… without the bill?", "enlève-la"
    services = told or (() if vague and not shown else heard.context.topic.services)
    somebody = _is_on_the_account(heard, clause, act) or _is_fronted(heard, clause)
    if services and not (person or (vague and somebody)):
        single = any(span.has("single") for span in pronouns)  # "…, take that one back"
        named.services = named.not_services or list(services[-1:] if single else services)
        if vague and not clause.has("person"):
            named.people = []


def _loses_it(spans: Sequence[Span]) -> bool:
    """As in "Jo garde la télé, Kevin la perd": whoever stands before the pronoun is its subject."""
    return any(
        who.has("person")
        and it.tags.get("clitic") == "object"
        and verb.act() == "remove"
        and not f"{it.gap}{verb.gap}".strip(" '’")
        for who, it, verb in zip(spans, spans[1:], spans[2:], strict=False)
    )


def _is_fronted(heard: Heard, clause: Clause) -> bool:
    """As in "Kevin, par contre, enlève-le": whom the clause before only names."""
    return bool(heard.before.fronted) and not clause.has("person", "service")


def _is_on_the_account(heard: Heard, clause: Clause, act: str) -> bool:
    """As in "l'ajouter au compte", "enlève-la du compte": somebody, of whom was spoken."""
    owned = any(
        whose.has("he", "possessive") and what.tags.get("field") == "account"
        for whose, what in pairwise(clause.spans)
    )
    account = "account" in clause.values("field") and not owned
    return account and act in {"add", "remove"} and bool(heard.before.nearest())


def _does_something_with_it(heard: Heard, clause: Clause, act: str) -> bool:
    """As in "take that away", "I want her to have it"; "his voicemail, block that"."""
    if act == "lock" and (heard.fronted or clause.has("to_whom")):  # "bloque-lui ça"
        return any(not span.has("clitic") for _, span in clause.tagged("it"))
    wished = act == "use" and clause.has("want") and clause.has("he", "they", "person")
    kept = act == "keep" and clause.has("until")  # "she can keep it for good"
    gone = act == "delete" and bool(heard.before.last) and not clause.has("he", "clitic")
    return wished or kept or gone or act in {"give", "add", "remove", "let_not"}


def fronts(clause: Clause) -> bool:
    """As in "Kevin's voicemail, …": a clause that only names what the next one is about."""
    if clause.ends_in != "," or not clause.has("service", "person"):
        return False
    if not clause.has("service"):
        return only_names(clause.spans) and not clause.has("also", "and", "no", "yes", "actually")
    does = any(span.act() not in {"", "use"} for span in clause.spans)
    kinds = ("modal", "want", "is", "neg", "nomore", "yes", "no", "only", "also")
    said = any(span.has(*kinds) and span.gap.strip() not in {"'", "’"} for span in clause.spans)
    return not (does or said)


def with_their_ends(wishes: Sequence[Wish], fronted: Sequence[Wish]) -> list[Wish]:
    """As in "Kevin pays the bill till Sunday, give him access for that long"."""
    ends = [wish.values["until"] for wish in fronted if "until" in wish.values]
    given = {"until": ends[-1]} if ends else {}
    return [
        replace(wish, values={**given, **wish.values}) if wish.change == GRANT else wish
        for wish in wishes
    ]


def takes_up(fronted: Clause, clause: Clause, wishes: Sequence[Wish]) -> bool:
    """Whether a clause says what is to happen with what the one before it named."""
    if _stays_mine(clause.spans):
        return True
    if not wishes:
        return False
    named = fronted.has("person") and clause.has("person")
    verb = main_act(clause)[1] or clause.has("nomore", "want")
    if not fronted.has("service"):  # "Kevin, though, remove him"
        return bool(verb) and clause.has("he", "they") and not (named or clause.has("also"))
    return bool(verb) and clause.has("it") and not (named or clause.has("also", "service"))


def _stays_mine(spans: Sequence[Span]) -> bool:
    """As in "le paiement, c'est toujours moi qui m'en charge": nothing of it changes."""
    said = [span for span in spans if not span.has("still")]
    leads, who, does = (*said, None, None, None)[:3]
    mine = leads is not None and who is not None and leads.has("explains") and who.has("me")
    return mine and does is not None and does.has("wh", "as_whom")


def _seen(heard: Heard, clause: Clause, named: Named) -> str:
    """Return what is done with the bill: "pay the bill, and see it", "la consulter"."""
    done = [span.tags["with_bill"] for _, span in clause.tagged("with_bill")]
    spoken = {*named.services} or {*services_before(heard)}
    return done[-1] if done and spoken & {*_OF_BILL} else ""


_OF_BILL = (VIEW, PAY)


def services_of(heard: Heard, model: Mention) -> list[str] | None:
    """Return what somebody of the household can use; None for anybody else."""
    person = heard.context.person(model.value)
    if person is None:
        return None
    return [code for code in heard.context.services if code in person.services]


def _model(clause: Clause, named: Named, same: int) -> tuple[list[Mention], Mention]:
    """Return whom the same is for, and whose it is: "the same as Kevin for Jo" is for Jo.

    It is whoever stands behind *as*; where nobody does, who is named last.
    """
    people = named.people or [Mention("")]
    compared = [at for at, _ in clause.tagged("as_whom") if at >= same]
    behind = [
        span.mention
        for at, span in enumerate(clause.spans)
        if compared and at > compared[0] and span.mention in people
    ]
    model = next((mention for mention in behind if mention is not None), people[-1])
    return [mention for mention in people if mention != model], model


def without_the_model(clause: Clause, named: Named) -> Named:
    """Leave out whoever newcomers are to be like, as long as nobody of the account is known."""
    same = next((at for at, _ in clause.tagged("same_access")), None)
    if same is None or len(named.people) < len("ab"):
        return named
    others, _ = _model(clause, named, same)
    return replace(named, people=others)


def what_is_taken(heard: Heard, clause: Clause, named: Named, act: str) -> list[str]:
    """Return what is taken where nothing is named: what was spoken of, or all access."""
    access = "access" in clause.values("field") or named.no_services
    everything = access and act != "change" and not clause.has("something")
    if clause.has("want") and named.not_services:  # "enough if she can't pay any more"
        return list(named.not_services)
    return list(services_before(heard)) or (list(heard.context.services) if everything else [])


def what_is_given(heard: Heard, clause: Clause, named: Named) -> Named:
    """Return what a clause names, with the services that it only points to."""
    if named.services or named.all_services or named.no_services:
        return named
    if hands_it_on(clause.spans) and (services := services_before(heard)):
        named.services = list(services)  # "donne y, pis à Jo aussi"
        return named
    return same_as(heard, clause, named) if clause.has("same") else named


def same_as(heard: Heard, clause: Clause, named: Named) -> Named:
    """As in "The same as Kevin", "les mêmes que lui": what somebody can use, for the others."""
    same = next((at for at, _ in clause.tagged("same")), 0)
    others, model = _model(clause, named, same)
    told = [*heard.before.people, *Mention.each(heard.context.topic.people)]
    pronouns = [p for p, _ in clause.tagged("he") if is_pronoun(clause.spans, p)]
    if not others and pronouns and told:
        others, model = ([model], told[0]) if pronouns[-1] > same else (told[:1], model)
    services = services_of(heard, model)
    if services is None or not others:
        return named
    denied = {*named.denied_services, *named.not_services}
    services = [code for code in services if code not in denied]
    return replace(
        named,
        people=list(others),
        services=services,
        runs=[("people", list(others)), ("services", list(services))],
    )
