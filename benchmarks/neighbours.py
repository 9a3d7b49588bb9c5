"""What ten hostile senders do to the wait of somebody else, beside ten ordinary ones.

    python -m benchmarks.neighbours [--senders 10] [--pace 2] [--seconds 30]

Against `foyer run` with SQLite on disk, over REST. One person writes twice a second; meanwhile
nobody else does, then so many ordinary senders, then as many hostile ones at the same pace (a
message each half second; what comes too fast is answered with 429 and sent on its way). Printed
are the person's median waits, how much each crowd adds, and what a fixed loop takes.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count, cycle
from pathlib import Path
from statistics import median
from threading import Event
from time import perf_counter, sleep
from uuid import uuid4

import httpx

from benchmarks.hostile_mixtures import hostile_mixtures
from benchmarks.reference import reference_ms
from benchmarks.rest import TYPED
from tests.e2e.rest import WEBHOOK, connect
from tests.e2e.server import ROOT, Server, foyer

ALLOWED = 2.0
"""How many times what ordinary senders add hostile ones may."""
THINKS = 0.5
_NUMBER = count()


def main() -> None:
    arguments = argparse.ArgumentParser(description="What hostile senders do to others' waits.")
    arguments.add_argument("--senders", type=int, default=10)
    arguments.add_argument("--pace", type=float, default=2.0, help="messages a second and sender")
    arguments.add_argument("--seconds", type=float, default=30.0)
    options = arguments.parse_args()
    crowds = {"nobody": (), "ordinary": TYPED, "hostile": tuple(hostile_mixtures(400).values())}
    before = reference_ms()
    with tempfile.TemporaryDirectory(prefix="foyer-bench-", dir=".") as scratch:
        folder = Path(scratch).resolve()
        url = f"sqlite:///{folder / 'bench.db'}"
        households = ROOT / "bot" / "demo_households.yml"
        foyer("import", str(households), folder=folder, database_url=url).check_returncode()
        pace = {"chat_burst": "40"}  # as shipped
        with Server(folder, url, settings=pace) as server, connect(server.address) as http:
            waits = {
                name: _wait(http, texts, options.senders if texts else 0, options)
                for name, texts in crowds.items()
            }
            server.stop()
    added = {name: wait - waits["nobody"] for name, wait in waits.items()}
    for name, wait in waits.items():
        print(f"{name:<10}{wait:8.1f} ms, {added[name]:+.1f}")
    ratio = added["hostile"] / max(added["ordinary"], 0.1)
    print(f"hostile senders add {ratio:.1f} times what ordinary ones do (allowed: {ALLOWED})")
    print(f"fixed loop {before} ms before, {reference_ms()} ms after")


def _wait(
    http: httpx.Client, texts: Sequence[str], senders: int, options: argparse.Namespace
) -> float:
    """Return the median wait of a person, in milliseconds, while so many others write."""
    stop = Event()
    with ThreadPoolExecutor(senders + 1) as threads:
        for number in range(senders):
            own = cycle([*texts[number:], *texts[:number]])
            threads.submit(_write, http, own, 1 / options.pace, stop)
        sleep(1)
        walls: list[float] = []
        _write(http, cycle(TYPED), THINKS, _after(options.seconds, stop, threads), walls.append)
    return float(1000 * median(walls))


def _after(seconds: float, stop: Event, threads: ThreadPoolExecutor) -> Event:
    def wait() -> None:
        sleep(seconds)
        stop.set()

    threads.submit(wait)
    return stop


def _write(
    http: httpx.Client,
    texts: Iterator[str],
    pause: float,
    stop: Event,
    note: Callable[[float], None] = lambda _: None,
) -> None:
    sender = f"sender-{next(_NUMBER)}-{uuid4().hex}"
    while not stop.is_set():
        # JSON has no lone surrogates: what a client makes of them is its own affair.
        text = next(texts).encode("utf-8", "replace").decode()
        began = perf_counter()
        http.post(WEBHOOK, json={"sender": sender, "message": text})
        wall = perf_counter() - began
        note(wall)
        sleep(max(0.0, pause - wall))


if __name__ == "__main__":
    main()
