"""Manners beside words: used buttons go, an old one is answered in passing, the menu fits.

A turn writes them down after its replies, so that nothing that is said waits for them.
"""

from dataclasses import dataclass
from typing import Literal

from bot.chats import Capabilities
from bot.dialogue.engine.state import DialogueState, Question
from bot.dialogue.message import Message
from bot.dialogue.responses.replies import Reply
from storage.messages.signs import SignOf
from storage.unit_of_work import UnitOfWork

Standing = Literal["new", "verified", "waiting", "agent"]
"""How a chat stands, as far as its menu is concerned."""


def standing(owner: str, *, verified: bool) -> Standing:
    """Return how a chat stands: who has it comes before who has proved what."""
    if owner == "agent":
        return "agent"
    if owner == "queue":
        return "waiting"
    return "verified" if verified else "new"


@dataclass(frozen=True, slots=True)
class Manners:
    """The signs of one turn."""

    uow: UnitOfWork
    can: Capabilities
    message: Message
    sign: SignOf

    def passes(self, reply: Reply) -> bool:
        """Answer the tap that brought a reply about; whether the reply itself can be left out."""
        tap = self.message.tap
        if not (reply.toast and tap and self.can.toasts):
            return False
        self.uow.signs.toast(self.sign, tap, reply.toast)
        return not reply.buttons

    def close(self, asked: Question | None, state: DialogueState) -> None:
        """Take the buttons of a question away that is open no longer, but for the chosen one."""
        still = state.question is not None and asked is not None and state.question.id == asked.id
        if asked is None or still or not (self.can.taps and self.can.edits):
            return
        keyboard = self.uow.signs.keyboard(self.sign.conversation_id, asked.id)
        if keyboard is not None:
            tapped = self.message.button
            chosen = next((b for b in keyboard.buttons if b.get("payload") == tapped), None)
            self.uow.signs.used(self.sign, keyboard, chosen)

    def show_menu(self, state: DialogueState, now: Standing) -> None:
        """Have the menu fit how the chat stands, where that is new."""
        if self.can.menus and now != state.menu:
            self.uow.signs.menu(self.sign, now)
            state.menu = now
