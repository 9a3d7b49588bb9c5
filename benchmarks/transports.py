"""What sending costs: the same `Bot` over Foyer's aiohttp transport and over the library's httpx.

    python -m benchmarks.transports aiohttp|httpx API_URL TOKEN MESSAGES SIDE_BY_SIDE

Runs in a process of its own (`python -m benchmarks.telegram --transport` starts it) on the event
loop of `foyer run`, and prints the CPU and the wall time of one message in milliseconds.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable, Iterator

import uvloop
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.request import BaseRequest, HTTPXRequest

from bot.channels.telegram.transport import AiohttpRequest

WARM_UP = 50
TEXT = "A household can have up to 6 users, you included.\n\nDid this answer your question?"
KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton(title, callback_data=f"b:{title}")] for title in ("Yes", "No")]
)
TRANSPORTS: dict[str, Callable[[], BaseRequest]] = {
    "aiohttp": AiohttpRequest,
    "httpx": HTTPXRequest,
}


async def measure(
    transport: str, api_url: str, token: str, messages: int, side_by_side: int
) -> dict[str, float]:
    request = TRANSPORTS[transport]()
    bot = Bot(token, base_url=f"{api_url}/bot", request=request)
    await _send(bot, WARM_UP, side_by_side)
    wall, cpu = time.perf_counter(), time.process_time()
    await _send(bot, messages, side_by_side)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    await request.shutdown()
    return {"cpu_ms": cpu / messages * 1000, "wall_ms": wall / messages * 1000}


async def _send(bot: Bot, messages: int, side_by_side: int) -> None:
    numbers = iter(range(messages))
    await asyncio.gather(*(_send_each(bot, numbers) for _ in range(side_by_side)))


async def _send_each(bot: Bot, numbers: Iterator[int]) -> None:
    for number in numbers:
        await bot.send_message(number + 1, TEXT, parse_mode="HTML", reply_markup=KEYBOARD)


def main() -> None:
    transport, api_url, token, messages, side_by_side = sys.argv[1:]
    work = measure(transport, api_url, token, int(messages), int(side_by_side))
    print(json.dumps(uvloop.run(work)))


if __name__ == "__main__":
    main()
