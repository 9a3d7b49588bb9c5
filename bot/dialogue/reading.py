"""How an open question reads a message as its answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.dialogue.domain import Domain, Flow, Slot
from bot.dialogue.words import Words
from intents.parse_result import Entity, ParseResult

MAX_ANSWER_WORDS = 4
"""A free answer (a name, a user name) is short; longer messages are something else."""

UNKNOWN = frozenset({"nlu_fallback", "out_of_scope"})
"""A short message that is any other intent was said to the bot: it is nobody's name."""

SURE = 0.9
"""From here on a single word is taken for what it means, not for a name."""

QUITE_SURE = 0.75
"""From here on a wish for another task is taken for one where somebody is asked for."""

HALF_SURE = 0.5

RELATIONS = "relations"
"""The extractor of "my son": somebody, but no name."""

BESIDE = 2
"""Characters between a relation and the name that belongs to it: "my son, Édouard"."""

HAS_SIGN = re.compile(r"\d|[@_.]\w")
"""Digits and signs that words of a language do not have inside."""

NEVER_IN_NAMES = re.compile(r"[;<>{}\[\]|=\\]")
"""Markup and code, however long: the validator says kindly what a name may have."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One message, as the dialogue gets it: masked, parsed, with what was seen before it."""

    text: str
    parse: ParseResult
    button: str | None = None
    codes: tuple[str, ...] = ()
    card_left: bool = True
    """Whether the open card had left for the person before this message came."""
    kind: str = "text"
    message_id: str | None = None


def read_answer(slot: Slot, heard: Heard, words: Words) -> Any:
    """Return the value that the message gives the slot, or None."""
    if slot.type == "bool":
        return _yes_or_no(heard, words)
    if slot.takes_relations and words.is_everybody(heard.text):
        return heard.text
    given = from_entities(slot, heard.parse)
    odd = slot.takes_text and NEVER_IN_NAMES.search(heard.text)
    if odd and not (given and "email" in slot.entities):
        return heard.text
    if given is not None:
        return given
    if slot.type == "list":
        return next(iter(words.means(heard.text) & {"all", "none"}), None)
    return _free_text(slot, heard, words) if slot.takes_text else None


def from_entities(slot: Slot, parse: ParseResult) -> Any:
    """Return what the entities of a message say of a slot: all for a list, else the first."""
    found = [e for e in parse.entities if e.entity in slot.entities]
    names = [e.value for e in found if e.extractor != RELATIONS]
    if slot.takes_relations:
        names = names or [e.value for e in found]
    if not names:
        return None
    return list(dict.fromkeys(names)) if slot.type == "list" else names[0]


def filled_by_entities(domain: Domain, flow: Flow, parse: ParseResult) -> Mapping[str, Any]:
    """Return the questions of a flow that a message answers by its entities."""
    values = {name: from_entities(domain.slots[name], parse) for name in flow.collected()}
    return {name: value for name, value in values.items() if value is not None}


def given_at_start(
    domain: Domain, flow: Flow, parse: ParseResult, words: Words
) -> Mapping[str, Any]:
    """Return what the message that starts a flow gives it.

    A slot of type `any` takes the message as it was understood, for an action to sort; a list
    that nothing is named for takes "all" or "none", where the message says so.
    """
    slots = [domain.slots[name] for name in flow.slots()]
    values = {
        slot.name: as_said(parse) if slot.type == "any" else from_entities(slot, parse)
        for slot in slots
        if slot.entities
    }
    if words.wants_all(parse.text) or words.wants_none(parse.text):
        said = "all" if words.wants_all(parse.text) else "none"
        lists = [slot.name for slot in slots if slot.type == "list"]
        values |= {name: said for name in lists if values.get(name) is None}
    return {name: value for name, value in values.items() if value is not None}


def as_said(parse: ParseResult) -> dict[str, Any]:
    """Return a message as actions read it: its text, and its entities in their order.

    "My son Édouard" is one person there, by his name.
    """
    entities = [
        {"entity": one.entity, "value": one.value, "relation": one.extractor == RELATIONS}
        for place, one in enumerate(parse.entities, start=1)
        if not (one.extractor == RELATIONS and _names(one, parse.entities[place:]))
    ]
    return {"text": parse.text, "entities": entities}


def people_named(parse: ParseResult) -> list[str]:
    """Return whom a message names, in order: "my son Édouard" is one person, by his name."""
    people = [one for one in parse.entities if one.entity == "person"]
    named = [
        person.value
        for place, person in enumerate(people, start=1)
        if not (person.extractor == RELATIONS and _names(person, people[place:]))
    ]
    return list(dict.fromkeys(named))


def _names(relation: Entity, following: Sequence[Entity]) -> bool:
    """Whether the next person is a name that stands beside a relation."""
    if not following or following[0].entity != "person":
        return False
    beside = following[0].start - relation.end <= BESIDE
    return beside and following[0].extractor != RELATIONS


def _yes_or_no(heard: Heard, words: Words) -> bool | None:
    """Only a plain yes or no: "maybe" and "yes or no" are neither, whatever they resemble."""
    whole = words.means(heard.text)
    each = [words.means(word) for word in heard.text.split()]
    yes = any("affirm" in meanings for meanings in each[:1])
    no = any("deny" in meanings for meanings in each)
    intent = heard.parse.intent.name
    if "affirm" in whole or (yes and not no and intent == "affirm"):
        return True
    if "deny" in whole or (no and not yes and intent == "deny"):
        return False
    return None


def _free_text(slot: Slot, heard: Heard, words: Words) -> str | None:
    text = heard.text.strip()
    count = len(text.split())
    if text.endswith("?") or count > MAX_ANSWER_WORDS or words.means(text):
        return None
    if names_an_account(slot, heard) or (count == 1 and HAS_SIGN.search(text)):
        return text
    if count == 1 and _takes_any_word(slot) and not _steers(text, heard.parse):
        return text
    is_name = any(e.entity == "person" and e.text == text for e in heard.parse.entities)
    return text if is_name or heard.parse.intent.name in UNKNOWN else None


def _takes_any_word(slot: Slot) -> bool:
    """Whether a word that nobody knows may be the answer: a user name, one of the household."""
    return not slot.entities or slot.takes_relations


def answers_plainly(slot: Slot, heard: Heard) -> bool:
    """Whether a message is little more than what was asked for: "the bills", "view voicemail"."""
    given = [e for e in heard.parse.entities if e.entity in slot.entities]
    if not given or "?" in heard.text:
        return False
    beside = len(heard.text.split()) - sum(len(e.text.split()) for e in given)
    return beside <= (1 if heard.parse.intent.confidence >= HALF_SURE else 2)


def names_an_account(slot: Slot, heard: Heard) -> bool:
    """Whether a short text ends in what can only be a user name: "my username is diane7"."""
    words = heard.text.split()
    if slot.entities or not slot.takes_text or not 0 < len(words) <= MAX_ANSWER_WORDS:
        return False
    hyphens = "-" in words[-1] and heard.parse.intent.confidence < SURE
    return hyphens or bool(HAS_SIGN.search(words[-1]))


def _steers(word: str, parse: ParseResult) -> bool:
    """Whether a single word, without digits or signs, surely speaks to the bot."""
    known = parse.intent.name not in UNKNOWN and not parse.intent.name.startswith("faq/")
    return word.isalpha() and known and parse.intent.confidence >= SURE
