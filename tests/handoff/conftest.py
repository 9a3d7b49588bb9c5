"""A whole Foyer with agents behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import App
from bot.handoff.desk import DeskKey
from intents.parser import Parser
from storage.keys import Keys
from tests.fakes.agents import AGENTS_CHAT, Agents
from tests.fakes.chats import Chat, World
from tests.fakes.clock import ManualClock
from tests.fakes.records import Records
from tests.fakes.worlds import product_on, world_of


@pytest.fixture(scope="session")
def staffed(parser: Parser, sqlite_template: Path) -> App:
    """The product with an agents' desk, built once."""
    hours = "Mo-Fr 08:00-20:00; PH off"
    return product_on(sqlite_template, parser, DeskKey(*AGENTS_CHAT), agents_hours=hours)


@pytest.fixture
def world(staffed: App, home_url: str, clock: ManualClock, keys: Keys) -> Iterator[World]:
    with world_of(staffed, home_url, clock, keys) as world:
        yield world


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
