"""What the person has before them: the buttons that can be meant, and whether a card is open."""

from bot.dialogue.engine.state import DialogueState, LiveButton
from bot.dialogue.flows.domain import Collect, Domain
from bot.dialogue.understanding.situation import stands


def offered(state: DialogueState) -> list[LiveButton]:
    """Return the buttons on the screen: of the open question, else of the last message."""
    asked = state.question is not None
    replies = state.last_replies if asked else state.last_replies[-1:]
    buttons = state.shown(replies)
    return [b for b in buttons if b.frame and stands(b, state)] if asked else buttons


def card_is_open(state: DialogueState, domain: Domain) -> bool:
    """Whether the open question is a card that waits for a yes."""
    frame = state.stack.top if state.question is not None else None
    step = domain.flows[frame.flow].steps.get(frame.step) if frame else None
    return isinstance(step, Collect) and step.ask_before_filling
