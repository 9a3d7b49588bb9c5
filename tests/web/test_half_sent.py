"""Requests that never arrive whole, over real connections: none stays open, none keeps others out.

How long is allowed is a tenth of a second here; what is asserted is that it ends.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest
from fastapi import FastAPI

from bot.web.serving import HalfSent, server_of
from tests.e2e.server import LOOPBACK, free_port
from tests.web.addresses import routes

SOON = 5.0
HEAD = "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: 400\r\n"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
WHOLE = b"GET /ready HTTP/1.1\r\nHost: x\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Line:
    """One connection to the server."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def rest(self) -> bytes:
        """Everything that is said until the server hangs up; fails where it does not."""
        async with asyncio.timeout(SOON):
            with contextlib.suppress(ConnectionError):
                return await self.reader.read(-1)
        return b""


Connect = Callable[[], Awaitable[Line]]


@contextlib.asynccontextmanager
async def serving(app: FastAPI, half_sent: HalfSent) -> AsyncIterator[Connect]:
    server = server_of(app, host=LOOPBACK, port=(port := free_port()), half_sent=half_sent)
    server.config.load()
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 -- uvicorn has no event for it
        await asyncio.sleep(0.01)

    lines: list[Line] = []

    async def connect() -> Line:
        lines.append(Line(*await asyncio.open_connection(LOOPBACK, port)))
        return lines[-1]

    try:
        yield connect
    finally:
        for line in lines:
            line.writer.close()
            with contextlib.suppress(ConnectionError):
                await line.writer.wait_closed()
        server.should_exit = True
        await task


async def on_every_route(app: FastAPI, first: bytes, *, head: str) -> list[bytes]:
    """Send a head and a part of a body to each route; what is said before the end."""
    async with serving(app, HalfSent(seconds=0.1)) as connect:

        async def begin(method: str, path: str, kind: str) -> bytes:
            line = await connect()
            said = head.format(path=path, kind=kind).replace("POST", method, 1)
            await line.send(said.encode() + first)
            return await line.rest()

        begun = [begin(*route, kind) for route in routes(app) for kind in (FORM, JSON)]
        return await asyncio.gather(*begun)


@pytest.mark.parametrize("body", [b"", b"a=", b'{"sender": "s1", "mess'])
def test_no_route_waits_for_a_body_that_does_not_come(whole: FastAPI, body: bytes) -> None:
    answers = asyncio.run(on_every_route(whole, b"\r\n" + body, head=HEAD))
    assert all(b" 500 " not in answer for answer in answers)


def test_no_route_waits_for_a_head_that_does_not_end(whole: FastAPI) -> None:
    answers = asyncio.run(on_every_route(whole, b"X-Slow: ", head=HEAD))
    assert {answer.split(b"\r\n")[0] for answer in answers} == {b"HTTP/1.1 408 Request Timeout"}


async def ends(app: FastAPI, behave: Callable[[Line], Awaitable[None]]) -> bytes:
    async with serving(app, HalfSent(seconds=0.1)) as connect:
        line = await connect()
        with contextlib.suppress(ConnectionError):
            await behave(line)
        return await line.rest()


async def silent(_: Line) -> None:
    """Connects and says nothing."""


async def drop_by_drop(line: Line) -> None:
    for letter in HEAD.encode() * 4:
        await line.send(bytes([letter]))
        await asyncio.sleep(0.01)


async def empty_lines_after_a_whole_request(line: Line) -> None:
    await line.send(WHOLE)
    for _ in range(100):
        await line.send(b"\r\n")
        await asyncio.sleep(0.01)


async def an_endless_head(line: Line) -> None:
    await line.send(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ")
    for _ in range(100):
        await line.send(b"x" * 100_000)


async def an_endless_body_in_pieces(line: Line) -> None:
    await line.send(
        b"POST /forgot HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    for _ in range(100):
        await line.send(b"186a0\r\n" + b"x" * 100_000 + b"\r\n")


@pytest.mark.parametrize(
    "behave",
    [
        silent,
        drop_by_drop,
        empty_lines_after_a_whole_request,
        an_endless_head,
        an_endless_body_in_pieces,
    ],
)
def test_whoever_sends_no_end_is_hung_up_on(
    whole: FastAPI, behave: Callable[[Line], Awaitable[None]]
) -> None:
    asyncio.run(ends(whole, behave))


async def crowded(app: FastAPI) -> tuple[bytes, list[bytes]]:
    async with serving(app, HalfSent(seconds=60, most=20)) as connect:
        idle = [await connect() for _ in range(100)]
        for line in idle:
            with contextlib.suppress(ConnectionError):
                await line.send(HEAD.encode())
        honest = await connect()
        await honest.send(WHOLE)
        async with asyncio.timeout(SOON):
            answer = await honest.reader.readline()
        return answer, [await line.rest() for line in idle[:80]]


def test_of_very_many_halves_the_oldest_go_and_a_whole_request_is_answered(whole: FastAPI) -> None:
    answer, closed = asyncio.run(crowded(whole))
    assert answer == b"HTTP/1.1 200 OK\r\n"
    assert len(closed) == 80


async def patient(app: FastAPI) -> list[bytes]:
    async with serving(app, HalfSent(seconds=0.1)) as connect:
        line = await connect()
        answers = []
        for _ in range(4):
            await line.send(WHOLE)
            head = await line.reader.readuntil(b"\r\n\r\n")
            await line.reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0]))
            answers.append(head.split(b"\r\n")[0])
            await asyncio.sleep(0.2)
        return answers


def test_a_connection_that_is_used_again_and_again_stays_open(whole: FastAPI) -> None:
    assert asyncio.run(patient(whole)) == [b"HTTP/1.1 200 OK"] * 4
