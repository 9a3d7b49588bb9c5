"""The web application: pages, health, and whatever routers the channels bring."""

from collections.abc import Sequence
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.types import Lifespan

from bot.web.guards import SecurityHeaders
from bot.web.health import Health, health_router
from bot.web.pages import Pages
from bot.web.rate_limit import RateLimitError
from bot.web.visits import ExpiredFormError

MAX_BODY_BYTES = 262_144
STATIC = Path(__file__).parent / "static"


def create_app(
    pages: Pages,
    extra_routers: Sequence[APIRouter],
    lifespan: Lifespan[FastAPI] | None,
    health: Health,
) -> FastAPI:
    app = FastAPI(
        title="Foyer", version=version("foyer"), lifespan=lifespan, max_body_size=MAX_BODY_BYTES
    )
    app.add_middleware(SecurityHeaders, secure=pages.is_secure)
    app.add_exception_handler(RequestValidationError, _refuse)
    app.add_exception_handler(ExpiredFormError, pages.expired)
    app.add_exception_handler(RateLimitError, pages.flooded)
    app.mount("/static", StaticFiles(directory=STATIC))
    for router in (*extra_routers, pages.router(), health_router(health)):
        app.include_router(router)
    return app


async def _refuse(_: Request, error: Exception) -> JSONResponse:
    """Say what is wrong with a body and where, without giving back what stood there."""
    assert isinstance(error, RequestValidationError)
    named = [{key: fault[key] for key in ("loc", "msg", "type")} for fault in error.errors()]
    return JSONResponse({"detail": named}, HTTPStatus.UNPROCESSABLE_ENTITY)
