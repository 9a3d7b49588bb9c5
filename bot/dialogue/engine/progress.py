"""How far a flow has come: which of its questions are answered, and the way back to one."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.dialogue.engine.stack import Frame
from bot.dialogue.flows.domain import Collect, Flow


def answered(frame: Frame, flow: Flow, slots: Mapping[str, Any]) -> list[str]:
    """Return the questions of a frame that still have their answer, in order."""
    asked = [(step_id, flow.steps[step_id]) for step_id in frame.passed]
    return [i for i, step in asked if isinstance(step, Collect) and step.slot in slots]


def forget_from(frame: Frame, known: Sequence[str], left: Sequence[str]) -> None:
    """Go back to the first question whose answer an action has just taken back.

    `known` are the questions that had their answer before, `left` those that still have it.
    """
    frame.step = next(step_id for step_id in known if step_id not in left)
    del frame.passed[frame.passed.index(frame.step) :]


def look_again(frame: Frame) -> None:
    """Walk again from the last answer: what the card stood on may be gone by now."""
    if frame.passed:
        frame.step = frame.passed[-1]
    frame.context["announced_by"] = "pattern_card_changed"


def reopen(frame: Frame, step_id: str) -> None:
    """Have a question asked anew whose answer led to nothing: it is no way back to itself."""
    if step_id in frame.passed:
        del frame.passed[frame.passed.index(step_id) :]
    if step_id in frame.answered:
        frame.answered.remove(step_id)
