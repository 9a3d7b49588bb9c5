"""Keeps the parts running: the server, the mails, what is left over in the inbox."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from types import FrameType
from typing import TextIO

from fastapi import FastAPI

from bot import auditing, key_checks
from bot.app import App, build, open_database
from bot.faces import admin_app, mail_sender, terminal_chat, web_app, worker_app
from bot.handoff.group_changes import settle
from bot.lanes import chats_lane, mails_lane, turns_lane
from bot.settings import Settings
from bot.waves import WaveWatch
from bot.web.serving import PortTakenError, Server, serve_all, server_of
from bot.work.port import Round
from storage.database import Database
from storage.errors import DatabaseAwayError
from storage.migrating import Schema

log = logging.getLogger(__name__)

WATCH_SECONDS = 10.0
"""How often it is looked who has waited for an agent for too long."""

WAVE_SECONDS = 60.0
"""How often it is looked whether codes are guessed at many accounts."""

END_SECONDS = 20.0
"""What ends by itself does so at its minute; this enters it and tells the people concerned."""
SWEEP_SECONDS = 600.0
"""How often the records are looked through for what time has ended."""

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"

LINK_SECONDS = 60.0
"""How often the chain over all households is carried on."""

CHECK_SECONDS = 600.0
"""How often it is asked whether the audit is due to be looked at."""

GRACE_SECONDS = 8
"""For requests under way when the server is told to stop; ten seconds are allowed in all."""

KEY_SECONDS = 86_400.0
"""How often a weak key is warned of."""

WRONG_KEY = 2
"""Exit status where the secret key does not fit the database, or is not worth beginning with."""

DATABASE_IS_AWAY = 1
"""Exit status where nobody answers at the database's address."""

PORT_IS_TAKEN = 1
"""Exit status where somebody else listens at an address of ours."""

SCHEMA_DOES_NOT_FIT = 3
"""Exit status on a database that needs `foyer migrate`, or a newer version than this."""


@asynccontextmanager
async def background(app: App) -> AsyncIterator[None]:
    """Work off what waits, send mails and replies, and sweep, as long as the block runs."""
    lanes = [
        turns_lane(app.dispatcher, app.lines),
        chats_lane(app.database, app.lines),
        mails_lane(mail_sender(app)),
    ]
    async with app.engine.running(lanes, list(_rounds(app))):
        yield


def _rounds(app: App) -> Iterator[Round]:
    """What is done again and again beside the messages."""
    yield Round("sweep", partial(sweep, app), SWEEP_SECONDS)
    yield Round("ending", partial(end_what_is_over, app.database), END_SECONDS)
    weakness = partial(key_checks.warn_of_weakness, app.database)
    yield Round("keys", weakness, KEY_SECONDS)
    yield Round("wave", WaveWatch(app.database).look, WAVE_SECONDS)
    yield Round("audit_link", partial(auditing.link, app.database), LINK_SECONDS)
    yield Round("audit_check", partial(auditing.check, app.database), CHECK_SECONDS)
    if app.watch is not None:
        yield Round("watch", app.watch.look, WATCH_SECONDS)
    if app.rests is not None:
        yield Round("rests", app.rests.look, WATCH_SECONDS)


def sweep(app: App) -> bool:
    """Do what time alone does to the records; True when there is more to do."""
    may_erase = key_checks.may_erase(app.settings, app.database)
    with app.database.write() as uow:
        more = uow.sweeping.sweep_records(may_erase=may_erase)
    if not may_erase:
        return False
    keep = timedelta(days=app.settings.conversation_days)
    with app.database.write() as uow:
        return uow.sweeping.sweep_messages(keep=keep) or more


def end_what_is_over(database: Database) -> bool:
    """Enter suspensions and access that have ended, and tell; True when there is more to do."""
    with database.write() as uow:
        return uow.ending.enter()


async def run_server(settings: Settings, *, works: bool = True) -> int:
    """Serve until SIGTERM or SIGINT; returns the exit status.

    One that does not work takes in, and waits for what others have done.
    """
    return await _run(settings, partial(serve, works=works))


async def run_worker(settings: Settings) -> int:
    """Work until SIGTERM or SIGINT; returns the exit status."""
    return await _run(settings, work)


async def _run(settings: Settings, main: Callable[[App], Awaitable[None]]) -> int:
    if status := _begin(settings):
        return status
    app = await asyncio.to_thread(build, settings)
    try:
        await main(app)
    except PortTakenError:
        return PORT_IS_TAKEN
    finally:
        app.database.close()
    return 0


