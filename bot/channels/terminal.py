"""The terminal channel: a chat on standard input and output."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import TextIO

from bot.channels.dispatcher import Dispatcher
from bot.channels.intake import ChatKey, Intake
from bot.channels.terminal_desk import TerminalDesk
from bot.dialogue.message import Message
from storage.database import Database
from storage.messages.chat_outbox import ChatRow
from storage.messages.outbox import OutboxRow

CHANNEL = "terminal"
PERSON = "you"
TO_AGENT, TO_CUSTOMER = "/agent", "/customer"
"""Where agents are connected, these change sides."""


class TerminalChannel:
    """Reads one message a line and prints the replies as plain text."""

    def __init__(
        self,
        database: Database,
        intake: Intake,
        dispatcher: Dispatcher,
        *,
        chat_id: str,
        desk: TerminalDesk | None = None,
    ) -> None:
        self._desk = desk
        self._at_desk = False
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
            for shown in await self._answers(line.rstrip("\n")):
                print(shown, file=screen, flush=True)
            await after_turn()

    async def _answers(self, line: str) -> list[str]:
        """Return what a line leads to, on the side of the customer or of the agents."""
        desk = self._desk
        if desk is not None and line.strip() in {TO_AGENT, TO_CUSTOMER}:
            self._at_desk = line.strip() == TO_AGENT
            return [await desk.begin()] if self._at_desk else await self._unasked()
        if desk is not None and self._at_desk:
            return [*await desk.say(line), *await self._unasked(desk.customer_sees)]
        return [as_text(reply) for reply in await self.say(line)]

    async def _unasked(self, heading: str | None = None) -> list[str]:
        """Return what the customer is told without having said anything."""
        said = await asyncio.to_thread(lambda: list(self._waiting()))
        return [heading, *said] if said and heading else said

    def _waiting(self) -> Iterator[str]:
        with self._database.write() as uow:
            conversation = uow.conversations.ensure(*self._key)
            while (row := uow.chat_outbox.take(conversation)) is not None:
                uow.chat_outbox.sent(row)
                yield as_text(row)

    @property
    def _key(self) -> tuple[str, str, str]:
        return self._chat.channel, self._chat.bot_id, self._chat.chat_id

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


def as_text(reply: OutboxRow | ChatRow) -> str:
    """Return a reply with its buttons below it, numbered, for typing."""
    titles = [button["title"] for button in reply.buttons]
    buttons = [f"   [{number}] {title}" for number, title in enumerate(titles, start=1)]
    return "\n".join([reply.text or "", *buttons, ""])
