"""Who is left out of a wish that was just said: "… from everyone, but Rose keeps it"."""

from dataclasses import replace

from intents import verbs
from intents.clauses import Clause
from intents.context import Wish
from intents.heard import Heard
from intents.named import Named
from intents.tasks import CHANGE, GRANT


def spare(heard: Heard, clause: Clause, named: Named) -> bool:
    """Leave somebody out of the wish before: "… from everyone, but Rose keeps it"."""
    spared = {mention.value for mention in named.people if mention.refs}
    last = heard.wishes[-1] if heard.wishes else None
    taken = last is not None and spared & last.about
    stays = verbs.about(clause, named).stays
    if last is None or stays or not taken or set(named.services) - set(last.services):
        return False
    kept = tuple(mention for mention in last.whom if mention.value not in spared)
    heard.wishes[-1:] = [replace(last, whom=kept)] if kept else []
    return True


def is_left_without(heard: Heard, clause: Clause, named: Named) -> Wish | None:
    """As in "give Kevin the TV, Jo doesn't need it": told of who gets nothing, who loses nothing.

    Return what is refused so.
    """
    last = heard.wishes[-1] if heard.wishes else None
    given = last is not None and (last.intent, last.change, last.mood) == (CHANGE, GRANT, "wish")
    if last is None or not (given and named.people and clause.has("nomore", "declines")):
        return None
    about = {mention.value for mention in named.people}
    services = {*named.services, *named.not_services}
    acts = clause.values("act") - {"use"}
    if acts or about & last.about or services - set(last.services) or clause.has("also", "but"):
        return None
    return Wish(CHANGE, "refusal", tuple(named.people), GRANT, last.services)
