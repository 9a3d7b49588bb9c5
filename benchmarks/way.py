"""The way of one message through the product, from Telegram's webhook to what is sent.

    python -m benchmarks.way [--changes] [--json]

A holder who has signed in types "Add Marie, marie@example.com". What Python calls in `bot`,
`intents`, `faq` and `storage` between the webhook and the answer at the Bot API is on the way.
A step is a call of a named function, method or property; a coroutine or generator takes one each
time it goes on. Comprehensions, lambdas and methods such as `__init__` are no steps: they belong
to whoever wrote them or makes the value. A change of file is a step in another file than the step
before it, whichever thread took it. Returns are no steps: who comes back is where they were.

`--changes` prints both sides of every change, in order; without it, the files in the order in
which they come in, and how often each is come into from another.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import httpx
from pydantic import SecretStr

from bot.app import App, build
from bot.channels.telegram.webhook import PATH
from bot.faces import web_app
from bot.settings import Settings
from storage.keys import Keys
from tests.e2e.server import ROOT
from tests.fakes.people import move_in
from tests.fakes.telegram.server import TOKEN, BotApi
from tests.fakes.telegram.updates import SECRET_HEADER
from tests.fakes.telegram.user import TelegramUser

MESSAGE = "Add Marie, marie@example.com"
HOLDER = "diane"
FOLDERS = ("bot", "faq", "intents", "storage")
PUBLIC_URL = "https://foyer.example.com"
SECRET = "a secret key for benchmarks only"
QUIET_SECONDS = 1.0
"""Without a step: then a message has been answered, and all about it is written down."""


class Step(NamedTuple):
    """A call: the file, below the root of the repository, and the function's name there."""

    file: str
    function: str

    def __str__(self) -> str:
        return f"{self.file} {self.function}"


@dataclass(slots=True)
class Way:
    """The steps that are taken while they are watched."""

    steps: list[Step] = field(default_factory=list)
    _files: dict[str, str | None] = field(default_factory=dict)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look at this thread, and at those that start inside."""
        threading.setprofile(self._see)
        sys.setprofile(self._see)
        yield
        sys.setprofile(None)
        threading.setprofile(None)

    def _see(self, frame: FrameType, event: str, _: Any) -> None:
        function = frame.f_code.co_qualname
        if event != "call" or function.endswith((">", "__")):
            return
        name = frame.f_code.co_filename
        if name not in self._files:
            self._files[name] = _product_file(Path(name))
        if (file := self._files[name]) is not None:
            self.steps.append(Step(file, function))

    @property
    def files(self) -> list[str]:
        """The files, each once, in the order in which they come in."""
        return list(dict.fromkeys(step.file for step in self.steps))

    @property
    def changes(self) -> list[tuple[Step, Step]]:
        """The steps before and after each change of file."""
        return [(one, next_) for one, next_ in pairwise(self.steps) if one.file != next_.file]


def _product_file(path: Path) -> str | None:
    inside = path.relative_to(ROOT) if path.is_relative_to(ROOT) else Path("elsewhere")
    return str(inside) if inside.parts[0] in FOLDERS else None


def main() -> None:
    parser = argparse.ArgumentParser(description="The files that one message passes.")
    parser.add_argument("--changes", action="store_true", help="print every change of file")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="foyer-bench-") as folder, BotApi() as api:
        app = product(Path(folder), api)
        way = asyncio.run(walk(app, api))
        app.database.close()
    if options.json:
        print(json.dumps({"files": way.files, "changes": len(way.changes)}, indent=2))
    else:
        print("\n".join(_changes(way) if options.changes else _table(way)))


def product(folder: Path, api: BotApi) -> App:
    """Return the whole product with Telegram, on a database with households."""
    app = build(
        Settings(
            _env_file=None,  # type: ignore[call-arg]  # taken by pydantic-settings, unknown to mypy
            database_url=f"sqlite:///{folder / 'foyer.db'}",
            secret_key=SecretStr(SECRET),
            telegram_token=SecretStr(TOKEN),
            telegram_api_url=api.url,
            telegram_mode="webhook",
            public_url=PUBLIC_URL,
        )
    )
    app.database.migrate()
    move_in(app.database)
    return app


async def walk(app: App, api: BotApi) -> Way:
    """Sign in and say the message, every step of which is looked at."""
    person, way, web = TelegramUser(api, 42), Way(), httpx.ASGITransport(web_app(app))
    with way.watched():  # from the first message on: threads that it starts go on
        for text in ("Sign in", HOLDER):
            await _say(text, person, web, way)
        with app.database.read() as uow:
            (mail,) = uow.outbox.due_mails(1)
        await _say(mail.secrets["code"], person, web, way)
        way.steps.clear()
        await _say(MESSAGE, person, web, way)
    assert "Marie" in person.heard[-1].text, f"not understood: {person.heard[-1].text}"
    (telegram,) = app.lines
    async with telegram.running():  # closes what has sent
        return way


async def _say(text: str, person: TelegramUser, web: httpx.ASGITransport, way: Way) -> None:
    """Post the update to the webhook, and wait until nothing goes on any more."""
    update = person.api.updates.pending.pop(person.say(text))
    secret = Keys(SECRET).webhook_secrets(TOKEN)[0]
    async with httpx.AsyncClient(transport=web, base_url=PUBLIC_URL) as telegram:
        answer = await telegram.post(PATH, json=update, headers={SECRET_HEADER: secret})
    answer.raise_for_status()
    taken = -1
    while taken != len(way.steps):
        taken = len(way.steps)
        await asyncio.sleep(QUIET_SECONDS)


def _table(way: Way) -> Sequence[str]:
    into = Counter(after.file for _, after in way.changes)
    return [
        f"     {'file':<52} come into",
        *(f"{row:>3}  {file:<52} {into[file]:>9}" for row, file in enumerate(way.files, 1)),
        f"{len(way.files)} files, {len(way.changes)} changes of file",
    ]


def _changes(way: Way) -> Sequence[str]:
    return [f"{before!s:<76} {after}" for before, after in way.changes]


if __name__ == "__main__":
    main()
