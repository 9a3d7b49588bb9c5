"""The Bot API on the loopback: one bot, its chats, and everything that can go wrong."""

import asyncio
import time
from collections.abc import Callable
from itertools import count
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fakes.telegram.chats import Chats
from tests.fakes.telegram.faults import SEND, Fault, Faults
from tests.fakes.telegram.methods import Methods
from tests.fakes.telegram.parameters import Parameters, read
from tests.fakes.telegram.refusals import Refusal, too_many_requests
from tests.fakes.telegram.updates import Update, Updates

TOKEN = "5550001:AAFsecretOfTheTests_0123456789abcdef"
LOOPBACK = "127.0.0.1"
NGINX = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class BotApi:
    """Runs in a thread of its own and outlives every `kill -9` of the bot."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.chats = Chats()
        self.faults = Faults()
        self.updates = Updates()
        self.methods = Methods(self.chats, self.updates)
        self.calls: list[tuple[str, Parameters]] = []
        """Every request that was understood: the method and what came with it."""
        self.port = 0
        self._update_ids = count(700_000_001)
        self._lock = Lock()
        self._loop = asyncio.new_event_loop()
        self._released = asyncio.Event()
        self._thread = Thread(target=self._loop.run_forever, name="bot-api", daemon=True)

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def called(self, method: str) -> list[Parameters]:
        return [given for name, given in list(self.calls) if name.lower() == method.lower()]

    def put(self, kind: str, content: dict[str, Any]) -> int:
        """Queue an update of that kind, if the bot has asked for such; its id."""
        if not self.updates.wants(kind):
            return 0
        return self.raw_update({kind: content})

    def raw_update(self, update: Update) -> int:
        """Queue any update; its id is made unless it brings one."""
        with self._lock:
            update_id = int(update.get("update_id") or next(self._update_ids))
            whole = {"update_id": update_id, **update}
            asyncio.run_coroutine_threadsafe(self._put(whole), self._loop).result(10)
            return update_id

    async def _put(self, update: Update) -> None:
        """Waited for: who asks what is undelivered afterwards must find it there."""
        self.updates.put(update)

    def next_update_id(self) -> int:
        """For a test that posts an update itself."""
        return next(self._update_ids)

    def undelivered(self) -> int:
        """How many updates the bot has not taken over yet."""
        return len(self.updates.pending)

    def wait_until(self, is_so: Callable[[], bool], *, seconds: float = 30, what: str = "") -> None:
        """Wait for something that no message tells of."""
        deadline = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > deadline:
                raise TimeoutError(f"not within {seconds} s: {what}")
            time.sleep(0.02)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self._run(request)
        except Refusal as refusal:
            return web.json_response(refusal.to_json(), status=refusal.code)

    async def _run(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        if request.match_info["token"] != self.token:
            raise Refusal(401, "Unauthorized")
        method = self.methods.named(name)
        if method is None:
            raise Refusal(404, "Not Found")
        given = await read(request)
        given.must_be_of(name)
        self.calls.append((name, given))
        chat_id = given.number("chat_id")
        if seconds := self.faults.quiet_for(name, chat_id):
            self.faults.impatient += name == SEND
            raise too_many_requests(seconds)
        match fault := self.faults.take(name, chat_id):
            case Fault.TOO_MANY:
                raise too_many_requests(self.faults.quiet_for(name, chat_id))
            case Fault.ERROR:
                raise Refusal(500, "Internal Server Error")
            case Fault.BAD_GATEWAY:
                return web.Response(status=502, text=NGINX, content_type="text/html")
            case Fault.CUT:
                return self._cut(request)
        self.methods.forum.count(name, chat_id)
        result = await method(given)
        if fault is Fault.DELIVERED_BUT_SILENT:
            await self._released.wait()
        if fault is not None:
            return self._cut(request)
        return web.json_response({"ok": True, "result": result})

    @staticmethod
    def _cut(request: web.Request) -> web.Response:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _start(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        await runner.setup()
        await web.TCPSite(runner, LOOPBACK, 0).start()
        self.port = int(runner.addresses[0][1])
        return runner

    async def _stop(self) -> None:
        self._released.set()
        await self.updates.close()
        await self._runner.cleanup()

    def __enter__(self) -> Self:
        self._thread.start()
        self._runner = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
