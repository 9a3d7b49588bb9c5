"""Telegram's word on who has opened a Mini App of ours, and the script that hands it on.

Telegram signs the data with a key made from the bot's token
(https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app).
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from urllib.parse import parse_qsl

from fastapi import APIRouter
from fastapi.responses import Response

from bot.channels.telegram.updates import CHANNEL
from bot.chats import ChatKey
from bot.inside import Inside, Opening

SCRIPT = "telegram/mini-app.js"
TELEGRAM_WEB = "https://web.telegram.org"
MOST_FIELDS = 32
LONGEST = 8192


@dataclass(frozen=True, slots=True)
class MiniApp(Inside):
    """Judges init data by the token of the bot that the page belongs to."""

    token: str = field(repr=False)
    frames = (TELEGRAM_WEB,)
    script = SCRIPT

    def opening(self, proof: str) -> Opening | None:
        """Return who opened the page; None for data that is not whole, or another bot's."""
        fields = signed_fields(proof, self.token)
        if fields is None:
            return None
        try:
            user = json.loads(fields["user"])
            person, name = str(int(user["id"])), str(user.get("first_name", ""))
            opened_at = datetime.fromtimestamp(int(fields["auth_date"]), UTC)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError):
            return None
        key = hashlib.sha256(fields["hash"].encode()).hexdigest()
        chat = ChatKey(CHANNEL, self.token.partition(":")[0], person)
        return Opening(chat, person, name, key, opened_at)


def signed_fields(init_data: str, token: str) -> Mapping[str, str] | None:
    """Return the fields that the bot of this token was given; None for anything else."""
    if len(init_data) > LONGEST:
        return None
    try:
        pairs = parse_qsl(
            init_data, keep_blank_values=True, strict_parsing=True, max_num_fields=MOST_FIELDS
        )
    except ValueError:
        return None
    fields = dict(pairs)
    if len(fields) < len(pairs) or "hash" not in fields:
        return None
    checked = "\n".join(f"{key}={fields[key]}" for key in sorted(fields.keys() - {"hash"}))
    key = hmac.digest(b"WebAppData", token.encode(), "sha256")
    expected = hmac.digest(key, checked.encode(), "sha256").hex()
    return fields if hmac.compare_digest(expected.encode(), fields["hash"].encode()) else None


def script_router() -> APIRouter:
    """Return the route of the script."""
    router = APIRouter(include_in_schema=False)
    script = files("bot.channels.telegram").joinpath("mini_app.js").read_text("utf-8")

    @router.get(f"/{SCRIPT}")
    def served() -> Response:
        return Response(script, media_type="text/javascript")

    return router