def _begin(settings: Settings) -> int:
    """Set up the log, and look at the database; an exit status, or 0."""
    logging.basicConfig(level=settings.log_level, format=LOG_FORMAT)
    # Every registered action is news to rasa-sdk.
    for chatty in ("alembic", "rasa_sdk"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    return unready(settings, adopts=True)


@asynccontextmanager
async def working(app: App) -> AsyncIterator[None]:
    """Fetch what the messengers have and work it off, as long as the block runs."""
    await asyncio.to_thread(settle, app.database, app.agents)
    async with AsyncExitStack() as lines:
        for line in app.lines:
            await lines.enter_async_context(line.running())
        await lines.enter_async_context(background(app))  # it ends first: it sends over the lines
        yield


@asynccontextmanager
async def waiting(app: App) -> AsyncIterator[None]:
    """Only take in, as long as the block runs."""
    async with app.engine.running((), ()):
        yield
    for line in app.lines:
        await line.close()


async def serve(app: App, *, works: bool = True) -> None:
    """Answer on the customers' port, and on our own machines' where there is one."""
    settings = app.settings
    ports = {settings.port: web_app(app)}
    if settings.admin_port is not None:
        ports[settings.admin_port] = admin_app(app)
    await _answer(app, ports, working(app) if works else waiting(app))


async def work(app: App) -> None:
    """Work, and answer our own machines where they have a port; else nothing is listened to."""
    port = app.settings.admin_port
    if port is not None:
        await _answer(app, {port: worker_app(app)}, working(app))
        return
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, partial(_stop, asyncio.get_running_loop(), stop))
    async with working(app):
        await stop.wait()


async def _answer(
    app: App, ports: Mapping[int, FastAPI], meanwhile: AbstractAsyncContextManager[None]
) -> None:
    """Serve on these ports until SIGTERM or SIGINT. Raises PortTakenError."""
    servers = [
        server_of(served, host=app.settings.host, port=port, grace=GRACE_SECONDS)
        for port, served in ports.items()
    ]
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, partial(_end, servers))
    async with meanwhile:
        await serve_all(servers)


def _end(servers: Sequence[Server], number: int, frame: FrameType | None) -> None:
    """Tell all at once: each gives what it has under way the same grace."""
    for server in servers:
        server.handle_exit(number, frame)


def _stop(loop: asyncio.AbstractEventLoop, stop: asyncio.Event, *_: object) -> None:
    loop.call_soon_threadsafe(stop.set)


def unready(
    settings: Settings, *, migrating: bool = False, any_key: bool = False, adopts: bool = False
) -> int:
    """Return 0, or say what helps and return an exit status; the embedded default is migrated.

    A command that `adopts` the secret keys makes them known to the database; one that does
    nothing with them takes `any_key`.
    """
    try:
        database = open_database(settings)
    except ValueError as error:  # of the key, or its file
        log.error("%s", error)  # noqa: TRY400  a sentence is enough
        return WRONG_KEY
    try:
        schema = database.schema()
        if schema is Schema.OLDER and (migrating or settings.embedded):
            schema = database.migrate()
        if schema is not Schema.CURRENT:
            log.log(logging.WARNING if schema.fits else logging.ERROR, schema.value)
        if not schema.fits:
            return SCHEMA_DOES_NOT_FIT
        return _unfit(settings, database, any_key=any_key, adopts=adopts)
    except DatabaseAwayError as error:
        log.error("the database cannot be reached: %s", error)  # noqa: TRY400  as above
        return DATABASE_IS_AWAY
    finally:
        database.close()


def _unfit(settings: Settings, database: Database, *, any_key: bool, adopts: bool) -> int:
    """Look at what is around the database: the keys, its file, and whether this is a trial."""
    if open_to_others(settings):
        log.warning("others on this machine can read %s: `chmod 600` it", settings.database_file)
    key_checks.prepare_trial(settings, database)
    refusal = None if any_key else key_checks.refusal_of(database, adopts=adopts)
    if refusal is not None:
        log.error("%s", refusal)
        return WRONG_KEY
    return 0


def open_to_others(settings: Settings) -> bool:
    """Return whether anybody but its owner may read the embedded database."""
    file = settings.database_file
    return file is not None and file.exists() and bool(file.stat().st_mode & 0o077)


async def run_chat(settings: Settings, lines: TextIO, screen: TextIO) -> None:
    """Chat on the configured database until the input ends."""
    if status := unready(settings, adopts=True):
        raise SystemExit(status)
    app = await asyncio.to_thread(build, settings)
    channel = terminal_chat(app, "chat")
    async with background(app):
        await channel.chat(lines, screen, _nothing, prompt="> " if lines.isatty() else "")
    app.database.close()


async def _nothing() -> None:
    """After a turn there is nothing else to show."""
