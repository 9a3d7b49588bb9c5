"""Long polling: an update is acknowledged, by the next offset, only once it is stored."""

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

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

WANTED = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
)


async def poll(
    bot: Bot,
    request: BaseRequest,
    receive: Receive,
    reach: Reachability,
    is_ours: Callable[[str], bool],
) -> None:
    """Fetch updates; whatever goes wrong, try again.

    A webhook that is set answers every poll with 409: one that `is_ours` is deleted then.
    """
    offset: int | None = None
    pause = FIRST_PAUSE
    while True:
        try:
            updates = await _fetch(request, bot.base_url, offset)
            reach.reached()
            await receive(updates)
            offset = max((u["update_id"] + 1 for u in updates), default=offset)
            pause = FIRST_PAUSE
        except TelegramError as error:
            reach.failed(error)
            log.warning("no updates: %s", error)
            if isinstance(error, Conflict):
                await _make_way(bot, is_ours)
            wait = seconds_of(error) if isinstance(error, RetryAfter) else pause
            await asyncio.sleep(wait)
            pause = min(pause * 2, LONGEST_PAUSE)
        except Exception:  # the database may be away for a moment: the updates wait at Telegram
            log.exception("updates could not be stored")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


async def _make_way(bot: Bot, is_ours: Callable[[str], bool]) -> None:
    """Delete a webhook of our own, and say whose the other one seems to be."""
    try:
        url = (await bot.get_webhook_info()).url
        if is_ours(url):
            await bot.delete_webhook()
        elif url:
            log.error(
                "another installation has set a webhook (%s): nothing is received here. If it may"
                " go, set FOYER_TELEGRAM_TAKE_OVER=true",
                urlsplit(url).hostname,
            )
    except TelegramError as error:
        log.warning("the webhook is not known: %s", error)


async def _fetch(request: BaseRequest, address: str, offset: int | None) -> list[dict[str, Any]]:
    """Return raw updates: one that the library cannot read must not hold up the others."""
    wanted = {"timeout": POLL_SECONDS, "limit": AT_ONCE, "allowed_updates": json.dumps(WANTED)}
    query = urlencode(wanted if offset is None else {**wanted, "offset": offset})
    answer = await request.retrieve(
        f"{address}/getUpdates?{query}", read_timeout=POLL_SECONDS + ANSWER_SECONDS
    )
    updates: list[dict[str, Any]] = AiohttpRequest.parse_json_payload(answer)["result"]
    return updates
