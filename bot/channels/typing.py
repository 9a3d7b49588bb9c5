"""Signs that are given while somebody waits; nothing depends on them."""

import asyncio
import logging
from collections.abc import Awaitable
from typing import TypeVar

from bot.channels.channel import Messenger
from bot.chats import ChatKey

T = TypeVar("T")

log = logging.getLogger(__name__)

TYPING_AFTER = 0.7
"""Seconds until a chat shows that the bot is typing; most turns are done long before."""

TYPING_AGAIN = 4.0
"""Messengers show it for about five seconds."""


async def while_typing(messenger: Messenger, chat: ChatKey, turns: Awaitable[T]) -> T:
    """Show in a chat that an answer is being written as long as its turns take."""
    running = asyncio.ensure_future(turns)
    types = messenger.can.typing and chat.channel == messenger.name
    wait = TYPING_AFTER if types else None
    while not (await asyncio.wait({running}, timeout=wait))[0]:
        await give_sign(messenger.show_typing(chat.chat_id))
        wait = TYPING_AGAIN
    return running.result()


async def give_sign(signal: Awaitable[None]) -> None:
    """Give a sign that nothing depends on: where it fails, the turn goes on."""
    try:
        await signal
    except Exception as error:  # noqa: BLE001 -- a tap that is too old, no connection: no matter
        log.info("a sign was not given: %s", error)
