"""Keeps the parts running: the server, the mails, what is left over in the inbox."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import TextIO

from bot.app import App, build, mail_sender, open_database, terminal_chat, web_app
from bot.rounds import rounds
from bot.settings import Settings
from bot.web.serving import server_of
from storage.errors import DatabaseAwayError
from storage.migrating import Schema

log = logging.getLogger(__name__)

LEFT_OVER_SECONDS = 1.0
"""How often the inbox is looked through for what another process left undone."""

WATCH_SECONDS = 10.0
"""How often it is looked who has waited for an agent for too long."""

SWEEP_SECONDS = 600.0
"""How often the records are looked through for what time has ended."""

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"

GRACE_SECONDS = 8
"""For requests under way when the server is told to stop; ten seconds are allowed in all."""

DATABASE_IS_AWAY = 1
"""Exit status where nobody answers at the database's address."""

SCHEMA_DOES_NOT_FIT = 3
"""Exit status on a database that needs `foyer migrate`, or a newer version than this."""


@asynccontextmanager
async def background(app: App) -> AsyncIterator[None]:
    """Send mails, work off what is left over, and sweep, as long as the block runs."""
    stop = asyncio.Event()
    tasks = [
        asyncio.create_task(mail_sender(app).run(stop)),
        asyncio.create_task(rounds(app.dispatcher.run_waiting, LEFT_OVER_SECONDS, stop)),
        asyncio.create_task(rounds(partial(asyncio.to_thread, sweep, app), SWEEP_SECONDS, stop)),
    ]
    if app.watch is not None:
        look = partial(asyncio.to_thread, app.watch.look)
        tasks.append(asyncio.create_task(rounds(look, WATCH_SECONDS, stop)))
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*tasks, return_exceptions=True)


def sweep(app: App) -> bool:
    """Do what time alone does to the records; True when there is more to do."""
    with app.database.write() as uow:
        more = uow.sweeping.sweep_records()
    keep = timedelta(days=app.settings.conversation_days)
    with app.database.write() as uow:
        return uow.sweeping.sweep_messages(keep=keep) or more


async def run_server(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; returns the exit status."""
    logging.basicConfig(level=settings.log_level, format=LOG_FORMAT)
    # Every registered action is news to rasa-sdk.
    for chatty in ("alembic", "rasa_sdk"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    if status := unready(settings):
        return status
    app = await asyncio.to_thread(build, settings)
    await serve(app)
    app.database.close()
    return 0


async def serve(app: App) -> None:
    settings = app.settings
    server = server_of(web_app(app), host=settings.host, port=settings.port, grace=GRACE_SECONDS)
    # uvicorn raises the signal again when it is done: it must find us, not the default, which
    # ends the process before the mails under way are written down.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, server.handle_exit)
    async with background(app), AsyncExitStack() as lines:
        for line in app.lines:
            await lines.enter_async_context(line.running())
        await server.serve()


def unready(settings: Settings, *, migrating: bool = False) -> int:
    """Return 0, or say what helps and return an exit status; the embedded default is migrated."""
    database = open_database(settings)
    try:
        schema = database.schema()
        if schema is Schema.OLDER and (migrating or settings.embedded):
            schema = database.migrate()
    except DatabaseAwayError as error:
        log.error("the database cannot be reached: %s", error)  # noqa: TRY400  a sentence is enough
        return DATABASE_IS_AWAY
    finally:
        database.close()
    if schema is not Schema.CURRENT:
        log.log(logging.WARNING if schema.fits else logging.ERROR, schema.value)
    return 0 if schema.fits else SCHEMA_DOES_NOT_FIT


async def run_chat(settings: Settings, lines: TextIO, screen: TextIO) -> None:
    """Chat on the configured database until the input ends."""
    if status := unready(settings):
        raise SystemExit(status)
    app = await asyncio.to_thread(build, settings)
    channel = terminal_chat(app, "chat")
    async with background(app):
        await channel.chat(lines, screen, _nothing, prompt="> " if lines.isatty() else "")
    app.database.close()


async def _nothing() -> None:
    """After a turn there is nothing else to show."""
