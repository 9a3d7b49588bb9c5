"""At a card, or at a filled answer: what a message puts right, adds, or leaves out."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.dialogue.flows.domain import Flow
from bot.dialogue.understanding import profiles, several
from bot.dialogue.understanding.answering import MOST_WORDS
from bot.dialogue.understanding.situation import Situation, person_slot
from intents.answers.stated import spelt_anew
from intents.context import Card, Mention, Wish
from intents.spans.ends import BARE
from intents.tasks import ACTS, NAMES

_PARTS = ("new_first_name", "new_last_name")
_OWN = frozenset({"change_rights", "edit_profile", "create_user", "request_access"})
"""Wishes that can be meant for what is on a card, and not as a task of their own."""


def amended(s: Situation, wishes: Sequence[Wish]) -> dict[str, Any]:
    """Return new values for slots of the open task; empty when nothing of it is put right."""
    return {name: value for name, value in _told(s, wishes).items() if value != s.value(name)}


def says_the_same(s: Situation, wishes: Sequence[Wish]) -> bool:
    """Whether a message gives values for the open task, all of which it has already."""
    told = _told(s, wishes)
    return bool(told) and all(value == s.value(name) for name, value in told.items())


def _told(s: Situation, wishes: Sequence[Wish]) -> dict[str, Any]:
    flow = s.task()
    if flow is None:
        return {}
    changes = _people(s, flow, wishes) | _services(s, flow, wishes)
    for find in (_address, _language, _name, _field, profiles.new_name, _end):
        changes |= find(s, flow)
    return changes


def own_wishes(s: Situation, flow: Flow, wishes: Iterable[Wish]) -> list[Wish]:
    """Return the wishes that are about what the open task shows."""
    return [wish for wish in wishes if is_own(s, flow, wish)]


def is_own(s: Situation, flow: Flow, wish: Wish) -> bool:
    intent = flow.intent
    if s.context.card and (is_opposite(s.context.card, wish) or is_apart(s.context.card, wish)):
        return False
    if several.joins(s, flow, wish):
        return True
    if wish.mood == "question" or wish.intent not in _OWN:
        return wish.intent == intent and not wish.whom and wish.mood == "wish"
    about = {mention.value for mention in wish.whom}
    others = wish.mood == "refusal" and s.context.card and about - s.context.card.people
    if others:
        return False
    mine = s.context.card.people if s.context.card else frozenset(s.context.topic.people)
    here = not about or about <= mine or (intent == wish.intent and not _is_another(s))
    if intent == "create_user":
        newcomer = {str(s.value(_PARTS[0])).casefold()}
        known = {person.ref for person in s.context.people}
        return not (about & known) or {name.casefold() for name in about} <= newcomer
    fits = {
        "change_rights": {"change_rights", *({"request_access"} if s.role == "holder" else ())},
        "edit_profile": {"edit_profile"},
        "request_access": {"change_rights", "request_access"},
    }
    return here and wish.intent in fits.get(intent, set())


def is_opposite(card: Card, wish: Wish) -> bool:
    """Whether a request on a card is to be answered the other way: "decline it"."""
    return wish.intent == card.intent == "decide_request" and wish.change != card.change


def is_apart(card: Card, wish: Wish) -> bool:
    """As in "no, rather take the TV off him", at a card that gives him the bill."""
    changes = wish.intent == card.intent == "change_rights" and wish.mood == "wish"
    turned = {wish.change, card.change} == {"grant", "revoke"}
    return changes and turned and bool(wish.services) and card.services.isdisjoint(wish.services)


def _is_another(s: Situation) -> bool:
    return not s.reading.has("actually", "wrong", "also", "same", "no", "neg")


def _people(s: Situation, flow: Flow, wishes: Sequence[Wish]) -> dict[str, Any]:
    slot, reading = person_slot(flow, s), s.reading
    if slot is None or s.value(slot) is None:
        return {}
    if s.domain.slots[slot].takes_several:
        return several.amended(s, flow, slot, wishes)
    card = s.context.card.people if s.context.card else {str(s.value(slot))}
    said = [mention for mention in _named(reading.people, wishes) if mention.value not in card]
    renames = flow.intent == profiles.EDIT and not NAMES.isdisjoint(reading.fields)
    if s.value("edited_name") or renames:  # an unknown name is the new one, and not somebody else
        said = [mention for mention in said if mention.refs]
    off = {mention.value for mention in reading.not_people} & set(card)
    intent = flow.intent
    if off and not said and "rights_more" in flow.own:
        return _fewer_people(s, slot, off)
    elsewhere = set(reading.acts) - ACTS.get(intent, frozenset()) - {"show", "ask", "keep"}
    if not said or elsewhere or reading.asks:
        return {}
    names = reading.only_names and not reading.has("polite")
    bare = names and not reading.has("also", "same", "and")
    cue = reading.has("actually", "wrong", "no", "other", "instead", "act") or bool(off)
    if "rights_more" in flow.own:
        return _more_people(s, slot, said, off) if cue or names else {}
    replaced = cue or bare
    return {slot: said[0].value} if replaced and len(said) == 1 else {}


def _named(people: Sequence[Mention], wishes: Sequence[Wish]) -> list[Mention]:
    own = [mention for wish in wishes for mention in wish.whom]
    return list(own or people)


def _more_people(s: Situation, slot: str, said: Sequence[Mention], off: set[str]) -> dict[str, Any]:
    """Put people on a card about access, in the place of others or beside them."""
    more = [dict(wish) for wish in s.value("rights_more") or []]
    turned = s.reading.has("actually", "wrong", "no", "other", "instead")
    if off or (turned and not s.reading.has("also")):
        gone = off or {str(s.value(slot))}
        kept = [wish for wish in more if wish.get("person") not in gone]
        first, *rest = [mention.value for mention in said]
        added = [{"person": reference, "same": True} for reference in rest]
        if str(s.value(slot)) in gone:
            return {slot: first, "rights_more": [*kept, *added] or None}
        return {"rights_more": [*kept, {"person": first, "same": True}, *added]}
    added = [{"person": mention.value, "same": True} for mention in said]
    return {"rights_more": [*more, *added]}


def _fewer_people(s: Situation, slot: str, off: set[str]) -> dict[str, Any]:
    """Take people off a card about access: "not Tyler either"; the last one stays on it."""
    more = [dict(wish) for wish in s.value("rights_more") or []]
    kept = [wish for wish in more if wish.get("person") not in off]
    if str(s.value(slot)) not in off:
        return {"rights_more": kept or None}
    if not kept:
        return {}
    first, *rest = kept
    slots = {slot: first["person"], "rights_more": rest or None}
    if not first.get("same"):
        slots |= {"rights_change": first["change"], "rights_services": first["services"]}
        slots |= {"rights_until": first.get("until")}
    return slots


def _services(s: Situation, flow: Flow, wishes: Sequence[Wish]) -> dict[str, Any]:
    slot = s.slot_for("service", flow.collected())
    before = s.value(slot) if slot else None
    reading = s.reading
    aside = reading.not_people and not reading.has("service")  # "not Tyler, he pays for it"
    if slot is None or aside or not isinstance(before, list):
        return {}
    off = set(reading.not_services)
    on: list[str] = [code for code in reading.services if code not in off]
    taken = s.value("rights_change") == "revoke"
    for wish in wishes:
        if wish.mood == "refusal" or ((wish.change == "revoke") != taken and wish.change):
            off |= set(wish.services)
            on = [code for code in on if code not in wish.services]
        elif wish.change == "set" and wish.services:
            return {slot: list(wish.services)}
    if "no_services" in reading.quantified and not on:
        return {slot: []}
    if not on and not off:
        return {}
    if "replace" in reading.acts and len(on) > 1:
        off, on = off | {on[0]}, on[1:]
    adds = reading.has("also", "act") or off or _goes_on(s)
    only = reading.has("only", "instead") and not reading.has("also")
    after = (
        list(on) if on and (only or not adds) else [*before, *(c for c in on if c not in before)]
    )
    return {slot: [code for code in after if code not in off]}


def _goes_on(s: Situation) -> bool:
    """Whether the message begins as the rest of a sentence: "and the usage"; "oh" begins none."""
    first = next((span for span in s.reading.spans if not span.has("polite")), None)
    return first is not None and first.has("filler") and not first.has("it", "he")


def _address(s: Situation, flow: Flow) -> dict[str, Any]:
    slot = s.slot_for("email", flow.collected())
    given = s.reading.last("email")
    if slot is None or s.value(slot) is None or given is None:
        return _domain(s, slot, str(s.value(slot))) if slot and s.value(slot) else {}
    return {slot: given}


def _domain(s: Situation, slot: str, address: str) -> dict[str, Any]:
    """The domain of an address alone, or its ending: "oops, gmail", "it is .com"."""
    if s.reading.domain:
        return {slot: f"{address.partition('@')[0]}@{s.reading.domain}"}
    return {slot: f"{address.rpartition('.')[0]}{s.reading.ending}"} if s.reading.ending else {}


def _language(s: Situation, flow: Flow) -> dict[str, Any]:
    slot = s.slot_for("language", flow.slots())
    given = s.reading.last("language")
    about = ("no", "neg", "wrong", "actually", "instead", "act", "field", "he", "person")
    speaks = s.reading.intent == "switch_language" and not s.reading.has(*about)
    if slot is None or given is None or speaks or (s.value(slot) is None and not s.card_is_open()):
        return {}
    return {slot: given}


def _name(s: Situation, flow: Flow) -> dict[str, Any]:
    """A name put right: "his last name is Smyth", "not John, Jim", "it should be Côté-Roy"."""
    reading = s.reading
    named = NAMES & set(reading.fields)
    same = reading.has("same_last_name")
    cue = reading.has("actually", "wrong", "neg", "link_name", "no", "but")
    cue = cue and not reading.services
    corrects = bool(named or cue or same or reading.not_people)
    new = [mention.said for mention in reading.people if mention.is_new]
    unread = reading.left if reading.words <= MOST_WORDS else ()
    if anew := _spelt_anew(s, flow, [*new, *unread]):
        return anew
    another = "email" in reading.values or ("language" in reading.values and not new)
    if not corrects or (another and not named):
        return {}  # "sorry, she understands French better"
    gone = reading.not_people
    behind = reading.left[-1] if gone and reading.left else ""
    said = reading.name if same else new[-1] if new else reading.value or behind
    parts = [n for n in _PARTS if any(mention.is_same(str(s.value(n) or "")) for mention in gone)]
    if said and parts and parts[0] in flow.own:
        return {parts[0]: said}
    if not said or "change_rights" in flow.triggers:
        return {}
    last_only = same or "last_name" in reading.fields
    name = Mention(said)
    first, last = _PARTS
    if first in flow.own and s.value(first):
        if last_only or name.is_same(str(s.value(last))):
            return {last: name.without(str(s.value(first)))}
        return {first: name.first_name} | ({last: name.last_name} if name.last_name else {})
    if "edited_name" in flow.own and s.value("edited_name"):
        before = Mention(str(s.value("edited_name")))
        spelt = name.is_same(before.last_name)  # "Ben Ali, in two words": only the last name
        spelt = spelt or bool(last_only and before.last_name and not name.last_name)
        return {"edited_name": f"{before.first_name} {said}" if spelt else said}
    return {}


def _spelt_anew(s: Situation, flow: Flow, new: Sequence[str]) -> dict[str, Any]:
    """The name on the card, spelt anew: "two d's: Haddad", "Kim", where it shows a Kin."""
    slots = [name for name in (*_PARTS, "edited_name") if name in flow.own and s.value(name)]
    anew = Mention(spelt_anew(new, " ".join(str(s.value(name)) for name in slots)))
    if not anew.said or "change_rights" in flow.triggers:
        return {}
    if slots == [*_PARTS]:
        return {_PARTS[0]: anew.first_name, _PARTS[1]: anew.last_name}
    return {slots[0]: anew.said} if len(slots) == 1 else {}


def _end(s: Situation, flow: Flow) -> dict[str, Any]:
    """Until when, put right or added: "yes, but just until Sunday", "no, for a week"."""
    reading, slot = s.reading, s.slot_for("until", flow.collected())
    given, turns = reading.last("until"), reading.has("actually", "no", "instead")
    bare = any(span.tags.get("until") == BARE for span in reading.spans)
    puts_off = reading.has("wait", "later") or (reading.has("neg") and not turns)
    puts_off = puts_off or (
        bare and not turns and (reading.words > MOST_WORDS or bool(reading.left))
    )
    card = s.context.card.people if s.context.card else frozenset()
    some = {mention.value for mention in reading.people} & card
    for_some = bool(some) and some < card  # "Simon until Tuesday", of three: not for all
    return {} if slot is None or given is None or puts_off or for_some else {slot: given}


def _field(s: Situation, flow: Flow) -> dict[str, Any]:
    """An answer that is to be asked again: "change the name"."""
    reading = s.reading
    if reading.asks or not reading.has("act", "wrong", "actually", "no") or reading.people:
        return {}
    kinds = {
        "name": "person",
        "first_name": "person",
        "email": "email",
        "language": "language",
        "access": "service",
    }
    wanted = {kinds[field] for field in reading.fields if field in kinds}
    values = reading.values.keys() | ({"service"} if reading.services else set())
    in_a_language = "language" in values  # "his e-mails in English": the address stays
    values |= {"email"} if reading.domain or reading.ending or in_a_language else set()
    return {
        name: None
        for name in flow.collected()
        if s.value(name) is not None and wanted & set(s.domain.slots[name].entities) - values
    }
