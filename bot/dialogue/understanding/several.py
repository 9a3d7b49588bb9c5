"""A task about several people: who is put on its card, and who is taken off it."""

from collections.abc import Sequence
from typing import Any

from bot.dialogue.flows.domain import Flow
from bot.dialogue.understanding.contexts import CANDIDATES, held, names_in
from bot.dialogue.understanding.situation import Situation, person_slot
from bot.dialogue.understanding.starting import task_meant
from intents.context import Wish, last_of
from intents.tasks import ACTS

DELETES = "delete_user"
_TURNS = ("actually", "wrong", "no", "other", "instead")
_STAYS = frozenset({"show", "ask", "keep"})
"""Verbs that ask for nothing else than what the card does."""


def joins(s: Situation, flow: Flow, wish: Wish) -> bool:
    """Whether a wish is about who is on the card: they are put on it too, or taken off."""
    slot = person_slot(flow, s)
    if slot is None or not s.domain.slots[slot].takes_several or s.value(slot) is None:
        return False
    if wish.mood != "wish" or not wish.whom:
        return False
    if _leaves(s, flow, wish, names_in(s.value(slot))):
        return True
    known = all(mention.refs for mention in wish.whom)
    adds = known and not wish.services and set(s.reading.acts) == {"add"}  # "add Léa to that"
    return (task_meant(wish, s) == flow.intent or adds) and _ends_alike(s, flow, wish)


def _leaves(s: Situation, flow: Flow, wish: Wish, before: Sequence[str]) -> bool:
    """As in "take Omar off", at a card that suspends him and Simon: he is not on it then."""
    some = wish.about < set(before)
    removes = wish.intent == DELETES != flow.intent
    return some and removes and not s.reading.has(*_TURNS)


def _ends_alike(s: Situation, flow: Flow, wish: Wish) -> bool:
    """Whether it is to last as long as what the card shows, where it says how long."""
    slot, until = s.slot_for("until", flow.collected()), last_of(wish.values, "until")
    return slot is None or until is None or until == s.value(slot)


def amended(s: Situation, flow: Flow, slot: str, wishes: Sequence[Wish]) -> dict[str, Any]:
    """Return whom the task is about now; what it holds already where that is the same."""
    reading, before = s.reading, names_in(s.value(slot))
    off = _off(s, flow, before, wishes)
    on = [mention.value for mention in reading.people if mention.value not in off]
    if reading.asks or not (on or off) or _is_beside(s, flow, on, off, wishes):
        return {}
    if len(before) > 1 and _is_doubtful(s, flow, on, before, wishes):
        return ask_which(s, slot)
    after = _after(s, before, on, off, joined=any(wish.whom for wish in wishes))
    if not after:
        return {}
    return {slot: s.value(slot) if set(after) == set(before) else held(after)}


def _is_beside(
    s: Situation, flow: Flow, on: Sequence[str], off: set[str], wishes: Sequence[Wish]
) -> bool:
    """Whether the message is about something else, or says more than who is on the card."""
    reading = s.reading
    elsewhere = set(reading.acts) - ACTS.get(flow.intent, frozenset()) - _STAYS
    elsewhere -= {"add"} if wishes else set()
    ends = bool(reading.last("until") and on) and not wishes  # for some of them: two tasks by now
    counts = reading.has("ordinal") and bool(reading.left)  # "the first two"
    whole = reading.has("all_of") and not reading.has("person")
    return ends or counts or whole or (bool(elsewhere) and not off)


def _is_doubtful(
    s: Situation, flow: Flow, on: Sequence[str], before: Sequence[str], wishes: Sequence[Wish]
) -> bool:
    """Whether it cannot be told who of several stays: "not hers, just his", "yes to Omar, no to …".

    At a card that removes people, "take Omar off" may spare him or mean him alone.
    """
    reading = s.reading
    pronoun = reading.has("he") and not reading.has("person", "they")
    if on and pronoun and reading.has("only", "keep", *_TURNS):
        return True
    if on and reading.has("yes") and reading.has("no"):
        return True
    some = any(wish.about and wish.about < set(before) for wish in wishes)
    removes = some and flow.intent == DELETES
    return removes and not reading.has("yes", "only", "also", *_TURNS)


def _off(s: Situation, flow: Flow, before: Sequence[str], wishes: Sequence[Wish]) -> set[str]:
    """Return whom the message takes off: "not Léa", "keep Léa", "Léa non", "forget Léa"."""
    reading = s.reading
    off = {mention.value for mention in reading.not_people}
    off |= {who for w in reading.said("refusal", flow.intent) for who in w.about}
    off |= {who for w in wishes if _leaves(s, flow, w, before) for who in w.about}
    named = {mention.value for mention in reading.people}
    last = reading.spans[-1] if reading.spans else None
    kept = set(reading.acts) == {"keep"} or (reading.has("cancel") and not reading.acts)
    kept = kept or bool(last and last.has("no") and reading.only_names and len(reading.spans) > 1)
    return off | named if kept and named <= set(before) else off


def _after(
    s: Situation, before: Sequence[str], on: Sequence[str], off: set[str], *, joined: bool
) -> list[str]:
    """Return who is on the card then; nobody where the message does not say."""
    reading = s.reading
    left = [name for name in before if name not in off]
    turned = reading.has(*_TURNS)
    if "all_people" in reading.quantified:
        if off and off <= set(before):  # "all but Léa" at her card: of those who are on it
            return left
        return [*on] if off or turned or reading.acts else []
    if not on:
        return left if off & set(before) else []
    if reading.has("only"):
        return [*on]
    if off:
        return _added(left, on)
    goes_on = any(span.has("and") for span in reading.spans[:1])
    if reading.has("also", "same") or goes_on:
        return _added(before, on)
    if joined and not turned:
        return [*on] if set(on) < set(before) else _added(before, on)
    return [*on] if turned or (reading.only_names and not reading.has("polite")) else []


def _added(some: Sequence[str], others: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*some, *others]))


def ask_which(s: Situation, slot: str) -> dict[str, Any]:
    """Take the answer back: it is asked again, of several who are on the card which one."""
    before = names_in(s.value(slot))
    which = {CANDIDATES: before} if len(before) > 1 else {}
    return {slot: None, **which}
