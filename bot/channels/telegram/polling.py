"""Long polling: an update is acknowledged, by the next offset, only once it is stored."""

import asyncio
import json
import logging
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.channels.channel import Receive
from bot.channels.telegram.reachability import Reachability, seconds_of
from bot.channels.telegram.transport import ANSWER_SECONDS, AiohttpRequest

log = logging.getLogger(__name__)

POLL_SECONDS = 20
AT_ONCE = 100
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds after a failure; doubled until something works again."""

WANTED = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")


async def poll(bot: Bot, request: BaseRequest, receive: Receive, reach: Reachability) -> None:
    """Fetch updates; whatever goes wrong, try again."""
    offset: int | None = None
    pause = FIRST_PAUSE
    prepared = False
    while True:
        try:
            if not prepared:  # a webhook that is still set would answer every poll with 409
                await bot.delete_webhook()
                prepared = True
            updates = await _fetch(request, bot.base_url, offset)
            reach.reached()
            await receive(updates)
            offset = max((u["update_id"] + 1 for u in updates), default=offset)
            pause = FIRST_PAUSE
        except TelegramError as error:
            prepared = prepared and not isinstance(error, Conflict)
            reach.failed(error)
            log.warning("no updates: %s", error)
            wait = seconds_of(error) if isinstance(error, RetryAfter) else pause
            await asyncio.sleep(wait)
            pause = min(pause * 2, LONGEST_PAUSE)
        except Exception:  # the database may be away for a moment: the updates wait at Telegram
            log.exception("updates could not be stored")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


async def _fetch(request: BaseRequest, address: str, offset: int | None) -> list[dict[str, Any]]:
    """Return raw updates: one that the library cannot read must not hold up the others."""
    wanted = {"timeout": POLL_SECONDS, "limit": AT_ONCE, "allowed_updates": json.dumps(WANTED)}
    query = urlencode(wanted if offset is None else {**wanted, "offset": offset})
    answer = await request.retrieve(
        f"{address}/getUpdates?{query}", read_timeout=POLL_SECONDS + ANSWER_SECONDS
    )
    updates: list[dict[str, Any]] = AiohttpRequest.parse_json_payload(answer)["result"]
    return updates
