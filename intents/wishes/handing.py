"""What is taken where something is given: "hand the bill over from Kevin to Hélène"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from intents.clauses.clause import Clause
from intents.context import Context, Mention, Wish
from intents.spans.restricting import ALONE
from intents.spans.span import Span
from intents.tasks import CHANGE, GRANT, REVOKE
from intents.who.named import Named
from intents.wishes.given import values


def handed_over(wish: Wish, clause: Clause) -> Iterator[Wish]:
    """Part a gift that is moved from somebody of the household to another: who had it loses it."""
    losing, getting = _from_and_to(clause.spans)
    whole = losing and getting and {*losing, *getting} == {*wish.whom}
    if wish.change != GRANT or not (whole and clause.has("moves")) or clause.has("also"):
        yield wish
        return
    yield replace(wish, whom=tuple(getting))
    yield replace(wish, whom=tuple(losing), change=REVOKE)


def _from_and_to(spans: Sequence[Span]) -> tuple[list[Mention], list[Mention]]:
    """Return those behind *from*, and those behind the *to* that follows at once."""
    said: dict[str, list[Mention]] = {"from": [], "to": []}
    kind = ""
    for span in spans:
        if span.mention is not None:
            said.get(kind, []).append(span.mention)
        elif span.has("from") and not span.has("to"):
            kind = "" if "," in span.gap else "from"
        elif span.has("to") and kind == "from":
            kind = "to"
        elif not span.has("article", "and") or span.act():
            kind = ""
    return said["from"], said["to"]


def denied_beside(
    people: Sequence[Mention], services: Sequence[str], mood: str, context: Context
) -> Iterator[Wish]:
    """As in "she gets the invoice, not the data": taken only from somebody who has it."""
    known = [person for who in people if (person := context.person(who.value))]
    unsure = len(known) < len(people)  # "my son", of whom nobody knows yet who that is
    held = [c for c in services if unsure or any(c in person.services for person in known)]
    if held:
        yield Wish(CHANGE, mood, tuple(people), REVOKE, tuple(held))


def given_alone(clause: Clause, named: Named, context: Context) -> Iterator[Wish]:
    """As in "only Kevin should pay": it is given to him, too, where he lacks it."""
    if ALONE not in clause.values("nobody") or clause.has("neg"):
        return
    lacking = [
        who
        for who in named.not_people
        if (person := context.person(who.value)) and not person.services.issuperset(named.services)
    ]
    if lacking and named.services:
        services, ends = tuple(named.services), values(clause)
        yield Wish(CHANGE, "wish", tuple(lacking), GRANT, services, ends)
