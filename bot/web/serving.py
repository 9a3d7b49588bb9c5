"""The HTTP server: uvicorn, with the time limit for requests that it lacks.

A request has to be here, to the last byte of its body, a while after its connection or its first
byte; whoever sends half of one and waits keeps nothing open. Of very many at once the oldest goes.
"""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from socket import socket
from typing import Any, cast

import uvicorn
from fastapi import FastAPI

if sys.platform == "win32":
    from uvicorn.protocols.http.h11_impl import H11Protocol as Protocol
else:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as Protocol

REQUEST_SECONDS = 10.0
"""A quarter of a megabyte, the most that is taken, over the slowest of lines."""
MOST_HALF_SENT = 512
"""Requests that are not here yet; each holds a file descriptor, of which there are often 1,024."""
MOST_UNREAD_BYTES = 262_144
"""Of what nobody will read: an endless head, a body that was refused by its beginning."""


class HalfSent:
    """Connections whose request is not here yet, the oldest first."""

    def __init__(self, seconds: float = REQUEST_SECONDS, most: int = MOST_HALF_SENT) -> None:
        self._seconds = seconds
        self._most = most
        self._timers: dict[Connection, asyncio.TimerHandle] = {}

    def add(self, connection: "Connection") -> None:
        """Give a connection its time, from now on if it has none yet."""
        if connection not in self._timers:
            timer = connection.loop.call_later(self._seconds, connection.give_up)
            self._timers[connection] = timer
        if len(self._timers) > self._most:
            next(iter(self._timers)).give_up()

    def remove(self, connection: "Connection") -> None:
        timer = self._timers.pop(connection, None)
        if timer is not None:
            timer.cancel()


class Connection(Protocol):
    """One connection, timed as long as it owes a part of a request."""

    def __init__(self, *arguments: Any, half_sent: HalfSent, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._half_sent = half_sent
        self._unread = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._half_sent.add(self)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_answering() and not self.cycle.more_body:
            self._half_sent.remove(self)
        elif not self.transport.is_closing():
            self._half_sent.add(self)
        self._unread = 0 if self._is_answering() else self._unread + len(data)
        if self._unread > MOST_UNREAD_BYTES:
            self.give_up(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def connection_lost(self, exc: Exception | None) -> None:
        self._half_sent.remove(self)
        super().connection_lost(exc)

    def give_up(self, status: HTTPStatus = HTTPStatus.REQUEST_TIMEOUT) -> None:
        """Say why, unless an answer is on its way already, and hang up."""
        self._half_sent.remove(self)
        if not (self._is_answering() and self.cycle.response_started):
            head = f"HTTP/1.1 {status.value} {status.phrase}\r\n"
            self.transport.write(f"{head}connection: close\r\ncontent-length: 0\r\n\r\n".encode())
        self.transport.close()

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete


class PortTakenError(Exception):
    """A server cannot have its port; uvicorn has logged which, and why."""


class Server(uvicorn.Server):
    """Several run in one process: whoever runs them hears the signals, and tells each."""

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Raises PortTakenError, where uvicorn would end the process."""
        try:
            await super().startup(sockets)
        except SystemExit as error:
            raise PortTakenError from error

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def server_of(
    app: FastAPI,
    *,
    host: str,
    port: int,
    grace: int | None = None,
    half_sent: HalfSent | None = None,
) -> Server:
    """Return a server; `grace` are the seconds for requests under way when it is told to stop."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=cast("Any", partial(Connection, half_sent=half_sent or HalfSent())),
        ws="none",
        proxy_headers=False,  # the application knows the proxies
        access_log=False,  # paths carry link tokens
        log_config=None,
        timeout_graceful_shutdown=grace,
    )
    return Server(config)


async def serve_all(servers: Sequence[Server]) -> None:
    """Serve until each has ended. Raises PortTakenError, once the others have ended too."""
    serving = [asyncio.create_task(server.serve()) for server in servers]
    try:
        await asyncio.gather(*serving)
    finally:
        for server in servers:
            server.should_exit = True
        await asyncio.gather(*serving, return_exceptions=True)
