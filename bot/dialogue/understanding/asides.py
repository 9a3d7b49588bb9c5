"""What may be said whatever is open: steering, questions, alarms, a wish for a person."""

from collections.abc import Callable
from functools import partial

from bot.dialogue.agents import BACK_TO_BOT
from bot.dialogue.engine.commands import (
    DROPPING,
    CancelFlow,
    CannotHandle,
    Command,
    GoBack,
    RepeatBotMessages,
    Restart,
    SetSlots,
    StartFlow,
    StartPattern,
    SwitchLanguage,
)
from bot.dialogue.understanding.answering import UNKNOWN
from bot.dialogue.understanding.proposals import Proposal, propose
from bot.dialogue.understanding.situation import Situation, said_before
from bot.dialogue.understanding.starting import commands_of, receipt_shown
from bot.languages import LANGUAGES, others
from intents.context import Wish
from intents.tasks import ACTS

CHITCHAT = frozenset({"greet", "goodbye", "thank", "bot_challenge"})
SWITCH_TO = "switch_to_"
SHORT, A_FEW, SURE = 2, 3, 0.6
MANY_ANSWERS = 3
"""So many are not dropped without a question."""
LEAVING = "leaving_confirmation"
OUT_OF_SCOPE = "utter_out_of_scope"
HARM = "alarm"


def alarm(s: Situation) -> Proposal | None:
    """Hacked, a secret typed or asked for, a mail out of nowhere, the mailbox is lost, a death."""
    kinds = [span.tags[HARM] for span in s.reading.spans if span.has(HARM)]
    kind = "secret_typed" if s.tells_secret else kinds[0] if kinds else ""
    wished = bool(s.reading.said())
    if not kind or wished or (s.reading.asks and kind in {"bereavement", "unexpected_mail"}):
        return None
    last = (str(reply["response"]) for reply in s.state.last_replies)
    again = any(response.removeprefix("utter_alarm_") == kind for response in last)
    return propose(StartPattern("pattern_alarm", {"kind": kind, "again": again}))


def human(s: Situation) -> Proposal | None:
    """A wish for a person, from anywhere: "my bill is wrong, I need an agent"."""
    if s.waits and not s.state.stack:
        return None
    said = s.reading.control == "talk_to_human"
    asked = any(span.tags.get("control") == "talk_to_human" for span in s.reading.spans)
    sure = s.reading.intent == "talk_to_human" and s.reading.confidence >= SURE
    if s.card_is_open():  # "Thibeault, avec un e", "donnez-moi deux minutes"
        sure = sure and s.reading.has("act", "want", "ask_bot", "me", "you", "control")
        sure = sure and not s.reading.has("wait")
    wished = any(w.whom or w.services or w.values or w.change for w in s.reading.said())
    if said or (
        not wished and (sure or (asked and s.reading.intent in {"talk_to_human", *UNKNOWN}))
    ):
        call = StartPattern("pattern_human_handoff")
        dropped = s.card_is_open() and s.reading.refuses_first  # "no, stop, get me a person"
        return Proposal([CancelFlow(quiet=True), call]) if dropped else propose(call)
    return None


def cancelled(s: Situation) -> Proposal | None:
    """A plain no or "never mind" drops the task in hand."""
    reading = s.reading
    return of_intent("cancel", s) if reading.answer == "no" and reading.has("cancel") else None


def control(s: Situation) -> Proposal | None:
    """Steering words that are the whole message."""
    said = s.reading.control
    if s.reading.has("cancel") and s.reading.answer == "no":
        return of_intent("cancel", s)
    slot = s.open_slot()
    if said in {"resend_code", "other_name"}:
        choice = {"resend_code": "resend", "other_name": "other_name"}[said]
        takes = slot is not None and slot.name == "one_time_code"
        return propose(SetSlots({"one_time_code": choice})) if takes else None
    answers = slot is not None and said.startswith(SWITCH_TO) and "language" in slot.entities
    return of_intent(said, s) if said and not answers else None


