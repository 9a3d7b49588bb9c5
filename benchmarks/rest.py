"""Time and CPU per message over REST, against `foyer run` with SQLite on disk.

    python -m benchmarks.rest [--messages 300] [--turns 400] [--json]

One client sends one message after the other, so that a wall time is the whole way of one
message: HTTP, inbox, turn, commit with fsync, replies. CPU is what the server's process used,
user and system, over the whole run, what it does in the background included.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from time import perf_counter, sleep
from typing import Any

import httpx
import psutil

from tests.e2e.mailbox import Mailbox
from tests.e2e.rest import RestChat, connect
from tests.e2e.server import ROOT, Server, foyer

TYPED = (
    "hi there",
    "How many users can I have?",
    "C'est quoi la différence entre titulaire et utilisateur secondaire?",
    "is my wife able to see the bills",
    "add my son Hugo, hugo.roy@example.com, he needs the invoice and the mobile data add-ons",
    "never mind",
    "ajoute ma blonde Zoé Lavoie, zoe@exemple.ca, juste les factures",
    "annuler",
    "who is on my account?",
    "cancel",
    "what's the weather tomorrow",
    "mon compte est barré, je fais quoi?",
)
ASKS_WITH_BUTTONS = "How many users can I have?"
WARM_UP = 24
EDGE = 100
"""Turns at each end of the long conversation that are compared."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one kind of message; milliseconds."""

    messages: int
    wall_p50: float
    wall_p95: float
    cpu: float


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="foyer-bench-", dir=options.folder) as scratch:
        report = measure(Path(scratch).resolve(), messages=options.messages, turns=options.turns)
    print(json.dumps(report, indent=2) if options.json else as_table(report))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time and CPU per message over REST.")
    parser.add_argument("--messages", type=int, default=300, help="of each kind")
    parser.add_argument("--turns", type=int, default=400, help="of the long conversation")
    parser.add_argument("--folder", default=".", help="on the disk to measure (default: here)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args()


def measure(folder: Path, *, messages: int, turns: int) -> dict[str, Any]:
    database_url = f"sqlite:///{folder / 'bench.db'}"
    households = ROOT / "bot" / "demo_households.yml"
    foyer("import", str(households), folder=folder, database_url=database_url).check_returncode()
    with (
        Mailbox() as mailbox,
        Server(folder, database_url, mailbox.port) as server,
        connect(server.address) as http,
    ):
        process = psutil.Process(server.pid)
        idle = idle_cpu(process)
        typed_figures(process, http, "warm-up", WARM_UP)
        first_rss = process.memory_info().rss
        report: dict[str, Any] = {
            "typed": asdict(typed_figures(process, http, "typed", messages)),
            "tapped": asdict(tapped_figures(process, http, messages)),
            **long_conversation(process, http, turns),
            "idle_cpu_ms_per_s": idle,
            "rss_mb": {"warm": _mb(first_rss), "end": _mb(process.memory_info().rss)},
        }
        server.stop()
    return report


def typed_figures(process: psutil.Process, http: httpx.Client, name: str, messages: int) -> Figures:
    """Typed messages of every sort, a dozen to a conversation."""
    chats = [RestChat(http, f"{name}-{n}") for n in range(messages // len(TYPED) + 1)]
    sayings = [(chat, text) for chat in chats for text in TYPED][:messages]
    return timed(process, (partial(chat.say, text) for chat, text in sayings))


def tapped_figures(process: psutil.Process, http: httpx.Client, messages: int) -> Figures:
    """Taps on the buttons of answers that were asked for before the clock starts."""
    chats = [RestChat(http, f"tapped-{n}") for n in range(messages)]
    for chat in chats:
        chat.say(ASKS_WITH_BUTTONS)
    return timed(process, (partial(chat.tap, "Yes") for chat in chats))


def long_conversation(process: psutil.Process, http: httpx.Client, turns: int) -> dict[str, Any]:
    """One conversation without an end: its last turns must cost what its first did."""
    chat = RestChat(http, "long")
    parts = [min(EDGE, turns // 2), turns - 2 * min(EDGE, turns // 2), min(EDGE, turns // 2)]
    texts = cycle(TYPED)
    first, _, last = (
        timed(process, (partial(chat.say, text) for text in islice(texts, part))) for part in parts
    )
    return {"first_turns": asdict(first), "last_turns": asdict(last)}


def timed(process: psutil.Process, calls: Iterable[Callable[[], object]]) -> Figures:
    """Make the calls one after the other."""
    before = _cpu_seconds(process)
    walls = [_wall(call) for call in calls]
    cpu = _cpu_seconds(process) - before
    cuts = quantiles(walls, n=20)
    return Figures(
        messages=len(walls),
        wall_p50=round(cuts[9] * 1000, 2),
        wall_p95=round(cuts[18] * 1000, 2),
        cpu=round(cpu / len(walls) * 1000, 2),
    )


def idle_cpu(process: psutil.Process, seconds: float = 3) -> float:
    """What the process uses while nobody writes; milliseconds per second."""
    before = _cpu_seconds(process)
    sleep(seconds)
    return round((_cpu_seconds(process) - before) / seconds * 1000, 1)


def as_table(report: dict[str, Any]) -> str:
    rows = ("typed", "tapped", "first_turns", "last_turns")
    lines = [f"{'':<12}{'messages':>9}{'wall p50':>10}{'wall p95':>10}{'CPU':>8}   (ms a message)"]
    for name in rows:
        of = report[name]
        lines.append(
            f"{name.replace('_', ' '):<12}{of['messages']:>9}"
            f"{of['wall_p50']:>10.1f}{of['wall_p95']:>10.1f}{of['cpu']:>8.1f}"
        )
    rss = report["rss_mb"]
    idle = report["idle_cpu_ms_per_s"]
    return "\n".join([*lines, f"RSS {rss['warm']} MB warm, {rss['end']} MB at the end"]) + (
        f"; idle {idle} CPU-ms a second"
    )


def _wall(call: Callable[[], object]) -> float:
    start = perf_counter()
    call()
    return perf_counter() - start


def _cpu_seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _mb(number: int) -> int:
    return round(number / 1e6)


if __name__ == "__main__":
    main()
