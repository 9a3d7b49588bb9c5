"""Updates per CPU-second over Telegram, beside a bare python-telegram-bot echo bot.

    python -m benchmarks.telegram [--updates 300] [--rounds 3] [--rate 50] [--transport] [--json]

A Bot API on the loopback hands the same updates to both bots, by polling and by webhook, so many
a second and then all at once. CPU is what the bot's own process used, user and system; latency
is from handing an update over to the first message to that chat. The bots take turns in every
round, and each figure is the median of the rounds: a shared machine is not equally quick twice.

`--transport` compares only what sending one message costs.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.bot_api import BotApi
from benchmarks.bots import Kind, bot_process
from benchmarks.telegram_load import Figures, tapped, typed, warm_up
from tests.e2e.server import ROOT

MODES = ("polling", "webhook")
ACTS = {"tapped": tapped, "typed": typed}
WARM_UP = 24
SIDE_BY_SIDE = (1, 16)
TRANSPORTS = ("aiohttp", "httpx")
Row = dict[str, Any]


class Load(NamedTuple):
    """What people do, and how many of them a second; None: all at once."""

    act: str
    rate: float | None

    def __str__(self) -> str:
        return f"{self.act}, {'at once' if self.rate is None else f'{self.rate:g}/s'}"


Rounds = dict[tuple[str, str, Load], list[Figures]]


def main() -> None:
    options = _options()
    if options.transport:
        transports = asyncio.run(measure_transports(options.messages, options.rounds))
        print(json.dumps(transports, indent=2) if options.json else transport_table(transports))
        return
    with tempfile.TemporaryDirectory(prefix="foyer-bench-", dir=options.folder) as scratch:
        work = measure(Path(scratch).resolve(), options.updates, options.rounds, options.rate)
        report = asyncio.run(work)
    print(json.dumps(report, indent=2) if options.json else as_table(report))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Updates per CPU-second over Telegram.")
    parser.add_argument("--updates", type=int, default=300, help="of each kind in a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rate", type=float, default=50, help="updates a second")
    parser.add_argument("--folder", default=".", help="on the disk to measure (default: here)")
    parser.add_argument("--transport", action="store_true", help="compare the transports alone")
    parser.add_argument("--messages", type=int, default=1000, help="per transport and round")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args()


async def measure(folder: Path, updates: int, rounds: int, rate: float) -> list[Row]:
    kinds = [Kind(name, mode) for mode in MODES for name in ("echo", "foyer")]
    loads = [Load(act, speed) for speed in (rate, None) for act in ACTS]
    async with BotApi() as api:
        found = await _play(api, folder, kinds, loads, updates=updates, rounds=rounds)
    return [_row(found, mode, load) for mode in MODES for load in loads]


async def _play(
    api: BotApi, folder: Path, kinds: list[Kind], loads: list[Load], *, updates: int, rounds: int
) -> Rounds:
    """Put every load on every bot, bot after bot, as often as there are rounds."""
    found: Rounds = {}
    with ExitStack() as running:
        bots = [bot_process(kind, api, folder) for kind in kinds]
        for bot in bots:
            await asyncio.to_thread(running.enter_context, bot)  # the Bot API goes on meanwhile
            await warm_up(api, bot, WARM_UP)
        for _ in range(rounds):
            for load in loads:
                for bot in bots:
                    figures = await ACTS[load.act](api, bot, updates, load.rate)
                    found.setdefault((bot.kind.name, bot.kind.mode, load), []).append(figures)
    return found


def _row(found: Rounds, mode: str, load: Load) -> Row:
    echo, foyer = (found[name, mode, load] for name in ("echo", "foyer"))
    ratios = [f.per_cpu_second / e.per_cpu_second for f, e in zip(foyer, echo, strict=True)]
    return {
        "load": f"{load}, {mode}",
        "ratio": round(median(ratios), 2),
        "ratios": [round(ratio, 2) for ratio in ratios],
        "foyer": _medians(foyer, latency=load.rate is not None),
        "echo": _medians(echo, latency=load.rate is not None),
    }


def _medians(rounds: list[Figures], *, latency: bool) -> Row:
    def middle(of: Callable[[Figures], float], digits: int) -> float:
        return round(median(map(of, rounds)), digits)

    figures: Row = {
        "updates": sum(one.updates for one in rounds),
        "per_cpu_second": middle(lambda one: one.per_cpu_second, 0),
        "cpu_ms": middle(lambda one: one.cpu_ms, 2),
        "calls": middle(lambda one: one.calls, 2),
    }
    if latency:
        each = zip(*(one.latency for one in rounds), strict=True)
        names = ("p50", "p95", "p99")
        figures |= {name: round(median(of), 1) for name, of in zip(names, each, strict=True)}
    return figures


def as_table(rows: list[Row]) -> str:
    head = f"{'updates per CPU-second':<28}{'echo':>7}{'Foyer':>7}{'ratio':>7}"
    lines = [f"{head}   latency p50/p95/p99 in ms: echo, Foyer"]
    for row in rows:
        echo, foyer = row["echo"], row["foyer"]
        lines.append(
            f"{row['load']:<28}{echo['per_cpu_second']:>7.0f}{foyer['per_cpu_second']:>7.0f}"
            f"{row['ratio']:>7.2f}   {_latency(echo):>18}{_latency(foyer):>20}".rstrip()
        )
    return "\n".join(lines)


def _latency(figures: Row) -> str:
    if "p50" not in figures:
        return ""
    return " / ".join(f"{figures[name]:.0f}" for name in ("p50", "p95", "p99"))


async def measure_transports(messages: int, rounds: int) -> list[Row]:
    """CPU and wall time of one `send_message`, over each transport."""
    async with BotApi() as api:
        found: dict[tuple[str, int], list[Row]] = {}
        for _ in range(rounds):
            for beside in SIDE_BY_SIDE:
                for name in TRANSPORTS:
                    run = await _transport(api, name, messages, beside)
                    found.setdefault((name, beside), []).append(run)
    return [
        {
            "transport": name,
            "side_by_side": beside,
            "cpu_ms": _middle(run["cpu_ms"] for run in runs),
            "wall_ms": _middle(run["wall_ms"] for run in runs),
        }
        for (name, beside), runs in found.items()
    ]


async def _transport(api: BotApi, name: str, messages: int, beside: int) -> Row:
    token = api.new_line().token
    arguments = [name, api.url, token, str(messages), str(beside)]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.transports", *arguments),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    if process.returncode:
        raise SystemExit(f"sending over {name} ended with {process.returncode}")
    figures: Row = json.loads(output)
    return figures


def _middle(values: Iterable[float]) -> float:
    return round(median(values), 3)


def transport_table(rows: list[Row]) -> str:
    lines = [f"{'sendMessage':<14}{'side by side':>13}{'CPU':>8}{'wall':>8}   (ms a message)"]
    lines += [
        f"{row['transport']:<14}{row['side_by_side']:>13}{row['cpu_ms']:>8.2f}{row['wall_ms']:>8.2f}"
        for row in rows
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
