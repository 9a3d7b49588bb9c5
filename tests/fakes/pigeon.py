"""A second messenger: pigeons, which carry words both ways and can do nothing else.

It is the whole of what docs/how-to/a-channel.md asks of a channel, in the order told there.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from threading import Thread
from typing import Any

import httpx
from fastapi import APIRouter, Request, Response

from bot.app import App
from bot.channels.channel import Incoming, Messenger, Outcome, Receive
from bot.chats import Capabilities, ChatKey
from bot.dialogue.message import Message
from bot.faces import web_app
from bot.running import background
from storage.messages.chat_outbox import ChatRow

CHANNEL = "pigeon"
LOFT = "loft-1"
PATH = "/pigeon"
PATIENCE = 20.0
"""Seconds until a letter should have come."""

_numbers = count(1)


class LostError(Exception):
    """The pigeon did not come back, and nobody knows why."""


@dataclass(slots=True)
class Pigeon(Messenger):
    """Letters come by webhook. A sky of faults: what becomes of the next flights."""

    name = CHANNEL
    bot_id = LOFT
    can = Capabilities()
    sky: list[Exception | Outcome] = field(default_factory=list)
    brought: list[tuple[str, str]] = field(default_factory=list)
    """To whom, and what, in the order in which it arrived."""

    async def read(self, update: Any) -> Incoming | None:
        """Return what a letter says; one without a sender or a number is none."""
        try:
            sender, number, drawing = str(update["from"]), str(update["number"]), update["drawing"]
            words, kind = str(update["words"]), str(update["kind"])
        except (KeyError, TypeError):
            return None
        message = Message(words, kind=kind, message_id=number, media=drawing)
        return Incoming(ChatKey(CHANNEL, LOFT, sender), number, sender, message)

    async def deliver(self, row: ChatRow) -> Outcome:
        if self.sky:
            fault = self.sky.pop(0)
            if isinstance(fault, Exception):
                raise fault
            return fault
        self.brought.append((row.chat_id, row.text or ""))
        return Outcome("sent")

    def routers(self, receive: Receive) -> Sequence[APIRouter]:
        router = APIRouter(include_in_schema=False)

        @router.post(PATH)
        async def landed(request: Request) -> Response:
            await receive([await request.json()])
            return Response()

        return [router]


@dataclass(slots=True)
class Keeper:
    """Somebody who writes by pigeon, and reads what comes."""

    pigeon: Pigeon
    land: Callable[[dict[str, Any]], None]
    name: str = "diane"
    _read: int = 0

    def say(self, words: str, *, kind: str = "text", drawing: str | None = None) -> dict[str, Any]:
        """Send a letter; it is returned, so that a copy can be sent."""
        letter = {
            "from": self.name,
            "number": next(_numbers),
            "words": words,
            "kind": kind,
            "drawing": drawing,
        }
        self.land(letter)
        return letter

    @property
    def letters(self) -> list[str]:
        return [words for whom, words in list(self.pigeon.brought) if whom == self.name]

    def reads(self, part: str) -> list[str]:
        """Wait for a letter with these words in it; all that came since the last one."""
        deadline = time.monotonic() + PATIENCE
        while not any(part in words for words in self.letters[self._read :]):
            assert time.monotonic() < deadline, f"no {part!r} in {self.letters[self._read :]}"
            time.sleep(0.02)
        end = next(
            number
            for number, words in enumerate(self.letters)
            if number >= self._read and part in words
        )
        fresh, self._read = self.letters[self._read : end + 1], end + 1
        return fresh

    def asks(self, words: str, part: str) -> str:
        """Say something and wait for an answer with these words in it."""
        self.say(words)
        return self.reads(part)[-1]


@contextmanager
def flying(app: App) -> Iterator[Callable[[dict[str, Any]], None]]:
    """Run all messengers of a product, as `foyer run` does; what lets a letter land."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name="loft", daemon=True)
    thread.start()
    web = httpx.AsyncClient(
        transport=httpx.ASGITransport(web_app(app)), base_url=app.settings.address
    )
    lines = AsyncExitStack()

    async def start() -> None:
        for line in app.lines:
            await lines.enter_async_context(line.running())
        await lines.enter_async_context(background(app))

    async def land(letter: dict[str, Any]) -> None:
        (await web.post(PATH, json=letter)).raise_for_status()

    def wait_for(work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, loop).result(PATIENCE)

    wait_for(start())
    try:
        yield lambda letter: wait_for(land(letter))
    finally:
        wait_for(lines.aclose())
        wait_for(web.aclose())
        wait_for(loop.shutdown_default_executor())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE)
        loop.close()
