"""Requests to the Bot API over aiohttp, under python-telegram-bot's own interface.

The library's httpx transport costs several times the CPU (benchmarks/telegram.py). What matters
for us is one difference: a request that met no answer in time (`TimedOut`) may have arrived and
is not made again, or somebody reads a message twice; one whose connection failed
(`NetworkError`) is: nearly always it was an idle connection that the server had closed.
"""

import json
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 7.0
"""Less than the claim on an outbox row lasts (`storage.limits.CHAT_CLAIM`)."""

CONNECTIONS = 64
IDLE_SECONDS = 15.0
"""After so long a connection is not used again: the server may be closing it just then."""


class AiohttpRequest(BaseRequest):
    """One session, opened by the first request, inside the running loop."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return ANSWER_SECONDS

    async def initialize(self) -> None:
        """Nothing to do: the session opens by itself."""

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request.

        Raises:
            NetworkError: the connection failed.
            TimedOut: the server has the request, as far as we know, and its answer did not come.
        """
        seconds = read_timeout if isinstance(read_timeout, int | float) else ANSWER_SECONDS
        timeout = aiohttp.ClientTimeout(sock_connect=CONNECT_SECONDS, sock_read=seconds)
        data = request_data.json_parameters if request_data is not None else None
        try:
            async with self._open().request(method, url, data=data, timeout=timeout) as answer:
                return answer.status, await answer.read()
        except aiohttp.ConnectionTimeoutError as error:
            raise NetworkError("no connection in time") from error
        except TimeoutError as error:
            raise TimedOut("no answer in time: maybe sent") from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from error  # its words may name the token

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; the library's own reader would log what people wrote."""
        try:
            answer: dict[str, Any] = json.loads(payload)
        except ValueError as error:
            raise TelegramError("the server's answer is not JSON") from error
        return answer

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=IDLE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session
