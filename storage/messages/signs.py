"""What a chat is shown beside words, where its messenger can: used buttons, a passing word, a menu.

They leave in the order of the chat like everything that is said there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from storage.messages.chat_outbox import KEYBOARD
from storage.messages.outbox import Outbox
from storage.messages.tables import outbox
from storage.transaction import Repository, part

SIGNS = frozenset({KEYBOARD, "toast", "menu"})
"""The kinds of `act` that are no words: nobody misses one that a messenger did not take."""


@dataclass(frozen=True, slots=True)
class Keyboard:
    """The buttons of a question, and the row of the message that has them."""

    row: int
    buttons: Sequence[dict[str, str]]


@dataclass(frozen=True, slots=True)
class SignOf:
    """Where a sign is given: in which chat, by which turn, in which language, and as whom."""

    conversation_id: int
    inbox_id: int | None
    channel: str
    language: str
    speaker: str


class Signs(Repository):
    _outbox = part(Outbox)

    def keyboard(self, conversation_id: int, question: str) -> Keyboard | None:
        """The buttons that stand under a question; it may be on its way."""
        newest = (
            select(outbox.c.id, outbox.c.buttons)
            .where(outbox.c.conversation_id == conversation_id, outbox.c.question == question)
            .where(outbox.c.dead_at.is_(None))
            .order_by(outbox.c.id.desc())
            .limit(1)
        )
        row = self._connection.execute(newest).one_or_none()
        return Keyboard(*row) if row is not None and row.buttons else None

    def used(self, sign: SignOf, keyboard: Keyboard, chosen: dict[str, str] | None) -> None:
        """Take the buttons away, but for the chosen one."""
        act = {"kind": KEYBOARD, "of": keyboard.row}
        self._give(sign, act, buttons=[chosen] if chosen else [])

    def toast(self, sign: SignOf, tap: str, text: str) -> None:
        """Answer a tap with words that pass."""
        self._give(sign, {"kind": "toast", "tap": tap}, text=text)

    def menu(self, sign: SignOf, standing: str) -> None:
        """Show the commands that fit how the chat stands."""
        self._give(sign, {"kind": "menu", "standing": standing})

    def _give(
        self,
        sign: SignOf,
        act: dict[str, Any],
        *,
        text: str = "",
        buttons: Sequence[dict[str, str]] = (),
    ) -> None:
        self._outbox.reply(
            conversation_id=sign.conversation_id,
            inbox_id=sign.inbox_id,
            channel=sign.channel,
            template=f"sign_{act['kind']}",
            text=text,
            language=sign.language,
            parameters={},
            buttons=list(buttons),
            sent=False,
            speaker=sign.speaker,
            act=act,
        )
