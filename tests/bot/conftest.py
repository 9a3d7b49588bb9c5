"""A whole Foyer for every test of the conversation."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import App
from intents.parser import Parser
from storage.keys import Keys
from tests.fakes.chats import Chat, World
from tests.fakes.clock import ManualClock
from tests.fakes.operators import Operator
from tests.fakes.records import Records
from tests.fakes.worlds import product_on, world_of


@pytest.fixture(scope="session")
def product(parser: Parser, sqlite_template: Path) -> App:
    """What reads and learns all its files, once: that takes longer than most conversations."""
    return product_on(sqlite_template, parser)


@pytest.fixture
def world(product: App, home_url: str, clock: ManualClock, keys: Keys) -> Iterator[World]:
    with world_of(product, home_url, clock, keys) as world:
        yield world


@pytest.fixture
def chat(world: World) -> Chat:
    return world.chat()


@pytest.fixture
def records(world: World) -> Records:
    return Records(world)


@pytest.fixture
def operator(sqlite_url: str) -> Operator:
    return Operator(sqlite_url)
