"""What is no language: buttons, codes, commands, edits, pictures."""

from bot.dialogue.agents import WITH_THE_BOT
from bot.dialogue.engine.commands import (
    CannotHandle,
    Command,
    CorrectSlots,
    SetSlots,
    StartFlow,
    StartPattern,
)
from bot.dialogue.payloads import intent_of, set_slots
from bot.dialogue.understanding.amending import amended
from bot.dialogue.understanding.answering import answer
from bot.dialogue.understanding.asides import of_intent
from bot.dialogue.understanding.proposals import Proposal, propose
from bot.dialogue.understanding.situation import Situation, stands

UNSEEN = StartPattern("pattern_unseen_card")


def not_text(s: Situation) -> Proposal | None:
    """A photo, a voice message, nothing at all: say kindly what can be read."""
    return (
        propose(StartPattern("pattern_not_text", {"kind": s.heard.kind}))
        if s.heard.is_empty
        else None
    )


def slash(s: Situation) -> Proposal | None:
    """A command; `/start` may bear a topic (a deep link): never an identity, nor an answer."""
    if s.heard.command is None:
        unknown = s.heard.looks_like_command and s.open_collect() is not None
        return propose(CannotHandle()) if unknown else None
    if s.heard.command == "start":
        topic = s.heard.argument.replace("faq-", "faq/").replace("faq_", "faq/")
        topic = s.domain.commands.get(topic, topic)
        named = topic in s.domain.triggers or topic in s.domain.titles()
        known = named or topic.startswith("faq/")
        return (
            of_intent(topic, s)
            if known
            else propose(StartPattern("pattern_chitchat", {"intent": "greet"}))
        )
    return of_intent(s.heard.command, s)


def edited(s: Situation) -> Proposal | None:
    """An edited message corrects what it answered; to the open question it is a new answer."""
    if s.heard.kind != "edited" or s.heard.codes:
        return None
    collect = s.open_collect()
    slot = s.state.answers.get(s.heard.message_id or "")
    flow = s.task()
    if collect is None or flow is None:
        return propose(StartPattern("pattern_edited"))
    if slot == collect.slot:
        return None
    changed = amended(s, s.reading.wishes)
    if slot in flow.collected() and s.value(slot) is not None:
        value = answer(s, slot).get(slot)
        changed = {slot: value} if value is not None else {}
    return propose(CorrectSlots(changed) if changed else StartPattern("pattern_edited"))


def button(s: Situation) -> Proposal | None:
    """A button of this conversation, while its card still stands."""
    if s.heard.button is None:
        return None
    live = s.state.buttons.get(s.heard.button)
    if live is not None and stands(live, s.state):
        return of_payload(live.payload, s)
    task = live.task if live is not None and s.state.question is None else None
    resume = next((intent for intent, flow in s.domain.triggers.items() if flow == task), None)
    return propose(
        StartPattern("pattern_old_button", {"resume": resume, "resumable": bool(resume)})
    )


def label(s: Situation) -> Proposal | None:
    """The same, typed: a button's title, its number, or several numbers."""
    buttons, collect = s.offered, s.open_collect()
    chosen = [buttons[number] for number in s.reading.choices if number < len(buttons)]
    if not chosen:
        return None
    if len(chosen) > 1:
        if collect is None or s.domain.slots[collect.slot].type != "list":
            return None
        answers = [set_slots(button.payload) or {} for button in chosen]
        return propose(SetSlots({collect.slot: [given.get(collect.slot) for given in answers]}))
    shown = s.state.shown(s.state.last_replies)
    alike = {button.payload for button in shown if {*button.titles} == {*chosen[0].titles}}
    if len(alike) > 1 and collect is None:  # of several requests each has its "Approve"
        return None
    return unseen(s) or of_payload(chosen[0].payload, s)


def unseen(s: Situation) -> Proposal | None:
    """A typed yes counts only for a card that had left before the message came."""
    return propose(UNSEEN) if s.card_is_open() and not s.heard.card_left else None


def code(s: Situation) -> Proposal | None:
    """Eight digits that came before a code was awaited: one candidate, or none."""
    candidates = set(s.heard.codes)
    collect = s.open_collect()
    if not candidates:
        return None
    if collect is None or collect.slot != "one_time_code":
        return propose(StartPattern("pattern_unexpected_code"))
    if len(candidates) > 1:
        return propose(StartPattern("pattern_code_length", {"several": True}))
    return propose(SetSlots({"one_time_code": {"digest": candidates.pop()}}))


def of_payload(payload: str, s: Situation) -> Proposal | None:
    slots = set_slots(payload)
    if slots is not None:
        return propose(SetSlots(slots))
    intent, given = intent_of(payload)
    if intent == WITH_THE_BOT:
        return _with_the_bot(str(given["task"]), s)
    flow = s.domain.triggers.get(intent)
    if flow is not None:
        command: Command = StartFlow(flow, given)
        return propose(command)
    return of_intent(intent, s) or propose(StartPattern(f"pattern_{intent}", given))


def _with_the_bot(task: str, s: Situation) -> Proposal | None:
    """A task that an agent has offered: with what was filled in before, if it was open then."""
    flow, aside = s.domain.triggers.get(task), s.state.aside
    if flow is None or aside is None or aside["task"] != flow:
        return of_intent(task, s)
    return propose(StartFlow(flow, aside["slots"]))
