"""At the card of a profile: another part of it is meant than the card shows."""

from typing import Any

from bot.dialogue.engine.commands import CancelFlow, CorrectSlots
from bot.dialogue.flows.domain import Flow
from bot.dialogue.understanding.proposals import Proposal, propose
from bot.dialogue.understanding.situation import Situation
from bot.dialogue.understanding.starting import commands_of
from intents.context import Mention, Wish
from intents.tasks import NAMES

EDIT = "edit_profile"
_BARE = ("language", "polite", "filler", "explains", "control")
_SLOTS = {"name": "edited_name", "email": "edited_email", "language": "edited_language"}


def another_field(s: Situation) -> Proposal | None:
    """As in "no, not her e-mail, her last name: Roy": that alone is changed."""
    reading, card = s.reading, s.context.card
    if card is None or card.intent != EDIT or reading.has("also") or reading.asks:
        return None
    turned = reading.has("no", "instead", "actually") or (reading.has("neg") and reading.fields)
    others = {ref for who in reading.people for ref in who.refs} - card.people
    given = _given(s)
    shown = {kind for kind, slot in _SLOTS.items() if s.value(slot)}
    if not turned or others or not given or shown & given.keys():
        return None
    values = {**given, "fields": tuple(kind for kind in reading.fields if kind in NAMES)}
    wish = Wish(EDIT, "wish", Mention.each(sorted(card.people)), values=values)
    return Proposal([CancelFlow(quiet=True), *commands_of([wish], s)])


def spoken(s: Situation) -> Proposal | None:
    """As in "en anglais, s'il vous plaît", where somebody is added: that is their language.

    Who wants to go on in English says so in English, or the name alone, or speaks of "me".
    """
    flow, given = s.task(), s.reading.last("language")
    slot = s.slot_for("language", flow.slots()) if flow and "create_user" in flow.triggers else None
    if slot is None or given in {None, s.value(slot) or s.language}:
        return None
    bare = all(span.has(*_BARE) and not span.has("me", "ask_bot") for span in s.reading.spans)
    led = any(not span.has("language", "polite") for span in s.reading.spans)
    here = led and s.reading.sighting.parse.language == s.language
    return propose(CorrectSlots({slot: given})) if bare and here else None


def new_name(s: Situation, flow: Flow) -> dict[str, Any]:
    """As in "and her last name too: Roy", at a card that shows no name."""
    given = _given(s).get("name") if flow.intent == EDIT else None
    if not given or s.value("edited_name"):
        return {}
    return {"edited_name": given, "edited_last_name": "last_name" in s.reading.fields or None}


def _given(s: Situation) -> dict[str, Any]:
    """Return what a message says a profile shall have, each by its field."""
    reading = s.reading
    new = [who.said for who in reading.people if who.is_new]
    named = new and NAMES & set(reading.fields)
    given = {"name": new[-1] if named else None, "email": reading.last("email")}
    spoken = reading.last("language") if "language" in reading.fields else None
    return {kind: value for kind, value in {**given, "language": spoken}.items() if value}
