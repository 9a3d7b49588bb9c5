"""The terminal channel: a chat on standard input and output."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from typing import TextIO

from bot.channels.answering import Answers
from bot.channels.channel import Incoming, numbered
from bot.channels.terminal.desk import TerminalDesk
from bot.chats import Capabilities, ChatKey
from bot.dialogue.message import Message
from storage.messages.chat_outbox import ChatRow
from storage.messages.outbox_rows import OutboxRow

CHANNEL = "terminal"
CAN = Capabilities(answers_at_once=True, paced=False)
PERSON = "you"
TO_AGENT, TO_CUSTOMER = "/agent", "/customer"
"""Where agents are connected, these change sides."""


class TerminalChannel:
    """Reads one message a line and prints the replies as plain text."""

    def __init__(self, answers: Answers, *, chat_id: str, desk: TerminalDesk | None = None) -> None:
        self._desk = desk
        self._at_desk = False
        self._exchange = answers
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
        return await self.say(line)

    async def _unasked(self, heading: str | None = None) -> list[str]:
        """Return what the customer is told without having said anything."""
        said = [as_text(row) for row in await asyncio.to_thread(self._exchange.unasked, self._chat)]
        return [heading, *said] if said and heading else said

    async def say(self, text: str) -> list[str]:
        """Send one message and return the replies of its turn."""
        number = f"{asyncio.get_running_loop().time()}-{next(self._numbers)}"
        answer = await self._exchange.to(Incoming(self._chat, number, PERSON, Message(text)))
        return [as_text(reply) for reply in answer.replies]


def as_text(reply: OutboxRow | ChatRow) -> str:
    """Return a reply for the screen, an empty line below it."""
    return f"{numbered(reply.text or '', reply.buttons)}\n"
