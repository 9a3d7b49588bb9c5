"""Who is left out of a wish that was just said: "… from everyone, but Rose keeps it"."""

from dataclasses import replace

from intents.clauses.clause import Clause
from intents.clauses.telling import fronts_a_service, is_found_fine, is_left_alone
from intents.context import Wish
from intents.tasks import CHANGE, GRANT, REVOKE, SENDS_AWAY
from intents.who.about import about
from intents.who.named import Named
from intents.wishes.heard import Heard
from intents.wishes.keeping import leaves_using


def spare(heard: Heard, clause: Clause, named: Named) -> bool:
    """Leave somebody out of the wish before: "… from everyone, but Rose keeps it"."""
    if _is_only_remarked(clause, named):
        return True
    spared = {mention.value for mention in named.people if mention.refs}
    if not named.services and _takes_an_earlier_back(heard, spared):
        return True
    last = heard.wishes[-1] if heard.wishes else None
    if last is not None and _leaves_some(last, spared, clause, named):
        services = tuple(code for code in last.services if code not in named.services)
        heard.wishes[-1] = replace(last, services=services)
        return True
    if last is None:
        return is_left_alone(clause.spans)
    taken = spared & last.about
    stays = about(clause, named).stays
    if stays or not taken or set(named.services) - set(last.services):
        takes = last.change == REVOKE or last.intent in SENDS_AWAY
        return (takes and is_found_fine(clause.spans)) or is_left_alone(clause.spans)
    if last.about <= spared and _are_left_out(heard, clause, last):
        return True
    if last.mood == "refusal":
        return True  # "don't remove Jo. Jo stays.": said twice
    kept = tuple(mention for mention in last.whom if mention.value not in spared)
    heard.wishes[-1:] = [replace(last, whom=kept)] if kept else []
    return True


def _takes_an_earlier_back(heard: Heard, spared: set[str]) -> bool:
    """As in "remove Théo and give Léa the TV. Ah no, keep Théo": before what was wished last."""
    for at, wish in enumerate(heard.wishes[:-1]):
        if wish.mood == "wish" and wish.intent in SENDS_AWAY and spared & wish.about:
            kept = tuple(mention for mention in wish.whom if mention.value not in spared)
            heard.wishes[at : at + 1] = [replace(wish, whom=kept)] if kept else []
            return True
    return False


def _is_only_remarked(clause: Clause, named: Named) -> bool:
    """As in "…, she keeps the rest", "…, la voir c'est correct", "…, Kevin is fine with it"."""
    if clause.has("rest") and not named.services:
        return True
    if is_found_fine(clause.spans) and not clause.has("service"):
        return True
    return is_left_alone(clause.spans) and clause.has("having")


def _leaves_some(last: Wish, spared: set[str], clause: Clause, named: Named) -> bool:
    """As in "take all of Jo's access away, the TV can stay"; not in "…, she keeps watching TV"."""
    keeps = clause.values("act") == {"keep"} or is_found_fine(clause.spans)
    keeps = keeps or leaves_using(clause)
    if not keeps or clause.has("neg", "nomore", "off", "switched_off"):
        return False
    takes = (last.intent, last.change) == (CHANGE, REVOKE)
    theirs = not named.people or last.about <= spared
    return takes and theirs and 0 < len({*named.services} & {*last.services}) < len(last.services)


def _are_left_out(heard: Heard, clause: Clause, last: Wish) -> bool:
    """As in "take all but the TV from Jo, that he can keep": it was left out already."""
    kept = set(heard.before.last)
    return clause.has("it", "they") and bool(kept) and kept.isdisjoint(last.services)


def is_left_without(heard: Heard, clause: Clause, named: Named) -> Wish | None:
    """As in "give Kevin the TV, Jo doesn't need it": told of who gets nothing, who loses nothing.

    Return what is refused so.
    """
    last = _last_gift(heard)
    if last is None or not (named.people and clause.has("nomore", "declines")):
        return None
    about = {mention.value for mention in named.people}
    services = {*named.services, *named.not_services}
    acts = clause.values("act") - {"use"}
    if acts or about & last.about or services - set(last.services) or clause.has("also", "but"):
        return None
    return Wish(CHANGE, "refusal", tuple(named.people), GRANT, last.services)


def is_denied_the_rest(heard: Heard, clause: Clause, named: Named) -> Wish | None:
    """As in "Kevin can have the voicemail but he can't have the data": less, and nothing more."""
    last = _last_gift(heard)
    has = any(span.act() == "use" and span.has("filler") for span in clause.spans)
    denied = clause.has("but") and clause.has("neg") and clause.has("modal", "aux") and has
    if last is None or not (denied and named.services) or clause.values("act") - {"use", "give"}:
        return None
    whom = tuple(named.people) or last.whom
    told = clause.has("only", "also", "whether", "me", "still", "says", "because")
    others = {who.value for who in whom} - last.about or {*named.services} & {*last.services}
    if told or others:
        return None
    return Wish(CHANGE, "wish", whom, REVOKE, tuple(named.services))


def says_no_more(heard: Heard, clause: Clause, named: Named) -> bool:
    """Whether nothing is wished for beyond what was: how a gift ends, or what is needed."""
    kept = _is_still_asked_for(heard, clause, named)
    return kept or limits_the_gift(heard, clause, named) or _is_told_of_a_need(heard, clause, named)


def _is_still_asked_for(heard: Heard, clause: Clause, named: Named) -> bool:
    """As in "drop the data from my request, the TV is all I need": the rest of it stands."""
    last = heard.wishes[-1] if heard.wishes else None
    withdraws = last is not None and last.change == "withdraw" and bool(last.services)
    return withdraws and bool(named.services) and not named.people and clause.has("enough", "only")


def _is_told_of_a_need(heard: Heard, clause: Clause, named: Named) -> bool:
    """As in "take the bill from him, the TV he needs", "give him the bill, la télé il en veut pas".

    Who loses something keeps what is needed, and who gets something gets no more than that.
    """
    last = heard.wishes[-1] if heard.wishes else None
    if last is None or not fronts_a_service(clause.spans) or clause.values("act") - {"use"}:
        return False
    about = {mention.value for mention in named.people} <= last.about
    denied = clause.has("neg", "declines")
    told = (last.change == REVOKE and not denied) or (last.change == GRANT and denied)
    return about and told and not clause.has("also", "nomore", "until")


def limits_the_gift(heard: Heard, clause: Clause, named: Named) -> bool:
    """As in "give Kevin the TV. Not the bill, only the TV": no more is given, and nothing taken."""
    last = _last_gift(heard)
    if last is None or not clause.has("only") or set(named.services) != set(last.services):
        return False
    others = {mention.value for mention in named.people} - last.about
    wished = clause.has("modal", "want", "nothing_else", "also", "nomore", "enough")
    return not (others or wished or clause.values("act") - {"use"})


def _last_gift(heard: Heard) -> Wish | None:
    """Return the wish before, where it gives something."""
    last = heard.wishes[-1] if heard.wishes else None
    given = last is not None and (last.intent, last.change, last.mood) == (CHANGE, GRANT, "wish")
    return last if given else None
