"""Who may use the HTTP interface: asked before a byte of the body is read."""

import asyncio
import hmac
import math
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.routing import APIRoute

from storage.database import Database

Check = Callable[[Request], Awaitable[None]]
Handler = Callable[[Request], Awaitable[Response]]


def bearer_of(token: str, database: Database) -> Check:
    """Return what lets in whoever brings the token; a source of many wrong ones has to wait."""
    expected = f"Bearer {token}".encode()

    def wait_or_count(source: str) -> timedelta | None:
        with database.read() as uow:
            wait = uow.refused_tokens.wait(source)
        if wait is None:
            with database.write() as uow:
                uow.refused_tokens.refused(source)
        return wait

    async def check(request: Request) -> None:
        given = request.headers.get("authorization", "")
        if hmac.compare_digest(given.encode(), expected):
            return
        source = request.client.host if request.client else ""
        wait = await asyncio.to_thread(wait_or_count, source)
        if wait is not None:
            raise HTTPException(429, headers=retry_after(wait))
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})

    return check


def retry_after(wait: timedelta) -> dict[str, str]:
    """Return the header that says so, in whole seconds (RFC 9110, 10.2.3)."""
    return {"Retry-After": str(max(1, math.ceil(wait.total_seconds())))}


def guarded(check: Check) -> type[APIRoute]:
    """Return a kind of route whose every request is checked before it is read any further."""

    class Guarded(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Any]:
            handler: Handler = super().get_route_handler()

            async def handle(request: Request) -> Response:
                await check(request)
                return await handler(request)

            return handle

    return Guarded
