"""A whole Foyer with agents behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import App, build
from bot.handoff.desk import DeskKey
from bot.settings import Settings
from intents.parser import Parser
from storage.keys import Keys
from tests.fakes.agents import AGENTS_CHAT, Agents
from tests.fakes.chats import Chat, World
from tests.fakes.clock import ManualClock
from tests.fakes.people import move_in
from tests.fakes.records import Records
from tests.fakes.worlds import on_database

DESK = DeskKey(*AGENTS_CHAT)


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser.load(cache=Settings().cache_dir)


@pytest.fixture(scope="session")
def staffed(parser: Parser, sqlite_template: Path) -> App:
    """The product with an agents' desk, built once."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # taken by pydantic-settings, unknown to mypy
        database_url=f"sqlite:///{sqlite_template}",
        secret_key=SecretStr("a secret key for tests only"),
        agents_hours="Mo-Fr 08:00-20:00; PH off",
    )
    return build(settings, clock=ManualClock(), understanding=parser, desk=DESK)


@pytest.fixture
def world(staffed: App, sqlite_url: str, clock: ManualClock, keys: Keys) -> Iterator[World]:
    app = on_database(staffed, sqlite_url, clock, keys)
    move_in(app.database)
    yield World(app, clock)
    app.database.close()


@pytest.fixture
def chat(world: World) -> Chat:
    return world.chat()


@pytest.fixture
def agents(world: World) -> Agents:
    """Nadia and Tom are administrators of the group, Eve only a member."""
    agents = Agents(world)
    agents.are({"nadia": "Nadia", "tom": "Tom"})
    return agents


@pytest.fixture
def records(world: World) -> Records:
    return Records(world)
