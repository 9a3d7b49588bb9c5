"""What the person has before them: the buttons that can be meant, and whether a card is open."""

from dataclasses import replace

from bot.dialogue.engine.state import DialogueState, LiveButton
from bot.dialogue.flows.domain import Collect, Domain
from bot.dialogue.message import Message
from bot.dialogue.understanding.situation import stands
from storage.messages.inbox import InboxRow
from storage.unit_of_work import UnitOfWork


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


def card_left(
    uow: UnitOfWork, conversation: int, row: InboxRow, message: Message, state: DialogueState
) -> bool:
    """Whether what is asked for left for the person before this message came."""
    if state.question is None or message.button:
        return True
    left = uow.outbox.left_at(conversation, state.question.id)
    return left is not None and left <= row.received_at


def titled(message: Message, state: DialogueState) -> Message:
    """Name the button that was tapped, where the channel could not."""
    live = state.buttons.get(message.button or "")
    if live is None or "title" in message.beside or not live.titles:
        return message
    return replace(message, beside={**message.beside, "title": live.titles[0]})
