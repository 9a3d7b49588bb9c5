"""From where a request comes, and how many forms one address may have looked at side by side."""

import asyncio
from collections.abc import Sequence

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI

from bot.web.crowd import FROM_ONE, MOST_FROM_ONE, Crowd
from bot.web.rate_limit import RateLimit
from bot.web.visits import Visits
from bot.web.words import PageWords
from storage.database import Database
from storage.keys import Keys
from tests.fakes.clock import ManualClock
from tests.web.conftest import served

PROXY, STRANGER = "10.1.2.3", "203.0.113.9"


@pytest.fixture
def proxied(database: Database, words: PageWords, clock: ManualClock, keys: Keys) -> FastAPI:
    """Behind proxies of ours; each address may ask thirty times in ten seconds."""
    visits = Visits(keys, secure=False)
    return served(database, words, clock, visits, RateLimit(database, share=1), ["10.0.0.0/8"])


def asked(app: FastAPI, peer: str, forwarded: str, times: int = 1) -> list[int]:
    """The status of each of some requests that a peer makes, it says for somebody else."""

    async def ask() -> list[int]:
        transport = httpx.ASGITransport(app, client=(peer, 50_000))
        headers = {"X-Forwarded-For": forwarded}
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return [
                (await client.get("/forgot", headers=headers)).status_code for _ in range(times)
            ]

    return asyncio.run(ask())


def test_behind_a_proxy_each_visitor_has_an_allowance_of_their_own(proxied: FastAPI) -> None:
    assert asked(proxied, PROXY, STRANGER, times=31) == [*[200] * 30, 429]
    assert asked(proxied, PROXY, "203.0.113.10") == [200]


def test_what_a_visitor_claims_to_forward_counts_for_nothing(proxied: FastAPI) -> None:
    asked(proxied, PROXY, STRANGER, times=30)
    assert asked(proxied, PROXY, f"198.51.100.7, {STRANGER}") == [429]
    assert asked(proxied, PROXY, f"198.51.100.7, {STRANGER}, 10.9.9.9") == [429]


def test_nobody_but_our_proxies_is_believed(proxied: FastAPI) -> None:
    claims = [f"198.51.100.{number}" for number in range(31)]
    assert [asked(proxied, STRANGER, claim)[0] for claim in claims] == [*[200] * 30, 429]


class Form:
    """An application of one form, which is looked at until somebody says that it may end."""

    def __init__(self, crowd: Crowd) -> None:
        self.most = self.now = 0
        self.release = asyncio.Event()
        self.app = FastAPI()
        router = APIRouter(dependencies=[Depends(crowd.place)])
        router.post("/form")(self._look)
        router.get("/form")(self._show)
        self.app.include_router(router)

    async def _show(self) -> None:
        """A page without work."""

    async def _look(self) -> None:
        self.now += 1
        self.most = max(self.most, self.now)
        await self.release.wait()
        self.now -= 1

    async def looks_at(self, number: int) -> None:
        async with asyncio.timeout(10):
            while self.now < number:  # noqa: ASYNC110 -- nobody tells
                await asyncio.sleep(0)

    async def sent(self, address: str, method: str = "POST") -> httpx.Response:
        transport = httpx.ASGITransport(self.app, client=(address, 50_000))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, "/form")


async def flood(form: Form, number: int) -> tuple[Sequence[httpx.Response], int]:
    flooding = [asyncio.create_task(form.sent(STRANGER)) for _ in range(number)]
    await form.looks_at(FROM_ONE)
    somebody = asyncio.create_task(form.sent("203.0.113.10"))
    await form.looks_at(FROM_ONE + 1)
    assert (await form.sent(STRANGER, "GET")).status_code == 200
    form.release.set()
    assert (await somebody).status_code == 200
    return await asyncio.gather(*flooding), form.most


def test_of_a_flood_of_forms_few_are_looked_at_and_nobody_else_waits() -> None:
    answers, most = asyncio.run(flood(Form(Crowd()), 3 * MOST_FROM_ONE))
    statuses = [answer.status_code for answer in answers]
    assert (statuses.count(200), statuses.count(429)) == (MOST_FROM_ONE, 2 * MOST_FROM_ONE)
    assert all("retry-after" in answer.headers for answer in answers if answer.status_code == 429)
    assert most == FROM_ONE + 1


async def hopeless(form: Form) -> tuple[httpx.Response, httpx.Response]:
    stuck = [asyncio.create_task(form.sent(f"198.51.100.{n}")) for n in range(2)]
    await form.looks_at(2)
    late = await form.sent(STRANGER)
    form.release.set()
    await asyncio.gather(*stuck)
    return late, await form.sent(STRANGER)


def test_who_waits_for_too_long_is_asked_to_come_again_and_then_gets_in() -> None:
    late, then = asyncio.run(hopeless(Form(Crowd(at_once=2, wait_seconds=0.05))))
    assert (late.status_code, then.status_code) == (429, 200)
