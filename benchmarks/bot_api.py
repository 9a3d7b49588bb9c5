"""A lean Bot API on the loopback: it hands updates over and notes when each is answered.

It runs in the process of the benchmark, so that nothing of it is counted as the bot's CPU. It
believes whatever a bot sends; tests/fakes/telegram is the one that looks closely.
"""

import asyncio
import json
import secrets
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

LOOPBACK = "127.0.0.1"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
AT_ONCE = 100
"""Updates in one answer to `getUpdates`: Telegram's own limit."""
POSTS_AT_ONCE = 40
"""Webhook requests side by side: Telegram's default."""
IDLE_SECONDS = 2.0
"""A webhook connection is used again within it; uvicorn closes one after five seconds."""
POST_AGAIN = 0.1
FIRST_BOT = 5001
ABOUT_NO_CHAT = {"getUpdates", "getMe", "setWebhook", "deleteWebhook", "setMyCommands"}
"""Methods that a bot also calls while nobody writes."""

Update = dict[str, Any]


@dataclass(slots=True)
class Line:
    """One bot, as Telegram sees it."""

    token: str
    pending: dict[int, Update] = field(default_factory=dict)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    """The bot polls, or has set its webhook."""
    webhook: str | None = None
    secret: str = ""
    handed: dict[int, float] = field(default_factory=dict)
    """When each chat that waits for an answer has handed its update over."""
    latencies: list[float] = field(default_factory=list)
    """Seconds from handing over to the first message to that chat."""
    buttons: dict[int, str] = field(default_factory=dict)
    """The first button of each chat's newest keyboard."""
    calls: Counter[str] = field(default_factory=Counter)
    quiet_since: float = 0.0
    posting: set[asyncio.Task[None]] = field(default_factory=set)
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(POSTS_AT_ONCE))

    @property
    def bot_id(self) -> int:
        return int(self.token.partition(":")[0])

    def forget(self) -> None:
        """Begin a measurement."""
        self.latencies = []
        self.calls = Counter()

    def is_settled(self, seconds: float) -> bool:
        """Whether everything is answered, and nothing more has come for so long."""
        busy = self.handed or self.pending or self.posting
        return not busy and perf_counter() - self.quiet_since > seconds


class BotApi:
    """Serves any number of bots."""

    def __init__(self) -> None:
        self._lines: dict[str, Line] = {}
        self._ids = count(1)
        self.url = ""

    def new_line(self) -> Line:
        """Return a line for one more bot, with a token of its own."""
        token = f"{FIRST_BOT + len(self._lines)}:{secrets.token_hex(16)}"
        return self._lines.setdefault(token, Line(token))

    def hand_over(self, line: Line, chat_id: int, *, text: str = "", button: str = "") -> None:
        """Let somebody write `text` or tap `button`.

        A chat that still waits for an answer keeps waiting since its first update.
        """
        update_id = next(self._ids)
        update = {"update_id": update_id, **_content(update_id, chat_id, text, button)}
        line.handed.setdefault(chat_id, perf_counter())
        if line.webhook is None:
            line.pending[update_id] = update
            line.arrived.set()
            return
        post = asyncio.create_task(self._post(line, line.webhook, update))
        line.posting.add(post)
        post.add_done_callback(line.posting.discard)

    async def _post(self, line: Line, url: str, update: Update) -> None:
        async with line.places:
            while True:
                with suppress(aiohttp.ClientError):
                    headers = {SECRET_HEADER: line.secret}
                    async with self._http.post(url, json=update, headers=headers) as answer:
                        if answer.ok:
                            return
                await asyncio.sleep(POST_AGAIN)

    async def _answer(self, request: web.Request) -> web.Response:
        line = self._lines[request.match_info["token"]]
        method = request.match_info["method"]
        given = {**request.query, **await request.post()}
        line.calls[method] += 1
        if method not in ABOUT_NO_CHAT:
            line.quiet_since = perf_counter()
        match method:
            case "getMe":
                result: Any = _bot(line)
            case "getUpdates":
                result = await self._poll(line, given)
            case "sendMessage":
                result = self._sent(line, given)
            case "setWebhook":
                line.webhook, line.secret = str(given["url"]), str(given.get("secret_token", ""))
                line.ready.set()
                result = True
            case _:
                result = True
        return web.json_response({"ok": True, "result": result})

    async def _poll(self, line: Line, given: dict[str, Any]) -> Sequence[Update]:
        line.ready.set()
        for done in [one for one in line.pending if one < int(given.get("offset") or 0)]:
            del line.pending[done]
        if not line.pending:
            line.arrived.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(line.arrived.wait(), float(given.get("timeout") or 0))
        return list(line.pending.values())[:AT_ONCE]

    def _sent(self, line: Line, given: dict[str, Any]) -> Update:
        chat_id = int(given["chat_id"])
        if chat_id in line.handed:
            line.latencies.append(perf_counter() - line.handed.pop(chat_id))
        message = _message(next(self._ids), chat_id, str(given["text"]))
        if markup := given.get("reply_markup"):
            message["reply_markup"] = json.loads(markup)
            line.buttons[chat_id] = message["reply_markup"]["inline_keyboard"][0][0][
                "callback_data"
            ]
        return {**message, "from": _bot(line)}

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, 0).start()
        self.url = f"http://{LOOPBACK}:{self._runner.addresses[0][1]}"
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=IDLE_SECONDS)
        self._http = aiohttp.ClientSession(connector=connector)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for line in self._lines.values():
            for post in line.posting:
                post.cancel()
        await self._http.close()
        await self._runner.cleanup()


def _content(update_id: int, chat_id: int, text: str, button: str) -> Update:
    person = {"id": chat_id, "is_bot": False, "first_name": "Diane", "language_code": "en"}
    if not button:
        return {"message": {**_message(update_id, chat_id, text), "from": person}}
    query = {
        "id": str(update_id),
        "from": person,
        "chat_instance": str(chat_id),
        "message": _message(update_id, chat_id, "What was asked"),
        "data": button,
    }
    return {"callback_query": query}


def _message(message_id: int, chat_id: int, text: str) -> Update:
    chat = {"id": chat_id, "type": "private", "first_name": "Diane"}
    return {"message_id": message_id, "date": 1_800_000_000, "chat": chat, "text": text}


def _bot(line: Line) -> Update:
    name = f"bench_{line.bot_id}_bot"
    return {"id": line.bot_id, "is_bot": True, "first_name": "Bot", "username": name}
