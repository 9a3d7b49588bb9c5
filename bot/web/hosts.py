"""Under which names we are known: a request for another one is answered by nobody.

A false Host would lead what is made from it, a redirect say, to somebody else.
"""

from collections.abc import Awaitable, Callable, Container

from fastapi import Request
from fastapi.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.hosts import host_of

ANY_HOST = frozenset({"/health", "/ready"})
"""Asked by machines that know us by a number."""

Refuse = Callable[[Request], Awaitable[Response]]


class KnownHosts:
    """ASGI middleware; `hosts` are names and addresses without their ports, in small letters."""

    def __init__(self, app: ASGIApp, *, hosts: Container[str], refuse: Refuse) -> None:
        self._app = app
        self._hosts = hosts
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in ANY_HOST or self._is_known(scope):
            await self._app(scope, receive, send)
            return
        answer = await self._refuse(Request(scope))
        await answer(scope, receive, send)

    def _is_known(self, scope: Scope) -> bool:
        named = [value for name, value in scope["headers"] if name == b"host"]
        return len(named) == 1 and host_of(named[0].decode("latin-1")) in self._hosts
