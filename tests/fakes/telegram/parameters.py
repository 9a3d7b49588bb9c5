"""The parameters of a request: a query, JSON, a form or multipart, as Telegram takes them."""

import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from aiohttp import web
from telegram import Bot

from tests.fakes.telegram.refusals import bad_request


@dataclass(frozen=True, slots=True)
class Parameters:
    """Values as they came; a form carries everything as text, and objects as JSON in it."""

    values: Mapping[str, Any]

    def must_be_of(self, method: str) -> None:
        """Refuse what the method does not know; Telegram leaves it out without a word."""
        unknown = sorted(self.values.keys() - _of_methods().get(method.lower(), frozenset()))
        if unknown:
            raise bad_request(f"{method} has no parameter {', '.join(unknown)}")

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        if not isinstance(value, str):
            raise bad_request(f'can\'t parse field "{name}"')
        return value

    def number(self, name: str, default: int = 0) -> int:
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            raise bad_request(f'can\'t parse field "{name}": expected a number') from None

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in {"true", "1", "yes"}

    def json(self, name: str) -> Any:
        """Return the object, or None when it is not there."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None


@cache
def _of_methods() -> Mapping[str, frozenset[str]]:
    """The parameters of all methods, as the library has them from the documentation."""
    methods = inspect.getmembers(Bot, inspect.isfunction)
    return {
        name.lower(): frozenset(inspect.signature(method).parameters)
        for name, method in methods
        if "_" not in name
    }


async def read(request: web.Request) -> Parameters:
    values: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if not isinstance(body, dict):
            raise bad_request("object expected as a body")
        return Parameters(values | body)
    return Parameters(values | dict(await request.post()))
