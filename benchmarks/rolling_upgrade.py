"""A rolling upgrade under traffic: from the last commit without an engine to this one.

    python -m benchmarks.rolling_upgrade [--before 3cefd19]

Two processes of the version before serve REST on one PostgreSQL. While people write, the new
version migrates the database, and then takes the place of one process after the other. Fails
where a message was refused, lost, answered twice or out of order.
"""

import argparse
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from benchmarks.many_processes import new_database
from tests.e2e.crowd import Crowd
from tests.e2e.ledger import Ledger
from tests.e2e.server import FOYER, ROOT, Server, environment

BEFORE = "3cefd19"
"""The last commit at which no row had a job."""
PEOPLE = 6
SECONDS = 5.0
"""Of traffic between two steps."""


def main() -> None:
    arguments = argparse.ArgumentParser(description="A rolling upgrade under traffic.")
    arguments.add_argument("--before", default=BEFORE, help="the commit that is upgraded")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="foyer-bench-", dir=".") as scratch:
        folder = Path(scratch).resolve()
        before = unpack(options.before, folder / "before")
        with new_database() as url:
            crowd = upgrade(folder, before, url)
            crowd.check(Ledger(url))
    print(f"{len(crowd.sent)} messages: none refused, none lost, each one turn, in order")
    print(f"{crowd.cut_off} times a process was gone, and the next one answered")


def unpack(commit: str, folder: Path) -> Path:
    """Return a folder with that version in it."""
    folder.mkdir()
    archive = subprocess.run(
        ["git", "archive", commit], cwd=ROOT, check=True, capture_output=True
    ).stdout
    subprocess.run(["tar", "-x"], cwd=folder, input=archive, check=True)
    return folder


def upgrade(folder: Path, before: Path, url: str) -> Crowd:
    """People write all the time; what they have sent, and what came of it."""
    migrate(folder, before, url)
    old = [Server(folder, url, root=before) for _ in range(2)]
    new = [Server(folder, url) for _ in range(2)]
    with ExitStack() as running, ThreadPoolExecutor(PEOPLE) as people:
        for server in old:
            running.enter_context(server)
        crowd = Crowd(list(old))
        writing = [people.submit(crowd.work, number) for number in range(PEOPLE)]
        try:
            time.sleep(SECONDS)
            migrate(folder, ROOT, url)
            for gone, comes in zip(old, new, strict=True):
                time.sleep(SECONDS)
                replace(crowd, gone, running.enter_context(comes))
            time.sleep(SECONDS)
        finally:
            crowd.enough.set()
        for each in writing:
            each.result()
    check_logs([*old, *new])
    return crowd


def migrate(folder: Path, root: Path, url: str) -> None:
    """Bring the database to the schema of that version."""
    subprocess.run([*FOYER, "migrate"], cwd=folder, env=environment(url, root=root), check=True)


def replace(crowd: Crowd, gone: Server, comes: Server) -> None:
    """Both serve for a while; then the balancer sends nothing to the one that is stopped."""
    crowd.servers = [*crowd.servers, comes]
    time.sleep(SECONDS)
    crowd.servers = [server for server in crowd.servers if server is not gone]
    gone.stop()


def check_logs(servers: Sequence[Server]) -> None:
    for server in servers:
        if "Traceback" in server.log:
            raise RuntimeError(server.log)


if __name__ == "__main__":
    main()
