"""Time and memory of a bulk import on PostgreSQL: first, again, and killed in the middle.

    python -m benchmarks.bulk_import [--households 200000] [--server postgresql://…] [--json]

Makes a JSONL file of made-up households (2.5 people each, every one with a `password_hash`), and
has `foyer import` take it in as an operator would: in a process of its own, on a database of its
own, which is dropped at the end. RSS is the greatest that the kernel saw of that process.
"""

import argparse
import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, sleep
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

from storage.identity.credentials import hash_password
from tests.e2e.server import FOYER, environment

SERVER = os.environ.get("TEST_FOYER_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")
FIRST_NAMES = ("Hélène", "Léo", "Zoé", "Omar", "Marie-Ève", "Jean", "Diane", "Kevin")
LAST_NAMES = ("Tremblay", "Gagnon", "Roy", "Côté", "Bouchard", "Haddad", "Nguyen", "Smith")
RIGHTS = ("view_invoice", "pay_bill", "data_addons")
KILLED_AT = 0.5
"""Of the households, when the import is killed."""


@dataclass(frozen=True, slots=True)
class Run:
    """One call of `foyer import`; seconds, CPU seconds and MB of the client's process."""

    seconds: float
    cpu: float
    peak_mb: float
    said: str


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="foyer-bulk-", dir=options.folder) as scratch:
        figures = measure(Path(scratch).resolve(), options.server, options.households)
    print(json.dumps(figures, indent=2) if options.json else as_text(figures))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time and memory of a bulk import.")
    parser.add_argument("--households", type=int, default=200_000)
    parser.add_argument("--server", default=SERVER, help="where databases may be created")
    parser.add_argument("--folder", default=".", help="for the file (default: here)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args()


def measure(folder: Path, server: str, households: int) -> dict[str, Any]:
    file = folder / "households.jsonl"
    people = write_file(file, households)
    with database_on(server) as url:
        first = run_import(url, file)
        rows = counts(url)
        again = run_import(url, file)
        assert counts(url) == rows, "unchanged, it writes nothing"
        audits = [subprocess_of(url, folder, "audit", "verify")]
    with database_on(server) as url:
        killed = run_import(url, file, kill_at=int(households * KILLED_AT))
        before = counts(url)
        resumed = run_import(url, file)
        assert counts(url) == rows, "killed and resumed, it has written the same"
        audits.append(subprocess_of(url, folder, "audit", "verify"))
    return {
        "households": households,
        "people": people,
        "file_mb": round(file.stat().st_size / 1e6),
        "first": asdict(first),
        "again": asdict(again),
        "killed": {"seconds": killed.seconds, "households": before["household"]},
        "resumed": asdict(resumed),
        "rows": rows,
        "audits": audits,
    }


def write_file(file: Path, households: int) -> int:
    """Return how many people stand in it."""
    password_hash, people = hash_password("a made-up password 7"), 0
    with file.open("w", encoding="utf-8") as lines:
        for number in range(households):
            household = made_up(number, password_hash)
            people += len(household["members"])
            lines.write(json.dumps(household, ensure_ascii=False) + "\n")
    return people


def made_up(number: int, password_hash: str) -> dict[str, Any]:
    members = [
        {
            "role": "secondary" if seat else "holder",
            "username": f"user{number}.{seat}",
            "first_name": FIRST_NAMES[(number + seat) % len(FIRST_NAMES)],
            "last_name": LAST_NAMES[number % len(LAST_NAMES)],
            "email": f"user{number}.{seat}@example.com",
            "language": "fr" if number % 3 else "en",
            "status": "active",
            "rights": RIGHTS[: (number + seat) % 4] if seat else (),
            "password_hash": password_hash,
        }
        for seat in range(2 + number % 2)
    ]
    return {"account_number": f"7{number:09d}", "language": "fr", "members": members}


@contextmanager
def database_on(server: str) -> Iterator[str]:
    """A migrated database of its own."""
    name = f"foyer_bulk_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = f"{server.rpartition('/')[0]}/{name}"
    try:
        subprocess_of(url, Path.cwd(), "migrate")
        yield url
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            connection.execute(drop)


def run_import(url: str, file: Path, *, kill_at: int | None = None) -> Run:
    """Import the file; with `kill_at`, only until so many households are there."""
    begun = perf_counter()
    process = subprocess.Popen(
        [*FOYER, "import", str(file)],
        cwd=file.parent,
        env=environment(url),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    if kill_at is not None:
        while counts(url)["household"] < kill_at:
            sleep(0.2)
        process.send_signal(signal.SIGKILL)
    assert process.stdout is not None
    said = process.stdout.read().splitlines()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == (0 if kill_at is None else -signal.SIGKILL), said
    summary = next((line for line in said if "created," in line), "")
    return Run(
        seconds=round(perf_counter() - begun, 1),
        cpu=round(usage.ru_utime + usage.ru_stime, 1),
        peak_mb=round(usage.ru_maxrss / 1024),
        said=summary,
    )


def subprocess_of(url: str, folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [*FOYER, *arguments],
        cwd=folder,
        env=environment(url),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip().rpartition("\n")[2]


def counts(url: str) -> dict[str, int]:
    tables = ("household", "member", "credential", "access_right", "audit", "outbox")
    with psycopg.connect(url) as connection:
        return {
            name: connection.execute(
                sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))
            ).fetchall()[0][0]
            for name in tables
        }


def as_text(figures: dict[str, Any]) -> str:
    made = f"{figures['households']:,} households, {figures['people']:,} people"
    lines = [f"{made}, {figures['file_mb']} MB of JSONL"]
    for name in ("first", "again", "resumed"):
        run = figures[name]
        cost = f"{run['seconds']:7.1f} s, CPU {run['cpu']:6.1f} s, {run['peak_mb']:5.0f} MB"
        lines.append(f"{name:8} {cost}  {run['said']}")
    killed = figures["killed"]
    lines.append(f"killed   after {killed['seconds']:.1f} s, {killed['households']:,} households")
    lines.append(f"rows     {figures['rows']}")
    lines += [f"audit    {audit}" for audit in figures["audits"]]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
