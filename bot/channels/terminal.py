"""The terminal channel: a chat on standard input and output."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Sequence
from typing import TextIO

from bot.channels.dispatcher import Dispatcher
from bot.channels.intake import ChatKey, Intake
from bot.dialogue.message import Message
from storage.database import Database
from storage.outbox import OutboxRow

CHANNEL = "terminal"
PERSON = "you"


class TerminalChannel:
    """Reads one message a line and prints the replies as plain text."""

    def __init__(
        self, database: Database, intake: Intake, dispatcher: Dispatcher, *, chat_id: str
    ) -> None:
        self._database = database
        self._intake = intake
        self._dispatcher = dispatcher
        self._chat = ChatKey(CHANNEL, CHANNEL, chat_id)
        self._numbers = itertools.count(1)

    async def chat(
        self,
        lines: TextIO,
        screen: TextIO,
        after_turn: Callable[[], Awaitable[None]],
        prompt: str = "",
    ) -> None:
        """Talk until the input ends; `after_turn` runs before the next line is read."""
        while True:
            if prompt:
                print(prompt, end="", file=screen, flush=True)
            line = await asyncio.to_thread(lines.readline)
            if not line:
                return
            for reply in await self.say(line.rstrip("\n")):
                print(as_text(reply), file=screen, flush=True)
            await after_turn()

    async def say(self, text: str) -> Sequence[OutboxRow]:
        """Send one message and return the replies of its turn."""
        update_id = f"{asyncio.get_running_loop().time()}-{next(self._numbers)}"
        inbox_id, _ = await asyncio.to_thread(
            self._intake.receive, self._chat, update_id, PERSON, Message(text)
        )
        await self._dispatcher.work_off(self._chat, until=inbox_id)
        return await asyncio.to_thread(self._replies, inbox_id)

    def _replies(self, inbox_id: int) -> Sequence[OutboxRow]:
        with self._database.read() as uow:
            return uow.outbox.replies(inbox_id)


def as_text(reply: OutboxRow) -> str:
    """Return a reply with its buttons below it, numbered, for typing."""
    titles = [button["title"] for button in reply.buttons]
    buttons = [f"   [{number}] {title}" for number, title in enumerate(titles, start=1)]
    return "\n".join([reply.text or "", *buttons, ""])