def question(s: Situation) -> Proposal | None:
    """A question, or a task that only shows something: answer, then ask again."""
    reading = s.reading
    asked = reading.said("question")
    if asked and not (reading.intent.startswith("faq/") and not _about_somebody(asked, s)):
        return Proposal(commands_of(asked, s))
    intent = reading.intent
    only_shows = s.domain.only_shows(intent)
    shows = only_shows and not reading.wishes and (reading.asks or reading.has("act"))
    waits = reading.has("wait") and s.open_collect() is not None and not reading.asks
    if waits and not asked:
        return None
    article = intent.startswith("faq/") and not _is_bare(s)
    if article or shows or (only_shows and not s.open_collect()):
        return of_intent(intent, s)
    if reading.asks and (about := s.domain.article_about(intent)):
        return of_intent(f"faq/{about}", s)
    return None


def _is_bare(s: Situation) -> bool:
    """Whether a word or two at an open question say too little for an article."""
    reading = s.reading
    unsure = not reading.asks and reading.words <= SHORT and reading.confidence < SURE
    return unsure and s.open_collect() is not None


def _about_somebody(asked: list[Wish], s: Situation) -> bool:
    about = ("show_history", "request_status", "leave_account")
    open_questions = {"people", "status"} if s.reading.has("state") else {"people"}
    return any(
        w.whom or w.services or w.intent in about or w.values.get("aspect") in open_questions
        for w in asked
    )


def wait(s: Situation) -> Proposal | None:
    """Somebody asks for time, or is not sure: what is open stays open."""
    reading = s.reading
    patient = reading.has("wait", "later") or s.card_is_open()
    if not reading.waits or not s.open_collect() or reading.asks or not patient:
        return None
    return propose(StartPattern("pattern_wait", {"card_open": s.card_is_open()}))


def dispute(s: Situation) -> Proposal | None:
    """A refusal that the person does not accept: a person can look at it."""
    said = (str(reply["response"]) for reply in s.state.last_replies)
    refused = any(s.domain.outcome(response) == "refused" for response in said)
    if refused and s.reading.has("dispute"):
        return propose(StartPattern("pattern_offer_person"))
    return None


def plain_dispute(s: Situation) -> Proposal | None:
    """The same in a few words: "pourquoi pas?" asks for no article."""
    return dispute(s) if s.reading.words <= A_FEW else None


def resumed(s: Situation) -> Proposal | None:
    """A word to a bot that waits for an answer since long ago: say where things stand."""
    task = next((f for f in s.state.stack if not s.domain.flows[f.flow].is_pattern), None)
    if not s.after_silence or task is None or s.reading.intent not in {*CHITCHAT, *UNKNOWN}:
        return None
    return propose(StartPattern("pattern_resume", {"task": dict(s.domain.flows[task.flow].names)}))


_DROPPING = frozenset({"cancel", "restart", "go_back", "leave_queue"})
"""What loses answers needs plain words."""


def small_talk(s: Situation) -> Proposal | None:
    """Greetings, steering in other words, what is none of the bot's business."""
    intent, reading = s.reading.intent, s.reading
    steers = intent in {"affirm", "deny"} or (reading.asks and intent in _CONVERSATION)
    unsure = reading.confidence < SURE or (intent in CHITCHAT and reading.acts)
    if (steers or unsure) and s.open_collect() is not None:
        return None
    if intent == "out_of_scope":
        said = said_before(OUT_OF_SCOPE, s)
        short = s.open_collect() is not None and reading.words <= SHORT
        if short or said or (s.waits and not s.open_collect()) or s.card_is_open():
            return None
    if intent in _DROPPING and not reading.has("cancel", "no", "control"):
        return None
    of_somebody = reading.people or reading.has("person", "email")
    if intent in s.domain.triggers or (intent == "switch_language" and of_somebody):
        return None
    proposal = of_intent(intent, s)
    return Proposal(proposal.commands, 0.5, reading.confidence) if proposal else None


def of_intent(intent: str, s: Situation) -> Proposal | None:
    """Return what an intent alone asks for."""
    flow = s.domain.triggers.get(intent)
    if flow is not None:
        return Proposal(commands_of([wish_for(intent, s)], s))
    if intent.startswith("faq/"):
        return propose(StartPattern("pattern_search", {"article_id": intent.removeprefix("faq/")}))
    if intent in CHITCHAT:
        return propose(StartPattern("pattern_chitchat", {"intent": intent}))
    if intent in {"affirm", "deny"}:
        return propose(StartPattern("pattern_nothing_open", {"intent": intent}))
    rule = _CONVERSATION.get(intent)
    command = rule(s) if rule is not None else None
    return propose(command) if command is not None else None


