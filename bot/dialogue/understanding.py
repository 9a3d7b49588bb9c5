"""From a message to commands: what an open question does with what it hears.

The rules are tried in the order of the list at the end of this file; the first that has
something to say decides (DESIGN, section 4). Nothing here changes anything.
"""

import re
from dataclasses import replace

from bot.dialogue.calling import danger, dispute
from bot.dialogue.checklist import CHECKLIST, in_turn
from bot.dialogue.choosing import chosen_button, chosen_values, stands
from bot.dialogue.commands import (
    CannotHandle,
    Command,
    QueueFlow,
    SetSlots,
    StartFlow,
    StartPattern,
)
from bot.dialogue.corrections import correction, edited
from bot.dialogue.domain import Slot
from bot.dialogue.intentions import CHITCHAT, Rule, of_intent, of_payload
from bot.dialogue.reading import (
    MAX_ANSWER_WORDS,
    QUITE_SURE,
    UNKNOWN,
    answers_plainly,
    filled_by_entities,
    from_entities,
    names_an_account,
    people_named,
    read_answer,
)
from bot.dialogue.situation import Situation
from bot.dialogue.state import DialogueState, Frame
from bot.dialogue.words import fold

READ_ONLY_TASKS = frozenset({"list_users", "my_access", "show_history"})
ANSWERS = frozenset(
    {
        *("affirm", "deny", "all", "none", "everybody", "grant", "revoke"),
        *("resend", "other_name", "name", "email"),
    }
)
"""Words that answer a question; the other control words steer."""

DECIDE = "decide_request"
_DECIDING = {"approval_confirmation": "approve", "declining_confirmation": "decline"}

REFUSAL = "utter_out_of_scope"
SHORT = 2
"""Words of a message that is rather a bad answer than a question about something else."""

START = re.compile(r"/start(?: (?P<topic>[\w-]{1,64}))?")


def decide(situation: Situation) -> list[Command]:
    """Return the commands that a message means here; never none."""
    for rule in RULES:
        commands = rule(situation)
        if commands:
            return commands
    if situation.waits and situation.open_collect() is None:
        return [StartPattern("pattern_noted")]
    return [CannotHandle()]


def _not_text(s: Situation) -> list[Command] | None:
    """A photo, a voice message, nothing at all: say kindly what can be read."""
    if s.heard.button is None and not s.heard.text.strip() and not s.heard.codes:
        return [StartPattern("pattern_not_text", {"kind": s.heard.kind})]
    return None


def _start(s: Situation) -> list[Command] | None:
    """`/start`, perhaps with a topic (a deep link): an invitation to talk, never an identity."""
    found = START.fullmatch(s.heard.text.strip())
    if found is None:
        return None
    topic = (found["topic"] or "").replace("faq-", "faq/").replace("faq_", "faq/")
    if topic in s.domain.triggers or topic.startswith("faq/"):
        return of_intent(topic, s)
    return [StartPattern("pattern_chitchat", {"intent": "greet"})]


def _button(s: Situation) -> list[Command] | None:
    """1. A button of this conversation, while its card still stands."""
    if s.heard.button is None:
        return None
    live = s.state.buttons.get(s.heard.button)
    if live is not None and stands(live, s.state):
        return of_payload(live.payload, s)
    task = live.task if live is not None and s.state.question is None else None
    resume = next((intent for intent, flow in s.domain.triggers.items() if flow == task), None)
    return [StartPattern("pattern_old_button", {"resume": resume, "resumable": bool(resume)})]


def _label(s: Situation) -> list[Command] | None:
    """1. The same, typed: a button's title, its number, several numbers, or words for it."""
    collect = s.open_collect()
    if collect is not None and (several := chosen_values(s, collect)):
        return [SetSlots({collect.slot: several})]
    button = chosen_button(s)
    return None if button is None else _unseen_card(s) or of_payload(button.payload, s)


