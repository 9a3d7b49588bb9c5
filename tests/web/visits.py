"""Who visits the pages: a browser without scripts, and a person who was invited."""

import asyncio
import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import httpx
from fastapi import FastAPI

from storage.database import Database
from storage.households.members import Member
from tests.fakes.households import acting, mailed, newcomer, start_chat, verify

ORIGIN = "http://127.0.0.1:8080"
CHAT = "https://t.me/FoyerTestBot"
"""Where a messenger says that people find us."""


PASSWORD = "correct horse 7"
FORM_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]+)"')


@dataclass(slots=True)
class Browser:
    """Keeps its cookies; follows no redirect by itself."""

    app: FastAPI
    headers: dict[str, str] = field(default_factory=lambda: {"Accept-Language": "en"})
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)
    origin: str = ORIGIN

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.ask("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self.ask("POST", path, **options)

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._send(method, path, **options))

    async def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(
            transport=transport, base_url=self.origin, headers=self.headers, cookies=self.cookies
        ) as client:
            answer = await client.request(method, path, **options)
            self.cookies = client.cookies
            return answer

    def send(self, path: str, **typed: str) -> httpx.Response:
        """Open a page, fill in its form, and send it."""
        return self.send_from(path, path, **typed)

    def send_from(self, page: str, path: str, **typed: str) -> httpx.Response:
        """The same, where the form of a page leads elsewhere."""
        return self.post(path, data={"form_token": self.visit_token(page), **typed})

    def visit_token(self, page: str) -> str:
        """What the forms of a page carry for this browser."""
        carried = FORM_TOKEN.search(self.get(page).text)
        assert carried is not None, "the page has a form of ours"
        return carried[1]

    def sign_in(self, username: str, password: str) -> httpx.Response:
        return self.send("/sign-in", username=username, password=password)

    def sign_out(self) -> None:
        self.send_from("/account", "/sign-out")

    @property
    def is_signed_in(self) -> bool:
        return self.get("/account").status_code == HTTPStatus.OK


@dataclass(frozen=True, slots=True)
class Guest:
    """Zoé, whom the holder has invited in a chat; `path` is her activation page."""

    database: Database
    household_id: int
    path: str

    @property
    def member(self) -> Member:
        with self.database.read() as uow:
            return uow.households.of(self.household_id).members[-1]


def invite(database: Database, holder: Member) -> Guest:
    session = verify(database, str(holder.username), start_chat(database))
    with database.write() as uow:
        uow.households.create_member(acting(session), newcomer())
    path = mailed_path(database, "activation", "activation_url")
    return Guest(database, holder.household_id, path)


def mailed_path(database: Database, kind: str, secret: str) -> str:
    """Where the newest mail of that kind leads."""
    return mailed(database, kind)[secret].removeprefix(ORIGIN)
