"""Time and peak memory from the start of `foyer demo` to its first answer.

    python -m benchmarks.startup [--runs 5] [--json]

The message waits on standard input from the beginning, as with `printf … | make demo`.
"""

import argparse
import json
import os
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.e2e.server import FOYER, environment

MESSAGE = "How many users can I have?\n"
FIRST_BUTTON = "[1]"
"""The welcome has no buttons; the first answer has."""


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds to the first answer, and the most memory that the process ever held."""

    seconds: float
    peak_rss_mb: int


def main() -> None:
    parser = argparse.ArgumentParser(description="From the start of the demo to its first answer.")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="foyer-bench-") as folder:
        runs = [start(Path(folder)) for _ in range(options.runs)]
    if options.json:
        print(json.dumps([asdict(run) for run in runs], indent=2))
        return
    print(
        f"first answer after {median(run.seconds for run in runs):.2f} s (median of {len(runs)}, "
        f"slowest {max(run.seconds for run in runs):.2f} s), "
        f"peak RSS {max(run.peak_rss_mb for run in runs)} MB"
    )


def start(folder: Path) -> Start:
    began = perf_counter()
    demo = subprocess.Popen(
        [*FOYER, "demo"],
        cwd=folder,
        env=environment("sqlite:///unused.db"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert demo.stdin is not None
    assert demo.stdout is not None
    with demo.stdin as lines, demo.stdout as screen:
        lines.write(MESSAGE)
        lines.flush()
        if not any(FIRST_BUTTON in line for line in screen):
            raise SystemExit("the demo ended without an answer")
        seconds = perf_counter() - began
        lines.close()
        screen.read()
    _, status, usage = os.wait4(demo.pid, 0)
    demo.returncode = os.waitstatus_to_exitcode(status)
    if demo.returncode:
        raise SystemExit(f"the demo ended with {demo.returncode}")
    return Start(round(seconds, 2), round(usage.ru_maxrss * 1024 / 1e6))


if __name__ == "__main__":
    main()
