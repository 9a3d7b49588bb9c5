"""Danger, plain or possible, and when it is over (docs/decisions/0041-danger-is-a-meaning.md)."""

from collections.abc import Sequence

from bot.dialogue.engine.commands import Command, CorrectSlots, SetSlots, StartPattern
from bot.dialogue.understanding.proposals import Proposal, propose
from bot.dialogue.understanding.situation import Situation, said_before

OFFERED = "utter_private_offer"
A_FEW = 3
LIKELY, UNEASY, CERTAIN = 0.5, 0.8, 0.97
"""How sure the detector must be: where something else is understood, where it is the whole message
or a question is open, and where the words answer it."""


def danger(s: Situation) -> Proposal | None:
    """Plain danger: nothing else matters, and nobody else is told."""
    return propose(StartPattern("pattern_private_handoff")) if is_in_danger(s) else None


def is_in_danger(s: Situation) -> bool:
    """Whether danger is plain; of half a message only what it says in so many words is."""
    reading = s.reading
    return reading.danger == "plain" and (reading.says_danger or not s.heard.hidden)


def all_is_well(s: Situation) -> bool:
    """Whether somebody takes back what sounded like danger: "I'm fine now", "it was a joke"."""
    said = s.private or said_before(OFFERED, s)
    return said and s.reading.says_well and s.reading.danger != "plain"


def may_be_in_danger(s: Situation, understood: Sequence[Command]) -> bool:
    """Whether a person is to be asked, discreetly and once, if all is well.

    Where something else is `understood`, and more so at an open question, the detector must be
    surer: answers sound uneasy that are not. A few words there say too little: "maybe", "not now".
    """
    heard = s.reading
    known = is_in_danger(s) or s.private or said_before(OFFERED, s)
    if heard.danger == "none" or s.waits or known:
        return False
    if s.open_collect() is None:
        whole = understood and heard.wishes and not heard.left
        least = UNEASY if whole else LIKELY if understood else 0.0
    elif heard.words <= A_FEW:
        return False
    else:
        answers = any(isinstance(command, SetSlots | CorrectSlots) for command in understood)
        least = CERTAIN if answers or heard.answer else UNEASY
    return heard.sighting.parse.danger.confidence >= least
