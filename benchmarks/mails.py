"""How many mails a second one `foyer run` hands to a mail server on the same machine.

    python -m benchmarks.mails [--mails 500] [--database postgresql://…]

The mails wait in the outbox when the process starts; measured is from the first that arrives to
the last. On an own SQLite file unless an empty database is named.
"""

import argparse
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, sleep

import psutil

from storage.database import Database
from storage.keys import Keys
from tests.e2e.mailbox import Mailbox
from tests.e2e.server import SECRET, Server

KIND = "unlocked"


def main() -> None:
    arguments = argparse.ArgumentParser(description="Mails a second of one process.")
    arguments.add_argument("--mails", type=int, default=500)
    arguments.add_argument("--database", help="an empty one (default: a SQLite file)")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="foyer-bench-", dir=".") as scratch:
        folder = Path(scratch).resolve()
        url = options.database or f"sqlite:///{folder / 'bench.db'}"
        queue(url, options.mails)
        with Mailbox() as mailbox:
            seconds, cpu = deliver(Server(folder, url, mailbox.port), mailbox, options.mails)
    each = f"{1000 * cpu / options.mails:.1f} ms of CPU each"
    print(
        f"{options.mails} mails in {seconds:.1f} s: {options.mails / seconds:.0f} a second, {each}"
    )


def queue(url: str, mails: int) -> None:
    database = Database(url, clock=lambda: datetime.now(UTC), keys=Keys(SECRET))
    database.migrate()
    with database.write() as uow:
        for number in range(mails):
            uow.outbox.mail(
                KIND,
                to=f"person{number}@example.com",
                language="en",
                parameters={"first_name": "Zoé"},
            )
    database.close()


def deliver(server: Server, mailbox: Mailbox, mails: int) -> tuple[float, float]:
    """Seconds from the first mail to the last, and CPU seconds of the process meanwhile."""
    with server:
        until(mailbox, 1)
        begun, cpu = perf_counter(), cpu_seconds(server.pid)
        until(mailbox, mails)
        return perf_counter() - begun, cpu_seconds(server.pid) - cpu


def cpu_seconds(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def until(mailbox: Mailbox, mails: int) -> None:
    while len(mailbox.mails(KIND)) < mails:
        sleep(0.02)


if __name__ == "__main__":
    main()
