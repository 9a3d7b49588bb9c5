"""Earlier answers that a message takes back: "no, it's Marie-Ève", "she may pay too"."""

from typing import Any

from bot.dialogue.commands import Command, CorrectSlots, StartPattern
from bot.dialogue.domain import Flow
from bot.dialogue.reading import NEVER_IN_NAMES, filled_by_entities, read_answer
from bot.dialogue.situation import Situation


def correction(s: Situation) -> list[Command] | None:
    """4. A cue and a slot that is filled already; at a card, a new value says enough."""
    collect = s.open_collect()
    frame = s.state.top
    if collect is None or frame is None:
        return None
    flow = s.domain.flows[frame.flow]
    cue = s.words.corrects(s.heard.text)
    if not cue and not (collect.ask_before_filling and _is_about_the_card(s)):
        return None
    changed = _changed(s, flow)
    if not changed and cue and not _asks(s):
        changed = dict.fromkeys(_named(s, flow))
    return [CorrectSlots(changed)] if changed else None


def edited(s: Situation) -> list[Command] | None:
    """An edited message corrects what it answered; to the open question it is a new answer."""
    if s.heard.kind != "edited" or s.heard.codes:
        return None
    collect, frame = s.open_collect(), s.state.top
    slot = s.state.answers.get(s.heard.message_id or "")
    if collect is None or frame is None:
        return [StartPattern("pattern_edited")]
    if slot == collect.slot:
        return None
    flow = s.domain.flows[frame.flow]
    changed = _changed(s, flow)
    if slot in flow.collected() and s.state.slots.get(slot) is not None:
        value = read_answer(s.domain.slots[slot], s.heard, s.words)
        changed = {slot: value} if value is not None else {}
    return [CorrectSlots(changed)] if changed else [StartPattern("pattern_edited")]


def _is_about_the_card(s: Situation) -> bool:
    """Whether a message wishes for nothing else: "take TV away" may, "take TV from Léa" does."""
    parse = s.heard.parse
    names_somebody = any(entity.entity == "person" for entity in parse.entities)
    return parse.intent.name not in s.domain.triggers or not names_somebody


def _asks(s: Situation) -> bool:
    """Whether it is a question: "wait, what are access rights?" names no answer."""
    return "?" in s.heard.text and s.heard.parse.intent.name.startswith("faq/")


def _changed(s: Situation, flow: Flow) -> dict[str, Any]:
    """Return the new values of slots that were filled with others."""
    given = filled_by_entities(s.domain, flow, s.heard.parse)
    if NEVER_IN_NAMES.search(s.heard.text):
        given = {
            n: value for n, value in given.items() if "person" not in s.domain.slots[n].entities
        }
    filled = {name: value for name, value in given.items() if s.state.slots.get(name) is not None}
    merged = {name: _merged(s, s.state.slots[name], value) for name, value in filled.items()}
    return {name: value for name, value in merged.items() if value != s.state.slots[name]}


def _merged(s: Situation, before: Any, given: Any) -> Any:
    """Return a list with what was said to be added or left out; anything else is replaced."""
    if not isinstance(before, list):
        return given
    if s.words.leaves_out(s.heard.text):
        return [one for one in before if one not in given]
    return (
        [*before, *(one for one in given if one not in before)]
        if s.words.adds(s.heard.text)
        else given
    )


def _named(s: Situation, flow: Flow) -> list[str]:
    """Return the filled slots that a message names without a new value: "change the name"."""
    entities = s.words.names_entities(s.heard.text)
    return [
        name
        for name in flow.collected()
        if s.state.slots.get(name) is not None and entities & set(s.domain.slots[name].entities)
    ]
