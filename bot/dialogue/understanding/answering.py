"""What the open question takes from a message."""

from typing import Any

from bot.dialogue.flows.domain import Slot
from bot.dialogue.understanding.contexts import held
from bot.dialogue.understanding.situation import Situation
from intents.context import Mention
from intents.tasks import NAMES

UNKNOWN = frozenset({"nlu_fallback", "out_of_scope"})
MOST_WORDS = 5
"""A free answer (a name, a user name) is short; longer messages are something else."""
FULL_NAME = 2
"""Words of somebody whom nobody knows here."""
SURE = 0.99
FIRST_NAME, LAST_NAME = "new_first_name", "new_last_name"
"""How the task of adding calls a newcomer; somebody with one name alone has no last one."""
_GIVES = {"give": "grant", "add": "grant", "remove": "revoke", "delete": "revoke", "lock": "revoke"}


def answer(s: Situation, name: str | None = None) -> dict[str, Any]:
    """Return the slots that a message fills as an answer to a question, else to the open one."""
    slot = s.domain.slots[name] if name else s.open_slot()
    if slot is None:
        return {}
    value = _value(s, slot)
    if value is None or (isinstance(value, list) and not value):
        return {}
    return also_given(s) | (value if isinstance(value, dict) else {slot.name: value})


def also_given(s: Situation) -> dict[str, Any]:
    """Return the other open questions of the task that the same message answers."""
    flow = s.task()
    given: dict[str, Any] = {}
    if flow and LAST_NAME in flow.collected() and s.reading.has("one_name"):
        given[LAST_NAME] = ""
    for name in flow.slots() if flow else ():
        slot = s.domain.slots[name]
        if s.value(name) is None and not slot.takes_relations:
            value = _by_entity(s, slot)
            if value is not None:
                given[name] = value
    return given


def _by_entity(s: Situation, slot: Slot) -> Any:
    reading = s.reading
    if "service" in slot.entities:
        if reading.services:
            return list(reading.services)
        return "none" if "no_services" in reading.quantified else None
    for kind in ("email", "language", "until"):
        if kind not in slot.entities:
            continue
        given = reading.last_about(str(s.value(FIRST_NAME) or ""), kind)
        if given is not None:
            return given
    if "right_change" in slot.entities:
        acts = [_GIVES[act] for act in reading.acts if act in _GIVES]
        return acts[0] if acts else None
    return None


def _value(s: Situation, slot: Slot) -> Any:
    if slot.type == "bool":
        return None
    if slot.takes_relations:
        return _person(s, slot)
    given = _by_entity(s, slot)
    if given is not None or slot.type in {"list", "any"}:
        return given
    if slot.type == "categorical":
        return _category(s, slot)
    return _free_text(s, slot) if slot.takes_text else None


def _category(s: Situation, slot: Slot) -> Any:
    details = _details(s)
    if slot.name == "edited_field" and details:
        return details | {slot.name: next(iter(details)).removeprefix("edited_")}
    if s.reading.answer in slot.values:
        return s.reading.answer
    named = [field for field in s.reading.fields if field in slot.values]
    return named[0] if len(named) == 1 else None


def _details(s: Situation) -> dict[str, Any]:
    """Return the new details of a profile that a message gives without saying which it gives."""
    values, fields = s.reading.values, s.reading.fields
    new = [mention.said for mention in s.reading.people if mention.is_new]
    given = {
        "edited_name": new[0] if new else None,
        "edited_email": values.get("email"),
        "edited_language": values.get("language"),
        "edited_last_name": True if new and "last_name" in fields else None,
    }
    return {name: value for name, value in given.items() if value}


def _person(s: Situation, slot: Slot) -> Any:
    reading = s.reading
    wished = [w for w in reading.said() if w.whom and w.whom[0].refs]
    flow = s.task()
    elsewhere = [w for w in wished if flow and w.intent not in flow.triggers]
    if elsewhere or reading.asks:
        return None
    if reading.me and not reading.people and s.context.holder and reading.words <= MOST_WORDS:
        return s.context.holder.ref
    if reading.defined:
        more = [
            wish | {"person": reading.defined.get(str(wish.get("person")), wish.get("person"))}
            for wish in s.value("rights_more") or []
        ]
        taken = {wish["person"] for wish in more}
        mine = [ref for ref in reading.defined.values() if ref not in taken]
        return {slot.name: mine[0]} | ({"rights_more": more} if more else {}) if mine else None
    if not reading.people:
        return _free_text(s, slot) if reading.words <= FULL_NAME and reading.left else None
    values = [mention.value for mention in reading.people]
    if slot.takes_several:
        return held(values)
    if "rights_more" in (flow.own if flow else ()) and len(values) > 1:
        more = [{"person": reference, "same": True} for reference in values[1:]]
        return {slot.name: values[0], "rights_more": more}
    if len(values) > 1:
        return {slot.name: values[0], "people_more": values[1:]}
    return values[0]


def _gives_another_value(s: Situation) -> bool:
    """As in "no, it's her e-mail that changes: …", "my bad, it's dre@…", where a name is asked."""
    reading = s.reading
    if any(not mention.refs for mention in reading.people):
        return False
    beside = {"email", "language"} & reading.values.keys() & set(reading.fields)
    return "email" in reading.values or bool(beside and not NAMES & set(reading.fields))


def _free_text(s: Situation, slot: Slot) -> str | None:
    reading = s.reading
    unsure = reading.has("hedge") and not (reading.left or reading.people)
    if reading.asks or unsure or reading.has("wait", "later") or not reading.words:
        return None
    takes_name = "person" in slot.entities or slot.name.endswith("name")
    apart = takes_name and slot.name != "username" and "email" not in slot.entities
    if apart and _gives_another_value(s):
        return None
    if takes_name and reading.odd and slot.name != "username":
        return reading.text if reading.words <= MOST_WORDS else None
    if slot.name == LAST_NAME and reading.has("one_name"):
        return ""
    text = reading.name if takes_name and slot.name != "username" else reading.username
    if "email" in slot.entities and reading.words <= MOST_WORDS:
        text = text or reading.text  # nothing like an address: its check says what one looks like
    if not text:
        return None
    said = Mention(text)
    if slot.name == "username":
        known = reading.intent not in UNKNOWN and not reading.intent.startswith("faq/")
        plain = said.is_word and known and reading.confidence >= SURE
        return None if plain or reading.wishes else text
    given = reading.has("same_last_name") or reading.intent in UNKNOWN or reading.left
    named = bool(reading.people) or given
    return text if (named or said.has_signs) and not reading.control else None
