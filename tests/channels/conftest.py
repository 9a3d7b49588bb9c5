"""A whole Foyer with pigeons, which no room of it has ever heard of."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import App
from bot.channels.line import Line
from intents.parser import Parser
from storage.keys import Keys
from tests.fakes.chats import World
from tests.fakes.clock import ManualClock
from tests.fakes.operators import Operator
from tests.fakes.pigeon import Keeper, Pigeon, flying
from tests.fakes.records import Records
from tests.fakes.worlds import product_on, world_of


@pytest.fixture(scope="session")
def product(parser: Parser, sqlite_template: Path) -> App:
    return product_on(sqlite_template, parser, messengers=[Pigeon()])


@pytest.fixture
def pigeon() -> Pigeon:
    return Pigeon()


@pytest.fixture
def world(
    product: App, home_url: str, clock: ManualClock, keys: Keys, pigeon: Pigeon
) -> Iterator[World]:
    with world_of(product, home_url, clock, keys) as world:
        app = world.app
        line = Line(pigeon, app.database, app.intake, app.engine)
        world.app = replace(app, lines=[line])
        yield world


@pytest.fixture
def diane(world: World, pigeon: Pigeon) -> Iterator[Keeper]:
    with flying(world.app) as land:
        yield Keeper(pigeon, land)


@pytest.fixture
def records(world: World) -> Records:
    return Records(world)


@pytest.fixture
def operator(sqlite_url: str) -> Operator:
    return Operator(sqlite_url)