def _unseen_card(s: Situation) -> list[Command] | None:
    """A typed yes counts only for a card that had left before the message came."""
    collect = s.open_collect()
    if collect is not None and collect.ask_before_filling and not s.heard.card_left:
        return [StartPattern("pattern_unseen_card")]
    return None


def _code(s: Situation) -> list[Command] | None:
    """2. A one-time code, already masked by the channel."""
    if not s.heard.codes:
        return None
    collect = s.open_collect()
    if collect is not None and collect.slot == "one_time_code":
        return [SetSlots({"one_time_code": list(s.heard.codes)})]
    return [StartPattern("pattern_unexpected_code")]


def _control_word(s: Situation) -> list[Command] | None:
    """3. A control word that is the whole message, unless it answers the open question."""
    collect = s.open_collect()
    if collect is not None and from_entities(s.domain.slots[collect.slot], s.heard.parse):
        return None
    for meaning in sorted(s.words.means(s.heard.text) - ANSWERS):
        return of_intent(meaning, s)
    return None


def _relation(s: Situation) -> list[Command] | None:
    """A relation alone ("my son") where a name is asked for: the question is explained."""
    collect = s.open_collect()
    slot = s.domain.slots[collect.slot] if collect else None
    if slot is None or not slot.takes_text or slot.takes_relations:
        return None
    only = s.heard.text.strip(" .!").casefold()
    relations = [e for e in s.heard.parse.entities if e.extractor == "relations"]
    if any(e.entity in slot.entities for e in relations) and only in {
        e.text.casefold() for e in relations
    }:
        return [CannotHandle()]
    return None


def _decision(s: Situation) -> list[Command] | None:
    """A holder's answer to a request for access, in words: "approve Hugo's request"."""
    decision = s.words.decides(s.heard.text)
    collect = s.open_collect()
    if decision is None:
        return None
    if collect is not None and collect.slot in _DECIDING:
        agrees = _DECIDING[collect.slot] == decision
        return _unseen_card(s) or [SetSlots({collect.slot: agrees})]
    if not s.words.speaks_of_request(s.heard.text) and not _may_mean_a_request(s):
        return None
    asking = next(iter(people_named(s.heard.parse)), None)
    return [StartFlow(DECIDE, {"request_decision": decision, "request_of": asking})]


def _may_mean_a_request(s: Situation) -> bool:
    """Whether "no, refuse that" can only be about a request that this chat was told of."""
    told = any(button.payload.startswith(f"/{DECIDE}") for button in s.state.buttons.values())
    return told and s.open_collect() is None and len(s.heard.text.split()) <= MAX_ANSWER_WORDS


def _two_requests(s: Situation) -> list[Command] | None:
    """Two requests in one message: both are named, then done one after the other."""
    parts = s.heard.parse.requests
    if not parts or s.open_collect() is not None:
        return None
    wished = [of_intent(p.intent.name, replace(s, heard=replace(s.heard, parse=p))) for p in parts]
    commands = [command for part in wished if part for command in part]
    tasks = [StartFlow(c.flow, c.slots) for c in commands if isinstance(c, StartFlow | QueueFlow)]
    answers = [c for c in commands if not isinstance(c, StartFlow | QueueFlow | StartPattern)]
    patterns = [c for c in commands if isinstance(c, StartPattern)]
    said = [c for c in patterns if c.pattern != CHECKLIST]
    return [*said, *answers, *in_turn(tasks, s)]


def _question(s: Situation) -> list[Command] | None:
    """5. A question, or a task that only shows something: answer, then ask again."""
    intent = s.heard.parse.intent.name
    collect = s.open_collect()
    if collect and names_an_account(s.domain.slots[collect.slot], s.heard):
        return None
    if collect and answers_plainly(s.domain.slots[collect.slot], s.heard):
        return None
    if intent.startswith("faq/") or intent in READ_ONLY_TASKS:
        return of_intent(intent, s)
    return None


