"""`foyer` as an operator runs it: commands, and `foyer run` as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

LOOPBACK = "127.0.0.1"
TOKEN = "the token of all the tests"
SECRET = "the secret key of all processes of a test"
FOYER = (sys.executable, "-c", "from bot.cli import main; main()")
ROOT = Path(__file__).parents[2]

UP_WITHIN = 120.0
"""Seconds until `/health` must answer; a warm start takes three to five, on a busy machine more."""
NO_CERTIFICATES = False
"""Nothing is encrypted on the loopback. To read what the web trusts takes 20 ms of every client."""
DOWN_WITHIN = 10.0
"""Seconds after SIGTERM that docs/operating.md allows."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def environment(database_url: str, *, root: Path = ROOT, **settings: str) -> dict[str, str]:
    """This process's environment with these FOYER_ settings and no other, but the cache's place."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name == "FOYER_CACHE_DIR" or not name.startswith("FOYER_")
    }
    kept.pop("PYTHONDONTWRITEBYTECODE", None)  # a run starts eighty processes
    own = {
        "database_url": database_url,
        "secret_key": SECRET,
        "chat_burst": "100000",  # a machine writes faster than anybody
        **settings,
    }
    path = os.pathsep.join(filter(None, [str(root), kept.get("PYTHONPATH")]))
    return {**kept, "PYTHONPATH": path, **{f"FOYER_{k.upper()}": v for k, v in own.items()}}


def foyer(
    *arguments: str, folder: Path, database_url: str, secret_key: str = SECRET
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end, in a folder without settings."""
    return subprocess.run(
        [*FOYER, *arguments],
        cwd=folder,
        env=environment(database_url, secret_key=secret_key),
        capture_output=True,
        text=True,
        timeout=UP_WITHIN,
        check=False,
    )


@dataclass(slots=True)
class Server:
    """`foyer run` on one port: it can be started, stopped and killed again and again."""

    folder: Path
    database_url: str
    smtp_port: int | None = None
    token: str | None = TOKEN
    settings: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    command: str = "run"
    root: Path = ROOT
    """Where its program is: another version of it, say."""
    _process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def watched(self) -> str:
        """Where it says how it does: a worker has no port but that of our own machines."""
        return self.admin if self.command == "worker" else self.address

    @property
    def admin(self) -> str:
        """The port of our own machines, where it has one."""
        return f"http://{LOOPBACK}:{self.settings['admin_port']}"

    @property
    def pid(self) -> int:
        return self._running.pid

    @property
    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "the server was started"
        return self._process

    @property
    def log(self) -> str:
        """What all lives of this server wrote."""
        return self._log_file.read_text("utf-8") if self._log_file.exists() else ""

    @property
    def _log_file(self) -> Path:
        return self.folder / f"foyer-{self.port}.log"

    def launch(self) -> None:
        """Start the process without waiting for it."""
        settings = {"port": str(self.port), **self.settings}
        if self.token is not None:
            settings["api_token"] = self.token
        if self.smtp_port is not None:
            settings["smtp_url"] = f"smtp://{LOOPBACK}:{self.smtp_port}"
        with self._log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [*FOYER, self.command],
                cwd=self.folder,
                env=environment(self.database_url, root=self.root, **settings),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def wait_until_up(self) -> None:
        deadline = time.monotonic() + UP_WITHIN
        while time.monotonic() < deadline:
            assert self._running.poll() is None, self.log
            if self._answers():
                return
            time.sleep(0.05)
        raise TimeoutError(f"foyer {self.command} is not up after {UP_WITHIN} s:\n{self.log}")

    def start(self) -> None:
        self.launch()
        self.wait_until_up()

    def wait(self, seconds: float = UP_WITHIN) -> int:
        """Return the exit status, once the process ends by itself."""
        return self._running.wait(seconds)

    def ask_to_end(self) -> None:
        self._running.send_signal(signal.SIGTERM)

    def stop(self) -> int:
        """Ask it to end, as an operator does; the exit status."""
        self.ask_to_end()
        return self.wait(DOWN_WITHIN)

    def kill(self) -> None:
        """`kill -9`: no handler runs, nothing is flushed."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            answer = httpx.get(f"{self.watched}/health", timeout=2, verify=NO_CERTIFICATES)
        except httpx.TransportError:
            return False
        return answer.status_code == httpx.codes.OK

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()
