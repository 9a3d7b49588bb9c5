"""Choosing among buttons by typing: a title, a number, several numbers, words for it."""

import re
from typing import Any

from bot.dialogue.domain import Collect
from bot.dialogue.payloads import set_slots
from bot.dialogue.situation import Situation
from bot.dialogue.state import DialogueState, LiveButton
from bot.dialogue.words import fold

SEPARATORS = re.compile(r" (?:and |et |plus |\+ |& )?")
NUMBERS = frozenset(map(str, range(1, 13)))


def stands(button: LiveButton, state: DialogueState) -> bool:
    """Whether the card that a button belongs to is still the open one."""
    if button.frame is None:
        return True
    question = state.question
    return question is not None and (button.frame, button.slot, button.digest) == (
        question.frame,
        question.slot,
        question.digest,
    )


def chosen_button(s: Situation) -> LiveButton | None:
    """Return the button whose title, number or meaning was typed."""
    wanted = fold(s.heard.text)
    shown = _offered(s)
    meant = s.words.means(s.heard.text)
    chosen = [
        button
        for button in shown
        if wanted in map(fold, button.titles) or meant.intersection(_fills_in(button))
    ]
    if not chosen and (number := next(iter(NUMBERS & {wanted, *meant}), None)):
        chosen = shown[int(number) - 1 : int(number)]
    return chosen[-1] if wanted and chosen else None


def chosen_values(s: Situation, collect: Collect) -> list[Any] | None:
    """Return the values of several numbers where several may be chosen: "1 and 3"."""
    shown = _offered(s)
    numbers = SEPARATORS.split(fold(s.heard.text))
    if s.domain.slots[collect.slot].type != "list" or len(numbers) == 1:
        return None
    if not all(number in NUMBERS and int(number) <= len(shown) for number in numbers):
        return None
    payloads = [set_slots(shown[int(number) - 1].payload) or {} for number in numbers]
    return [values[collect.slot] for values in payloads]


def _fills_in(button: LiveButton) -> list[str]:
    """Return what a button would fill in, where that is a word: "resend", "all"."""
    return [value for value in (set_slots(button.payload) or {}).values() if isinstance(value, str)]


def _offered(s: Situation) -> list[LiveButton]:
    """Return the buttons of the open question, else those of the last message."""
    asked = s.open_collect() is not None
    replies = s.state.last_replies if asked else s.state.last_replies[-1:]
    buttons = s.state.shown(replies)
    return [b for b in buttons if b.frame and stands(b, s.state)] if asked else buttons
