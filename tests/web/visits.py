"""Who visits the pages: a browser without scripts, and a person who was invited."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI

from storage.database import Database
from storage.members import Member
from tests.fakes.households import acting, mailed, newcomer, start_chat, verify

ORIGIN = "http://127.0.0.1:8080"


@dataclass(slots=True)
class Browser:
    app: FastAPI
    headers: dict[str, str] = field(default_factory=lambda: {"Accept-Language": "en"})

    def get(self, path: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._send("GET", path, **options))

    def post(self, path: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._send("POST", path, **options))

    async def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(
            transport=transport, base_url=ORIGIN, headers=self.headers
        ) as client:
            return await client.request(method, path, **options)


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
