"""The web application: the pages, and whatever routers the channels bring.

What only our own machines ask for may stand apart from it, on a port that no customer reaches.
The interface is described by `app.openapi()`; no page of ours shows that to everybody.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from bot.web.guards import SecurityHeaders
from bot.web.hosts import KnownHosts
from bot.web.pages import Pages
from bot.web.rate_limit import RateLimitError
from bot.web.visits import ExpiredFormError

MAX_BODY_BYTES = 262_144
STATIC = Path(__file__).parent / "static"
OF_OTHERS = ("/telegram", "/health", "/ready")
"""What machines of others ask for: messengers, and whoever shares out the requests."""
OF_OURS = ("/webhooks", "/model", "/conversations", "/v1", "/metrics")
"""What machines of ours ask for, on a port of their own where there is one."""
INTERFACES = (*OF_OURS, *OF_OTHERS)
ASTRAY = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED})


@dataclass(frozen=True, slots=True)
class Network:
    """Where we stand in it."""

    hosts: Container[str]
    """The names under which people reach us, without ports."""
    proxies: Sequence[str] = ()
    """Addresses and networks of our own proxies: they say for whom they ask."""
    frames: Sequence[str] = ()
    """The origins of the messenger inside of which pages of ours open."""
    interfaces: tuple[str, ...] = INTERFACES
    """Below these, machines are answered in JSON, also where nothing is."""


def create_app(pages: Pages, routers: Sequence[APIRouter], network: Network) -> FastAPI:
    """Return what stands on the customers' port."""
    refuse = partial(pages.unknown, status=HTTPStatus.MISDIRECTED_REQUEST)
    guards = [
        Middleware(SecurityHeaders, secure=pages.is_secure, frames=network.frames),
        Middleware(KnownHosts, hosts=network.hosts, refuse=refuse),
    ]
    app = _app([*routers, pages.router()], network.proxies, guards)
    app.add_exception_handler(HTTPException, partial(_say, pages, network.interfaces))
    app.add_exception_handler(ExpiredFormError, pages.expired)
    app.add_exception_handler(RateLimitError, pages.flooded)
    app.mount("/static", StaticFiles(directory=STATIC))
    return app


def create_admin_app(routers: Sequence[APIRouter], proxies: Sequence[str]) -> FastAPI:
    """Return what stands on the port of our own machines: they may call us what they like."""
    return _app(routers, proxies, [Middleware(SecurityHeaders)])


def _app(
    routers: Sequence[APIRouter], proxies: Sequence[str], guards: Sequence[Middleware]
) -> FastAPI:
    app = FastAPI(
        title="Foyer",
        version=version("foyer"),
        middleware=[Middleware(ProxyHeadersMiddleware, trusted_hosts=list(proxies)), *guards],
        max_body_size=MAX_BODY_BYTES,
        openapi_url=None,
        redirect_slashes=False,  # such a redirect goes to whatever host the request names
    )
    app.add_exception_handler(RequestValidationError, _refuse)
    for router in routers:
        app.include_router(router)
    return app


async def _say(
    pages: Pages, interfaces: tuple[str, ...], request: Request, error: Exception
) -> Response:
    """Answer machines in JSON, and people who go astray with a page in their language."""
    assert isinstance(error, HTTPException)
    for_machines = request.url.path.startswith(interfaces)
    if for_machines or error.status_code not in ASTRAY:
        return await http_exception_handler(request, error)
    page = await pages.unknown(request, HTTPStatus(error.status_code))
    page.headers.update(error.headers or {})
    return page


async def _refuse(_: Request, error: Exception) -> JSONResponse:
    """Say what is wrong with a body and where, without giving back what stood there."""
    assert isinstance(error, RequestValidationError)
    named = [{key: fault[key] for key in ("loc", "msg", "type")} for fault in error.errors()]
    return JSONResponse({"detail": named}, HTTPStatus.UNPROCESSABLE_ENTITY)
