"""The bots that are measured, each in a process of its own."""

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from benchmarks.bot_api import LOOPBACK, BotApi, Line
from tests.e2e.server import FOYER, ROOT, environment, foyer, free_port

STOP_WITHIN = 15.0


@dataclass(frozen=True, slots=True)
class Kind:
    """Which bot, and how it gets its updates."""

    name: str
    mode: str

    def __str__(self) -> str:
        return f"{self.name} {self.mode}"


@dataclass(slots=True)
class BotProcess:
    """A running bot and its line to the Bot API."""

    kind: Kind
    line: Line
    api_url: str
    folder: Path
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        return self._log_file.read_text("utf-8")

    @property
    def _log_file(self) -> Path:
        return self.folder / f"{self.line.bot_id}.log"

    def cpu_seconds(self) -> float:
        assert self._process is not None, "it was started"
        times = psutil.Process(self._process.pid).cpu_times()
        return float(times.user + times.system)

    def __enter__(self) -> Self:
        arguments, settings = self._foyer() if self.kind.name == "foyer" else self._echo()
        with self._log_file.open("ab") as log:
            self._process = subprocess.Popen(
                arguments,
                cwd=self.folder,
                env=settings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _foyer(self) -> tuple[list[str], dict[str, str]]:
        database_url = f"sqlite:///{self.folder / str(self.line.bot_id)}.db"
        households = str(ROOT / "bot" / "demo_households.yml")
        foyer(
            "import", households, folder=self.folder, database_url=database_url
        ).check_returncode()
        settings = environment(
            database_url,
            port=str(self.port),
            public_url=f"http://{LOOPBACK}:{self.port}",
            telegram_token=self.line.token,
            telegram_api_url=self.api_url,
            telegram_mode=self.kind.mode,
        )
        return [*FOYER, "run"], settings

    def _echo(self) -> tuple[list[str], dict[str, str]]:
        arguments = [self.line.token, self.api_url, self.kind.mode, str(self.port)]
        return [sys.executable, "-m", "benchmarks.echo_bot", *arguments], environment("unused")


def bot_process(kind: Kind, api: BotApi, folder: Path) -> BotProcess:
    """Return a bot, not yet started, with a token of its own."""
    return BotProcess(kind, api.new_line(), api.url, folder)