def _answer(s: Situation) -> list[Command] | None:
    """6. The open slot's own reader."""
    collect = s.open_collect()
    frame = s.state.top
    if collect is None or frame is None:
        return None
    slot = s.domain.slots[collect.slot]
    value = read_answer(slot, s.heard, s.words)
    if value is None or _is_about_somebody_else(s, frame) or _is_another_task(s, frame, slot):
        return None
    also = filled_by_entities(s.domain, s.domain.flows[frame.flow], s.heard.parse)
    if not (slot.takes_relations and _wished(s) == frame.flow):  # "take TV from Hugo" says it all
        also = {name: given for name, given in also.items() if s.state.slots.get(name) is None}
    return _unseen_card(s) or [SetSlots({**also, collect.slot: value})]


def _wished(s: Situation) -> str | None:
    """Return the task that the message is a wish for."""
    return s.domain.triggers.get(s.heard.parse.intent.name)


def _is_another_task(s: Situation, frame: Frame, slot: Slot) -> bool:
    """Whether "change Hugo's name" is said where somebody is asked for: a wish, no answer."""
    sure = s.heard.parse.intent.confidence >= QUITE_SURE
    other = _wished(s) not in (None, frame.flow)
    return slot.takes_relations and other and sure and not answers_plainly(slot, s.heard)


def _is_about_somebody_else(s: Situation, frame: Frame) -> bool:
    """Whether it is a task for another person: "and take TV from Hugo" is no answer about Léa."""
    named = people_named(s.heard.parse)
    if s.heard.parse.intent.name not in s.domain.triggers or not named:
        return False
    about = frame.context.get("about", [])
    known = {fold(str(one)) for one in [*about, *s.state.slots.values()] if isinstance(one, str)}
    asks_who = s.domain.slots[s.state.question.slot].entities if s.state.question else ()
    return "person" not in asks_who and not {fold(one) for one in named} & known


def _after_silence(s: Situation) -> list[Command] | None:
    """A word to a bot that waits for an answer since long ago: say where things stand."""
    task = next((f for f in s.state.stack if not s.domain.flows[f.flow].is_pattern), None)
    small_talk = s.heard.parse.intent.name in {*CHITCHAT, *UNKNOWN}
    if not s.after_silence or task is None or not small_talk:
        return None
    return [StartPattern("pattern_resume", {"task": dict(s.domain.flows[task.flow].names)})]


def _intent(s: Situation) -> list[Command] | None:
    """7. Another task, small talk, a wish for a person: what the classifier is sure of."""
    intent = s.heard.parse.intent.name
    answers = intent in {"affirm", "deny"} or s.words.means(s.heard.text) & ANSWERS
    if answers and s.open_collect() is not None:
        return None
    if intent == "out_of_scope" and (
        _answers_badly(s) or _said_last(REFUSAL, s.state) or (s.waits and not s.open_collect())
    ):
        return None
    return of_intent(intent, s)


def _answers_badly(s: Situation) -> bool:
    """Whether a message nobody wrote examples for is so short that it was meant as an answer."""
    return s.open_collect() is not None and len(s.heard.text.split()) <= SHORT


def _said_last(response: str, state: DialogueState) -> bool:
    return any(reply["response"] == response for reply in state.last_replies)


def _unsure(s: Situation) -> list[Command] | None:
    """Two or three readings: ask which one, unless a question is open already."""
    if s.heard.parse.unsure and s.open_collect() is None:
        return [StartPattern("pattern_clarification", {"options": list(s.heard.parse.unsure)})]
    return None


RULES: tuple[Rule, ...] = (
    _not_text,
    _start,
    edited,
    _button,
    _code,
    danger,
    _label,
    _control_word,
    dispute,
    correction,
    _relation,
    _decision,
    _two_requests,
    _question,
    _answer,
    _after_silence,
    _intent,
    _unsure,
)