def other_task(s: Situation) -> Proposal | None:
    """Another task that the classifier is sure of, where no verb says it: "sign out"."""
    reading, flow = s.reading, s.task()
    mine = flow.triggers if flow else ()
    known = reading.intent in s.domain.triggers and reading.intent not in mine
    if not known or reading.wishes or reading.asks or reading.confidence < SURE or reading.answer:
        return None
    return of_intent(reading.intent, s) if reading.acts and verbs_fit(reading.intent, s) else None


def verbs_fit(intent: str, s: Situation) -> bool:
    """Whether the verbs that were said can mean a task: nobody is deleted with a "keep"."""
    acts = set(s.reading.acts)
    return not acts or not acts.isdisjoint(ACTS.get(intent, acts))


def wish_for(intent: str, s: Situation) -> Wish:
    """Return a wish with all that the message names."""
    reading = s.reading
    values = dict(reading.values) | {"fields": tuple(reading.fields)}
    return Wish(intent, "wish", reading.people, services=reading.services, values=values)


def _uninvited(s: Situation) -> Command | None:
    """As in "cancel it then", right after an invitation was spoken of: the card that removes."""
    spoken = s.context.topic.people
    person = s.context.person(spoken[0]) if len(spoken) == 1 else None
    invited = person is not None and person.status == "invited"
    if s.state.stack or not (invited and s.reading.has("it")):
        return None
    return StartFlow(s.domain.triggers["delete_user"], {"deleted_user": spoken[0]})


def _cancel(s: Situation) -> Command:
    """Drop what is open; with nothing open, "cancel" right after a receipt means its Undo."""
    if s.waits and (not s.state.stack or _asks(s, LEAVING)):
        return leave(s)
    if s.state.stack or not s.context.topic.done:
        return _uninvited(s) or _asked_first(CancelFlow(), s)
    return StartFlow(s.domain.triggers["undo_change"], receipt_shown(s))


def _restart(s: Situation) -> Command:
    return _asked_first(Restart(), s)


def _asked_first(command: CancelFlow | Restart, s: Situation) -> Command:
    """Ask before several answers are lost, where that was typed and is not said twice."""
    whole = isinstance(command, Restart)
    few = s.state.stack.given(s.domain.flows, whole=whole) < MANY_ANSWERS
    if few or _asks(s, DROPPING) or s.heard.button or s.heard.command:
        return command
    return StartPattern("pattern_confirm_drop", {"restarts": whole})


def leave(s: Situation) -> Command:
    """Leave the queue: it is asked about first."""
    if asks_to_leave(s):
        return SetSlots({LEAVING: True})
    return StartPattern("pattern_leave_queue", {"waits": s.waits})


def asks_to_leave(s: Situation) -> bool:
    """Whether it is asked right now if somebody wants to lose their place."""
    return _asks(s, LEAVING)


def _asks(s: Situation, name: str) -> bool:
    slot = s.open_slot()
    return slot is not None and slot.name == name


def _switch_to(code: str, _: Situation) -> Command:
    return SwitchLanguage(code)


def _switch(s: Situation) -> Command:
    named = s.reading.values.get("language")
    wanted = (named,) if isinstance(named, str) and named in LANGUAGES else others(s.language)
    if len(wanted) == 1:
        return SwitchLanguage(wanted[0])
    return StartPattern("pattern_clarification", {"options": [SWITCH_TO + code for code in wanted]})


_CONVERSATION: dict[str, Callable[[Situation], Command | None]] = {
    "cancel": _cancel,
    "leave_queue": leave,
    BACK_TO_BOT: lambda s: leave(s) if s.waits else StartPattern("pattern_back_to_bot"),
    "go_back": lambda _: GoBack(),
    "restart": _restart,
    "repeat": lambda _: RepeatBotMessages(),
    "skip": lambda s: StartPattern("pattern_skip_question") if s.open_collect() else None,
    "explain": lambda s: CannotHandle() if s.open_collect() else StartPattern("pattern_help"),
    "help": lambda s: (
        CannotHandle()  # "I don't really know which": of what is asked
        if s.open_collect() and s.reading.has("hedge") and not s.reading.control
        else StartPattern("pattern_help")
    ),
    "talk_to_human": lambda _: StartPattern("pattern_human_handoff"),
    "out_of_scope": lambda _: StartPattern("pattern_out_of_scope"),
    "switch_language": _switch,
    **{f"{SWITCH_TO}{code}": partial(_switch_to, code) for code in LANGUAGES},
}
