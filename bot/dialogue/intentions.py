"""From an intent, or a button's payload, to commands: what is wished for, wherever it is said."""

from collections.abc import Callable

from bot.dialogue.calling import only_waits
from bot.dialogue.checklist import in_turn
from bot.dialogue.commands import (
    CancelFlow,
    Command,
    GoBack,
    RepeatBotMessages,
    Restart,
    SetSlots,
    StartFlow,
    StartPattern,
    SwitchLanguage,
)
from bot.dialogue.domain import Flow
from bot.dialogue.payloads import intent_of, set_slots
from bot.dialogue.people import WITH_THE_BOT
from bot.dialogue.reading import given_at_start, people_named
from bot.dialogue.situation import Situation

CHITCHAT = frozenset({"greet", "goodbye", "thank", "bot_challenge", "affirm", "deny"})
OTHER_LANGUAGE = {"en": "fr", "fr": "en"}
SEVERAL = 2
UNDO = "/undo_change"

Rule = Callable[[Situation], list[Command] | None]


def of_payload(payload: str, s: Situation) -> list[Command] | None:
    slots = set_slots(payload)
    if slots is not None:
        return [SetSlots(slots)]
    intent, entities = intent_of(payload)
    if intent == WITH_THE_BOT:
        return of_intent(str(entities["task"]), s)
    flow = s.domain.triggers.get(intent)
    if flow is not None:
        return [StartFlow(flow, entities)]
    return of_intent(intent, s) or [StartPattern(f"pattern_{intent}", entities)]


def of_intent(intent: str, s: Situation) -> list[Command] | None:
    flow = s.domain.triggers.get(intent)
    if flow is not None:
        return _tasks(s.domain.flows[flow], s)
    if intent.startswith("faq/"):
        return [StartPattern("pattern_search", {"article_id": intent.removeprefix("faq/")})]
    if intent in CHITCHAT:
        return [StartPattern("pattern_chitchat", {"intent": intent})]
    rule = _CONVERSATION.get(intent)
    return rule(s) if rule is not None else None


def _tasks(flow: Flow, s: Situation) -> list[Command]:
    """Return the task that is wished for; once for each person, where it is about one."""
    given = given_at_start(s.domain, flow, s.heard.parse, s.words)
    about = [name for name in flow.slots() if s.domain.slots[name].takes_relations]
    people = people_named(s.heard.parse)
    sorts_itself = any(s.domain.slots[name].type == "any" for name in flow.said)
    if len(about) != 1 or len(people) < SEVERAL or sorts_itself:
        return [StartFlow(flow.id, given)]
    return in_turn([StartFlow(flow.id, {**given, about[0]: one}) for one in people], s)


def _cancel(s: Situation) -> list[Command]:
    """Drop what is open; with nothing open, "cancel" right after a receipt means its Undo."""
    if only_waits(s):
        return [StartPattern("pattern_leave_queue")]
    offered = [button.payload for button in s.state.shown(s.state.last_replies)]
    undo = next((one for one in offered if one.startswith(UNDO)), None)
    if undo is None or s.state.stack:
        return [CancelFlow()]
    return of_payload(undo, s) or [CancelFlow()]


_CONVERSATION: dict[str, Rule] = {
    "cancel": _cancel,
    "leave_queue": lambda _: [StartPattern("pattern_leave_queue")],
    "go_back": lambda _: [GoBack()],
    "restart": lambda _: [Restart()],
    "repeat": lambda _: [RepeatBotMessages()],
    "skip": lambda s: [StartPattern("pattern_skip_question")] if s.open_collect() else None,
    "help": lambda _: [StartPattern("pattern_help")],
    "talk_to_human": lambda _: [StartPattern("pattern_human_handoff")],
    "out_of_scope": lambda _: [StartPattern("pattern_out_of_scope")],
    "switch_to_en": lambda _: [SwitchLanguage("en")],
    "switch_to_fr": lambda _: [SwitchLanguage("fr")],
    "switch_language": lambda s: [SwitchLanguage(_wanted_language(s))],
}


def _wanted_language(s: Situation) -> str:
    named = [e.value for e in s.heard.parse.entities if e.entity == "language"]
    return named[0] if named and named[0] in OTHER_LANGUAGE else OTHER_LANGUAGE[s.language]
