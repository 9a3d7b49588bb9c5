"""At an open question that is no card: an answer, another wish, a correction."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.dialogue.engine.commands import (
    CancelFlow,
    CorrectSlots,
    QueueFlow,
    SetSlots,
    StartFlow,
    StartPattern,
)
from bot.dialogue.understanding.amending import amended, is_own, own_wishes
from bot.dialogue.understanding.answering import answer
from bot.dialogue.understanding.cards import later
from bot.dialogue.understanding.contexts import names_in
from bot.dialogue.understanding.in_turn import named
from bot.dialogue.understanding.proposals import Proposal, propose
from bot.dialogue.understanding.situation import Situation, person_slot, said_before
from bot.dialogue.understanding.starting import FIELDS, commands_of, rights_slots
from intents.context import Mention, Wish
from intents.tasks import PROFILE

TURNS = ("instead", "actually", "cancel", "no")

FEW = 3
"""Words of an answer that names a part of a profile, and says no more."""


def plain_answer(s: Situation) -> Proposal | None:
    """A message that is little more than what was asked for."""
    slot = s.open_slot()
    if slot is None or others(s) or s.reading.asks:
        return None
    reading = s.reading
    if "email" in slot.entities and not reading.last("email") and corrected(s):
        return None  # "I mixed up my brothers, it's Ben Roy", where the address is asked for
    given = answer(s)
    field = reading.fields and reading.words <= FEW
    said = reading.people or reading.services or reading.values or reading.quantified or field
    plain = bool(said) or slot.takes_text or reading.answer in slot.values
    return _filled(given, s) if given and plain and not reading.control else None


def no_address(s: Situation) -> Proposal | None:
    """The person to be added has no e-mail address: why one is needed, and what helps."""
    slot, flow = s.open_slot(), s.task()
    asked = slot is not None and "email" in slot.entities and not s.reading.values.get("email")
    if not asked or flow is None or "create_user" not in flow.triggers:
        return None
    if not s.reading.has("no_email"):
        return None
    again = said_before("utter_no_email_why", s)
    return propose(StartPattern("pattern_no_email", {"again": again}))


def _filled(given: dict[str, Any], s: Situation) -> Proposal:
    """Return the answer; of several people the others get the same task, one after the other."""
    more = given.pop("people_more", ())
    slot, flow = s.open_slot(), s.task()
    count = len(more) + 1
    tasks = [StartFlow(flow.id, {slot.name: reference}) for reference in more if flow and slot]
    others = [
        QueueFlow(task.flow, task.slots, {"number": n, "count": count, "task": named(task, s)})
        for n, task in enumerate(tasks, start=2)
    ]
    return Proposal([*others, SetSlots(given)])


def answered(s: Situation) -> Proposal | None:
    """The open slot's own reader."""
    given = answer(s)
    return _filled(given, s) if given else None


def corrected(s: Situation) -> Proposal | None:
    """An earlier answer is put right: "no, it's Marie-Ève"."""
    turns = s.reading.has("actually", "wrong", "no", "instead", "neg")
    back = any(span.tags.get("control") == "go_back" for span in s.reading.spans)
    if not (turns or back or s.reading.domain or s.reading.ending or _is_address(s)):
        return None
    flow = s.task()
    changes = amended(s, own_wishes(s, flow, s.reading.wishes)) if flow else {}
    return propose(CorrectSlots(changes)) if changes else None


def _is_address(s: Situation) -> bool:
    """Whether it is an address alone, where something else is asked for: the one to write to."""
    return bool(s.reading.last("email")) and all(
        span.has("email", "polite", "filler") for span in s.reading.spans
    )


def restated(s: Situation) -> Proposal | None:
    """The task in hand is asked for again: for somebody else it waits, else it is filled."""
    flow = s.task()
    again = s.reading.said("wish", *flow.triggers) if flow and flow.triggers else []
    if not again or flow is None:
        return None
    again = [_as_begun(wish, s) for wish in again]
    if not (again[0].whom or again[0].services or s.reading.values or again[0].change):
        return propose(StartFlow(flow.id))
    slot = person_slot(flow, s)
    known = set(names_in(s.value(slot))) if slot else set()
    whom = {mention.value for mention in again[0].whom}
    if known and whom and known.isdisjoint(whom):
        return Proposal([later(command) for command in commands_of(again, s)])
    started = commands_of(again[:1], s)
    slots = getattr(started[0], "slots", {}) if len(started) == 1 else {}
    fresh = {name: value for name, value in slots.items() if value is not None}
    if field := _field_meant(s, fresh):
        return propose(CorrectSlots({**fresh, "edited_field": field}))
    return propose(SetSlots(fresh)) if fresh else None


def _as_begun(wish: Wish, s: Situation) -> Wish:
    """As in "to Rose, the bill" behind "I want to remove an access": no verb turns that round."""
    flow = s.task()
    slot = s.slot_for("right_change", flow.slots()) if flow else None
    begun = s.value(slot) if slot else None
    said = s.reading.acts or s.reading.has("modal", "want", "neg", "nomore", "only", "no")
    return wish if said or not begun else replace(wish, change=str(begun))


def _field_meant(s: Situation, fresh: Mapping[str, Any]) -> str:
    """Another part of a profile than the one asked for: "no, it's her address that changes"."""
    before, slot = s.value("edited_field"), s.open_slot()
    named = [FIELDS[field] for field in s.reading.fields if field in FIELDS]
    turns = bool(named) and before not in {None, named[-1]} and slot is not None
    return named[-1] if turns and slot is not None and slot.name not in fresh else ""


def said_again(s: Situation) -> Proposal | None:
    """A whole wish for the task in hand: it says more than what was asked."""
    flow = s.task()
    mine = s.reading.said("wish", *flow.triggers) if flow and flow.triggers else []
    if any(w.whom and (w.services or w.change or "name" in w.values) for w in mine):
        return restated(s)
    if len(mine) > 1 and all(w.whom and PROFILE & w.values.keys() for w in mine):
        return _each_their_own(mine, s)
    if mine and s.reading.has(*TURNS) and _field_meant(s, {}):
        return restated(s)
    slot = person_slot(flow, s) if flow else None
    known = s.value(slot) if slot else None
    if known is not None and mine and all(w.services and w.change for w in mine):
        whom = Mention.each([str(known)])
        return propose(SetSlots(rights_slots([replace(w, whom=whom) for w in mine])))
    return None


def _each_their_own(wishes: list[Wish], s: Situation) -> Proposal:
    """As in "Kevin's is k@example.com, and Tyler's t@example.com": one after the other."""
    first, *rest = (command for wish in wishes for command in commands_of([wish], s))
    slots = {name: value for name, value in getattr(first, "slots", {}).items() if value}
    return Proposal([SetSlots(slots), *(later(command) for command in rest)])


def others(s: Situation) -> list[Wish]:
    """Return the wishes that are for another task than the open one."""
    flow = s.task()
    mine = flow.triggers if flow else ()
    return [
        w
        for w in s.reading.said()
        if flow is None or (w.intent not in mine and not is_own(s, flow, w))
    ]


def another_wish(s: Situation) -> Proposal | None:
    """Another task: instead of the open one where the message says so, else after it."""
    wishes = others(s)
    if not wishes:
        return None
    commands = commands_of(wishes, s)
    if s.reading.has(*TURNS):
        return Proposal([CancelFlow(quiet=True), *commands])
    return Proposal(commands)
