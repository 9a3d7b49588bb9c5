"""Every address that the whole application answers at."""

import re

from fastapi import FastAPI
from fastapi.routing import APIRoute, _IncludedRouter
from starlette.routing import BaseRoute, Mount

TOKEN = "s3cret-token"


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Every method with every address, with a secret in the place of each parameter."""
    served = stands_on(app)
    assert {"/link/{token}", "/telegram/webhook", "/model/parse"} <= {path for _, path in served}
    return [(method, asked_for(path)) for method, path in served]


def stands_on(app: FastAPI) -> list[tuple[str, str]]:
    """Every method with every address, as the routes are written."""
    return [pair for route in app.routes for pair in _of(route)]


def asked_for(path: str) -> str:
    """The address of a route, with a secret in the place of each parameter."""
    return re.sub(r"\{.*?\}", TOKEN, path)


def _of(route: BaseRoute) -> list[tuple[str, str]]:
    if isinstance(route, Mount):
        return [("GET", f"{route.path}/foyer.css")]
    if isinstance(route, APIRoute):
        return [(method, route.path) for method in sorted(route.methods or ())]
    assert isinstance(route, _IncludedRouter), route
    return [pair for inner in route.original_router.routes for pair in _of(inner)]
