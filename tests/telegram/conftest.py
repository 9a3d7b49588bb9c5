"""The agents' group on the Bot API of the tests, with a clock that moves for both."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import App
from bot.channels.sending import Sender
from bot.channels.telegram.channel import TelegramChannel
from intents.parser import Parser
from storage.keys import Keys
from tests.fakes.agents import Agents
from tests.fakes.chats import World
from tests.fakes.clock import ManualClock
from tests.fakes.telegram.lane import GROUP, KEY, Lane
from tests.fakes.telegram.server import TOKEN, BotApi
from tests.fakes.texts import shipped_texts
from tests.fakes.worlds import product_on, world_of

PEOPLE = {"8000001": "Nadia", "8000002": "Tom & Co"}


@pytest.fixture(scope="module")
def product(parser: Parser, sqlite_template: Path) -> App:
    return product_on(sqlite_template, parser, KEY, agents_hours="24/7")


@pytest.fixture
def world(product: App, home_url: str, clock: ManualClock, keys: Keys) -> Iterator[World]:
    with world_of(product, home_url, clock, keys) as world:
        yield world


@pytest.fixture
def lane(world: World, clock: ManualClock) -> Iterator[Lane]:
    with BotApi() as api, asyncio.Runner() as runner:
        api.methods.forum.open(GROUP, {int(person): name for person, name in PEOPLE.items()})
        api.methods.forum.now = lambda: clock().timestamp()
        settings = world.app.settings.model_copy(
            update={
                "telegram_api_url": api.url,
                "telegram_token": SecretStr(TOKEN),
                "telegram_support_group": GROUP,
            }
        )
        database = world.app.database
        channel = TelegramChannel(
            settings, database, token=TOKEN, secret="s", menu=(), texts=shipped_texts()
        )
        agents = Agents(world, key=KEY)
        agents.are(PEOPLE)
        sender = Sender(database, channel, world.app.agents)
        yield Lane(world, agents, api, channel, sender, runner)
        runner.run(channel.close())
        assert api.methods.forum.refused == 0, "the group's limit was kept"
