"""`foyer demo`: an invented household, a mail catcher, the pages, and a chat in the terminal."""

import asyncio
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import as_file, files
from pathlib import Path
from textwrap import indent
from typing import TextIO

from pydantic import SecretStr

from bot.app import App, build
from bot.channels.terminal.desk import DESK, TerminalDesk
from bot.faces import mail_sender, terminal_chat, web_app
from bot.importing import load_file
from bot.mail.catcher import Catcher, CaughtMail
from bot.settings import Settings
from bot.web.serving import server_of
from bot.yaml_files import read_yaml

LOOPBACK = "127.0.0.1"


async def run_demo(lines: TextIO, screen: TextIO) -> None:
    """Chat until the input ends; mails are shown before the next line is read."""
    texts = read_yaml("bot", "demo.yml")
    catcher = Catcher()
    catcher.start()
    with tempfile.TemporaryDirectory(prefix="foyer-demo-") as folder:
        settings = demo_settings(Path(folder), catcher.port)
        app = await asyncio.to_thread(prepare, settings)
        print(welcome(texts, settings), file=screen, flush=True)
        channel = terminal_chat(app, "demo", TerminalDesk(app.answers, texts))
        post = mail_sender(app)

        async def show_mails() -> None:
            await post.send_due()
            for mail in catcher.take_new():
                print(as_text(texts, mail), file=screen, flush=True)

        try:
            async with pages(app, catcher):
                prompt = "> " if lines.isatty() else ""
                await channel.chat(lines, screen, show_mails, prompt=prompt)
        finally:
            app.database.close()
            catcher.stop()


def demo_settings(folder: Path, smtp_port: int) -> Settings:
    """Return settings that touch nothing outside of a scratch folder and the loopback."""
    return Settings(
        database_url=f"sqlite:///{folder / 'demo.db'}",
        secret_key=None,
        api_token=None,
        telegram_token=None,
        telegram_support_group=None,
        host=LOOPBACK,
        port=free_port(),
        admin_port=None,
        public_url="",
        smtp_url=SecretStr(f"smtp://{LOOPBACK}:{smtp_port}"),
        log_level="ERROR",
    )


def prepare(settings: Settings) -> App:
    app = build(settings, desk=DESK)
    app.database.migrate()
    with as_file(files("bot").joinpath("demo_households.yml")) as path:
        load_file(app.database, path)
    return app


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def pages(app: App, catcher: Catcher) -> AsyncIterator[None]:
    """Serve the pages that the mails link to, on the loopback, as long as the block runs."""
    server = server_of(web_app(app, catcher), host=LOOPBACK, port=app.settings.port)
    server.config.load()
    serving = asyncio.create_task(server.serve())
    try:
        yield
    finally:
        server.should_exit = True
        await serving


def welcome(texts: dict[str, str], settings: Settings) -> str:
    raw = read_yaml("bot", "demo_households.yml")
    members = [
        texts["person"].format_map({"status": "active", **member})
        for household in raw["households"]
        for member in household["members"]
    ]
    return texts["welcome"].format(pages=settings.address, people=indent("\n".join(members), "  "))


def as_text(texts: dict[str, str], mail: CaughtMail) -> str:
    return texts["mail"].format(to=mail.to, subject=mail.subject, text=mail.text.strip())
