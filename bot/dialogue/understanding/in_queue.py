"""What somebody in the queue for a person says of the waiting, whatever else is open."""

from bot.dialogue.agents import BACK_TO_BOT
from bot.dialogue.engine.commands import StartPattern
from bot.dialogue.understanding.asides import asks_to_leave, leave, of_intent
from bot.dialogue.understanding.proposals import Proposal, propose
from bot.dialogue.understanding.situation import Situation

SURELY = 0.8
"""How likely it must be where a question is open that the message may answer."""
LEAVING = 0.8
"""How likely a wish to leave must be before it is asked about."""
FOR_AGENTS = frozenset({"leave", "more"})
"""What says nothing about the waiting itself; at an open question a cancel, or an answer to it."""


def waiting(s: Situation) -> Proposal | None:
    """What is said of the waiting; only leaving leaves it, and that asks."""
    if s.waits and s.reading.control == BACK_TO_BOT:
        return propose(leave(s))
    said = s.reading.queued
    if not _may_be_of_waiting(s):
        return None
    if said in FOR_AGENTS and s.reading.control == "talk_to_human":
        return of_intent("talk_to_human", s)
    if said == "hurry" and s.reading.intent == "cancel":
        return None  # "je ne veux plus attendre": a cancel asks whether to leave
    if said == "leave":
        return propose(leave(s)) if _surely_leaves(s) else None
    return propose(StartPattern("pattern_waiting", {"said": said}))


def meanwhile(s: Situation) -> Proposal | None:
    """The same at an open question, which then is asked again; to leave, said again, is a yes."""
    said, reading = s.reading.queued, s.reading
    if said == "leave" and asks_to_leave(s) and not reading.answer and _surely_leaves(s):
        return propose(leave(s))
    answers = reading.answer or reading.choices or reading.control or said in FOR_AGENTS
    if answers or not _may_be_of_waiting(s) or reading.sighting.waiting[said] < SURELY:
        return None
    return propose(StartPattern("pattern_waiting", {"said": said}))


def _may_be_of_waiting(s: Situation) -> bool:
    named = any(wish.whom or wish.services for wish in s.reading.said())
    return s.waits and bool(s.reading.queued) and not named


def _surely_leaves(s: Situation) -> bool:
    return s.reading.sighting.waiting["leave"] >= LEAVING
