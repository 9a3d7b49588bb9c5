"""The web application: pages, health, and whatever routers the channels bring.

Its interface is described by `app.openapi()`; no page of ours shows that to everybody.
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
from starlette.types import Lifespan
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from bot.web.guards import SecurityHeaders
from bot.web.health import Health, health_router
from bot.web.hosts import KnownHosts
from bot.web.pages import Pages
from bot.web.rate_limit import RateLimitError
from bot.web.visits import ExpiredFormError

MAX_BODY_BYTES = 262_144
STATIC = Path(__file__).parent / "static"
INTERFACES = (
    *("/webhooks", "/model", "/conversations", "/v1", "/telegram"),
    *("/metrics", "/health", "/ready"),
)
"""What machines ask for: they are answered in JSON, also where nothing is."""
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


def create_app(
    pages: Pages,
    extra_routers: Sequence[APIRouter],
    lifespan: Lifespan[FastAPI] | None,
    health: Health,
    network: Network,
) -> FastAPI:
    app = FastAPI(
        title="Foyer",
        version=version("foyer"),
        lifespan=lifespan,
        max_body_size=MAX_BODY_BYTES,
        openapi_url=None,
        redirect_slashes=False,  # such a redirect goes to whatever host the request names
    )
    refuse = partial(pages.unknown, status=HTTPStatus.MISDIRECTED_REQUEST)
    app.add_middleware(KnownHosts, hosts=network.hosts, refuse=refuse)
    app.add_middleware(SecurityHeaders, secure=pages.is_secure, frames=network.frames)
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(network.proxies))
    app.add_exception_handler(HTTPException, partial(_say, pages))
    app.add_exception_handler(RequestValidationError, _refuse)
    app.add_exception_handler(ExpiredFormError, pages.expired)
    app.add_exception_handler(RateLimitError, pages.flooded)
    app.mount("/static", StaticFiles(directory=STATIC))
    for router in (*extra_routers, pages.router(), health_router(health)):
        app.include_router(router)
    return app


async def _say(pages: Pages, request: Request, error: Exception) -> Response:
    """Answer machines in JSON, and people who go astray with a page in their language."""
    assert isinstance(error, HTTPException)
    for_machines = request.url.path.startswith(INTERFACES)
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
