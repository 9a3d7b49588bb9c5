"""What people do to a bot in the benchmark, and what that costs it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import quantiles
from time import perf_counter

from benchmarks.bot_api import BotApi
from benchmarks.bots import BotProcess
from benchmarks.rest import ASKS_WITH_BUTTONS, TYPED

CHAT_MESSAGES = 4
"""That one person types; far enough apart for an answer in between."""
QUIET = 0.4
"""Seconds without a call after which a bot has done all that it had to."""
WITHIN = 120.0

_chats = count(1_000_001)

Act = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one load on one bot; `latency` in milliseconds: p50, p95, p99."""

    updates: int
    cpu_ms: float
    latency: tuple[float, float, float]
    calls: float
    """Requests to the Bot API per update."""

    @property
    def per_cpu_second(self) -> float:
        return 1000 / self.cpu_ms


async def warm_up(api: BotApi, bot: BotProcess, updates: int) -> None:
    """Wait until a bot has started, and have it do everything once."""
    try:
        await asyncio.wait_for(bot.line.ready.wait(), WITHIN)
    except TimeoutError as error:
        raise TimeoutError(f"{bot.kind} did not start\n{bot.log[-3000:]}") from error
    await tapped(api, bot, updates, None)
    await typed(api, bot, updates, None)


async def tapped(api: BotApi, bot: BotProcess, updates: int, per_second: float | None) -> Figures:
    """As many people, each of whom taps a button that was shown before the clock starts."""
    people = [next(_chats) for _ in range(updates)]
    for person in people:
        api.hand_over(bot.line, person, text=ASKS_WITH_BUTTONS)
    await _settle(bot)

    def tap(person: int) -> Act:
        button = bot.line.buttons.pop(person)
        return lambda: api.hand_over(bot.line, person, button=button)

    return await _measure(bot, [tap(person) for person in people], per_second)


async def typed(api: BotApi, bot: BotProcess, updates: int, per_second: float | None) -> Figures:
    """Messages of every sort, a few from each person, everybody's first ones first."""
    people = [next(_chats) for _ in range(-(-updates // CHAT_MESSAGES))]

    def say(number: int) -> Act:
        turn, who = divmod(number, len(people))
        text = TYPED[(who + turn) % len(TYPED)]
        return lambda: api.hand_over(bot.line, people[who], text=text)

    return await _measure(bot, [say(number) for number in range(updates)], per_second)


async def _measure(bot: BotProcess, acts: Sequence[Act], per_second: float | None) -> Figures:
    """Let them all be done, so many a second or all at once."""
    bot.line.forget()
    cpu, began = bot.cpu_seconds(), perf_counter()
    for number, act in enumerate(acts):
        if per_second is not None:
            await asyncio.sleep(began + number / per_second - perf_counter())
        act()
    await _settle(bot)
    cpu = bot.cpu_seconds() - cpu
    cuts = quantiles(bot.line.latencies, n=100, method="inclusive")
    return Figures(
        updates=len(acts),
        cpu_ms=cpu / len(acts) * 1000,
        latency=(cuts[49] * 1000, cuts[94] * 1000, cuts[98] * 1000),
        calls=sum(n for name, n in bot.line.calls.items() if name != "getUpdates") / len(acts),
    )


async def _settle(bot: BotProcess) -> None:
    deadline = perf_counter() + WITHIN
    while not bot.line.is_settled(QUIET):
        if perf_counter() > deadline:
            waiting = len(bot.line.handed)
            raise TimeoutError(f"{bot.kind}: {waiting} people have no answer\n{bot.log[-3000:]}")
        await asyncio.sleep(QUIET / 4)
