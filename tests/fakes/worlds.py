"""The same product on another database: tests share what takes long to read and learn."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import App, build, work_on
from bot.channels.channel import Messenger
from bot.channels.intake import Intake
from bot.channels.masking import Masks
from bot.handoff.desk import DeskKey
from bot.handoff.turns import DeskTurns
from bot.registry import ROOMS
from bot.settings import Settings
from intents.parser import Parser
from storage.clock import Clock
from storage.database import Database
from storage.keys import Keys
from tests.fakes.chats import World
from tests.fakes.clock import ManualClock

SECRET = "a secret key for the tests alone"


def product_on(
    file: Path,
    parser: Parser,
    desk: DeskKey | None = None,
    *,
    rooms: Sequence[str] = ROOMS,
    messengers: Sequence[Messenger] = (),
    **settings: Any,
) -> App:
    """A whole Foyer on a migrated file; settings that are not given are as shipped."""
    chosen = Settings(
        _env_file=None,  # type: ignore[call-arg]  # taken by pydantic-settings, unknown to mypy
        database_url=f"sqlite:///{file}",
        secret_key=SecretStr(SECRET),
        **settings,
    )
    return build(
        chosen,
        clock=ManualClock(),
        understanding=parser,
        desk=desk,
        rooms=rooms,
        messengers=messengers,
    )


@contextmanager
def world_of(product: App, url: str, clock: ManualClock, keys: Keys) -> Iterator[World]:
    """That product on a database where the people of `tests.fakes.people` live."""
    app = on_database(product, url, clock, keys)
    yield World(app, clock)
    app.database.close()


def on_database(product: App, url: str, clock: Clock, keys: Keys) -> App:
    database = Database(url, clock=clock, keys=keys)
    turns = replace(product.turns, database=database)
    intake = Intake(database, Masks(keys, product.parser.private))
    desk = desk_turns(product, database)
    dispatcher, engine = work_on(database, turns, desk)
    return replace(
        product,
        settings=product.settings.model_copy(update={"database_url": url}),
        clock=clock,
        database=database,
        turns=turns,
        intake=intake,
        dispatcher=dispatcher,
        engine=engine,
        watch=replace(product.watch, database=database) if product.watch else None,
        rests=replace(product.rests, database=database) if product.rests else None,
    )


def desk_turns(product: App, database: Database) -> DeskTurns | None:
    return replace(product.desk_turns, database=database) if product.desk_turns else None
