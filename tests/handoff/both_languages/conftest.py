"""Agents and a customer of one language after the other; what is told has a name in both."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import App
from bot.handoff.desk import DeskKey
from bot.languages import LANGUAGES
from intents.parser import Parser
from storage.keys import Keys
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.clock import ManualClock
from tests.fakes.phrases import PERSON, arrives
from tests.fakes.worlds import product_on, world_of

KEY = DeskKey("telegram", "telegram", "agents")


@pytest.fixture(scope="module", params=sorted(LANGUAGES))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def speaking(parser: Parser, sqlite_template: Path, language: str) -> App:
    hours = "Mo-Fr 08:00-20:00; PH off"
    return product_on(sqlite_template, parser, KEY, agents_hours=hours, agents_language=language)


@pytest.fixture
def world(speaking: App, home_url: str, clock: ManualClock, keys: Keys) -> Iterator[World]:
    with world_of(speaking, home_url, clock, keys) as world:
        yield world


@pytest.fixture
def agents(world: World) -> Agents:
    agents = Agents(world, key=KEY)
    agents.are({"nadia": "Nadia", "tom": "Tom"})
    return agents


@pytest.fixture
def queued(world: World, agents: Agents, language: str) -> Chat:
    chat = world.chat("42", channel="telegram")
    chat.say(PERSON[language])
    agents.look()
    return chat


@pytest.fixture
def talking(queued: Chat, agents: Agents) -> Chat:
    agents.tap("nadia", "claim")
    arrives(queued)
    return queued
