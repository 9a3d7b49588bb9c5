"""The web application: pages, health, and whatever routers the channels bring."""

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.types import Lifespan

from bot.web.guards import SecurityHeaders
from bot.web.health import Health, health_router
from bot.web.pages import Pages

MAX_BODY_BYTES = 262_144
STATIC = Path(__file__).parent / "static"


def create_app(
    pages: Pages,
    extra_routers: Sequence[APIRouter],
    lifespan: Lifespan[FastAPI] | None,
    health: Health,
) -> FastAPI:
    app = FastAPI(title="Foyer", lifespan=lifespan, max_body_size=MAX_BODY_BYTES)
    app.add_middleware(SecurityHeaders)
    app.mount("/static", StaticFiles(directory=STATIC))
    for router in (pages.router(), health_router(health), *extra_routers):
        app.include_router(router)
    return app
