"""The agents' group on the Bot API of the tests, with a clock that moves for both."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import App
from intents.parser import Parser
from storage.keys import Keys
from tests.fakes.chats import World
from tests.fakes.clock import ManualClock
from tests.fakes.telegram.lane import KEY, Lane, lane_of
from tests.fakes.worlds import product_on, world_of


@pytest.fixture(scope="module")
def product(parser: Parser, sqlite_template: Path) -> App:
    return product_on(sqlite_template, parser, KEY, agents_hours="24/7")


@pytest.fixture
def world(product: App, home_url: str, clock: ManualClock, keys: Keys) -> Iterator[World]:
    with world_of(product, home_url, clock, keys) as world:
        yield world


@pytest.fixture
def lane(world: World, clock: ManualClock) -> Iterator[Lane]:
    with lane_of(world, clock) as lane:
        yield lane
