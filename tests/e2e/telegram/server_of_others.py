"""`telegram-test-api`, a Bot API that we did not write, and somebody who chats over it."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import httpx
import pytest
from platformdirs import user_cache_path

from tests.e2e.server import LOOPBACK
from tests.fakes.telegram.html import visible

PACKAGE = "telegram-test-api"
VERSION = "4.2.1"
SCRIPT = Path(__file__).with_name("repaired_server.js")
PATIENCE = 30.0


def installed() -> Path:
    """The folder with the package, installed once per machine; without Node the test is skipped."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        unavailable("no Node.js here")
    folder = user_cache_path("foyer-tests") / f"{PACKAGE}-{VERSION}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(mkdtemp(dir=folder.parent))
        install = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"]
        done = subprocess.run(
            [*install, str(draft), f"{PACKAGE}@{VERSION}"],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode != 0:
            shutil.rmtree(draft)
            unavailable(f"npm could not install {PACKAGE}: {done.stderr[-500:]}")
        settle_in(draft, folder)
    return folder / "node_modules"


def settle_in(draft: Path, folder: Path) -> None:
    """The folder appears whole; whoever comes second uses the first one's."""
    try:
        draft.rename(folder)
    except OSError:
        shutil.rmtree(draft)


def unavailable(why: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must run {PACKAGE}: {why}")
    pytest.skip(f"{PACKAGE}: {why}")


@contextmanager
def server_of_others() -> Iterator[str]:
    """Its address."""
    node = subprocess.Popen(
        ["node", str(SCRIPT)],
        env={**os.environ, "NODE_PATH": str(installed())},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert node.stdout is not None
        yield f"http://{LOOPBACK}:{int(node.stdout.readline())}"
    finally:
        node.kill()
        node.communicate()


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, f"not within {PATIENCE} s"
        time.sleep(0.05)


@dataclass(slots=True)
class Guest:
    """A person in a private chat, by that server's own interface for tests."""

    http: httpx.Client
    token: str
    id: int
    language: str
    heard: list[dict[str, Any]] = field(default_factory=list)
    _read: int = 0

    def say(self, text: str) -> None:
        if text.startswith("/"):
            entities = [{"type": "bot_command", "offset": 0, "length": len(text.partition(" ")[0])}]
            self._post("/sendCommand", {**self._envelope(), "text": text, "entities": entities})
        else:
            self._post("/sendMessage", {**self._envelope(), "text": text})

    def tap(self, title: str) -> None:
        for one in reversed(self.heard):
            for button in self._buttons(one):
                if button["text"].startswith(title):
                    message = {**self._envelope(), "message_id": one["messageId"]}
                    query = {**self._envelope(), "message": message}
                    self._post("/sendCallback", {**query, "data": button["callback_data"]})
                    return
        raise AssertionError(f"no button {title!r}")

    def reads(self, part: str) -> list[str]:
        """Wait for a message with these words; it and all unread ones before it."""
        deadline = time.monotonic() + PATIENCE
        while True:
            answer = self._post("/getUpdates", {"token": self.token, "chatId": self.id})
            self.heard += answer["result"]
            texts = [visible(one["message"]["text"]) for one in self.heard[self._read :]]
            for number, text in enumerate(texts, 1):
                if part in text:
                    self._read += number
                    return texts[:number]
            assert time.monotonic() < deadline, f"{part!r} was not said, but {texts}"
            time.sleep(0.05)

    def _envelope(self) -> dict[str, Any]:
        person = {"id": self.id, "is_bot": False, "first_name": "Diane"}
        return {
            "botToken": self.token,
            "from": {**person, "language_code": self.language},
            "chat": {"id": self.id, "type": "private", "first_name": "Diane"},
            "date": int(time.time()),
        }

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        return self.http.post(path, json=body).raise_for_status().json()

    @staticmethod
    def _buttons(update: dict[str, Any]) -> list[dict[str, str]]:
        rows = (update["message"].get("reply_markup") or {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]
