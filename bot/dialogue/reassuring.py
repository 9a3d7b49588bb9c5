"""What is said beside an answer: that a secret was hidden, that a place in the queue is kept."""

from collections.abc import Mapping, Sequence

from bot.chats import content_called
from bot.dialogue.agents import Agents, Passed
from bot.dialogue.engine.commands import Command, StartFlow, StartPattern
from bot.dialogue.engine.in_process import Utterance
from bot.dialogue.engine.tracker import Tracker
from bot.dialogue.message import Message
from bot.dialogue.responses.catalogue import Responses
from bot.dialogue.responses.replies import Replies
from storage.handoff.handoffs import Case
from storage.identity.sign_in_inside import SIGNED_IN
from storage.messages.conversations import ConversationRow
from storage.unit_of_work import UnitOfWork

ALARM = "pattern_alarm"
TOLD = "handoff_told"
"""The slot with what a person was told in a case, and how often."""
HIDDEN, KEPT = "hidden", "kept"
"""That a secret is kept from the agent, and that their place is kept."""
ANSWERS = frozenset({"pattern_search", "pattern_help", "pattern_clarification"})
"""What is begun for a person beside a task."""


def warn(message: Message, commands: Sequence[Command], replies: Replies) -> None:
    """Have something private changed or kept back, whatever else the message is about."""
    told = any(isinstance(c, StartPattern) and c.pattern == ALARM for c in commands)
    if message.tells_private and not told:
        replies.say([Utterance("utter_alarm_secret_typed", {})], {})


def comes_too_late(message: Message, replies: Replies) -> bool:
    """Whether somebody signed in inside the messenger while an agent has the word, and is told."""
    if message.kind != SIGNED_IN:
        return False
    replies.say([Utterance("utter_signed_in_late", {})], {})
    return True


def tell_what_is_unseen(message: Message, passed: Passed, replies: Replies) -> None:
    """Say that something cannot be shown to the agent."""
    if not passed.seen:
        sent = {"kind": content_called(message.media or "")}
        replies.say([Utterance("utter_not_passed_on", sent)], {})


def tell_that_it_is_hidden(
    uow: UnitOfWork,
    conversation: ConversationRow,
    case: Case,
    tracker: Tracker,
    responses: Responses,
) -> None:
    """Say once a case, where an agent has the word, that a secret was kept from the agent."""
    if not _is_first(HIDDEN, case, tracker):
        return
    name, language = "utter_hidden_from_agent", conversation.language or case.language
    text = responses.text(name, language, {"agent": case.agent_name})
    uow.agent_words.say(conversation, text, language=language, template=name)


def keep_place_in_mind(
    uow: UnitOfWork, agents: Agents, case: Case | None, tracker: Tracker, replies: Replies
) -> None:
    """Say once a case that who asks the bot something meanwhile loses no place by it."""
    waits = case is not None and case.status == "queued"
    if case is not None and waits and _is_first(KEPT, case, tracker):
        replies.say([Utterance("utter_place_kept", agents.standing(uow, case))], {})


def told_in(case: Case, told: Mapping[str, int] | None) -> Mapping[str, int]:
    """Return how often each thing was told in this case; another one starts anew."""
    return told if told and told.get("case") == case.id else {"case": case.id}


def _is_first(thing: str, case: Case, tracker: Tracker) -> bool:
    """Whether something was not told in this case before; from now on it was."""
    told = told_in(case, tracker.state.slots.get(TOLD))
    tracker.set_slot(TOLD, {**told, thing: told.get(thing, 0) + 1})
    return thing not in told


def is_beside_the_waiting(commands: Sequence[Command]) -> bool:
    """Whether the bot begins something for the person that has nothing to do with the waiting."""
    return any(
        isinstance(command, StartFlow)
        or (isinstance(command, StartPattern) and command.pattern in ANSWERS)
        for command in commands
    )
