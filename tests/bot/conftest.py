"""A whole Foyer for every test of the conversation."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import App, build
from bot.settings import Settings
from intents.parser import Parser
from storage.keys import Keys
from tests.fakes.chats import Chat, World
from tests.fakes.clock import ManualClock
from tests.fakes.operators import Operator
from tests.fakes.people import move_in
from tests.fakes.records import Records
from tests.fakes.worlds import on_database


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser.load(cache=Settings().cache_dir)


@pytest.fixture(scope="session")
def product(parser: Parser, sqlite_template: Path) -> App:
    """What reads and learns all its files, once: that takes longer than most conversations."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # taken by pydantic-settings, unknown to mypy
        database_url=f"sqlite:///{sqlite_template}",
        secret_key=SecretStr("a secret key for tests only"),
    )
    return build(settings, clock=ManualClock(), understanding=parser)


@pytest.fixture
def world(product: App, sqlite_url: str, clock: ManualClock, keys: Keys) -> Iterator[World]:
    """Foyer with two households: Diane's (three people) and Omar's (full)."""
    app = on_database(product, sqlite_url, clock, keys)
    move_in(app.database)
    yield World(app, clock)
    app.database.close()


@pytest.fixture
def chat(world: World) -> Chat:
    return world.chat()


@pytest.fixture
def records(world: World) -> Records:
    return Records(world)


@pytest.fixture
def operator(sqlite_url: str) -> Operator:
    return Operator(sqlite_url)
