"""A customer of one language after the other, and agents who read the next.

What is told has a name in both, and no side reads a word of the other's language.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bot.app import App
from bot.handoff.desk import DeskKey
from bot.languages import LANGUAGES, others
from intents.parser import Parser
from storage.keys import Keys
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.clock import ManualClock
from tests.fakes.phrases import PERSON, arrives, example
from tests.fakes.tongues import Tongue, foreign_to_agents, foreign_to_customers
from tests.fakes.worlds import product_on, world_of

KEY = DeskKey("telegram", "telegram", "agents")


@pytest.fixture(scope="module", params=sorted(LANGUAGES))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def desk_language(language: str) -> str:
    return others(language)[0]


@pytest.fixture(scope="module")
def speaking(parser: Parser, sqlite_template: Path, desk_language: str) -> App:
    hours = "Mo-Fr 08:00-20:00; PH off"
    return product_on(
        sqlite_template, parser, KEY, agents_hours=hours, agents_language=desk_language
    )


@pytest.fixture(scope="module")
def tongues(speaking: App) -> Mapping[str, Tongue]:
    return {language: Tongue.of(speaking, language) for language in LANGUAGES}


@pytest.fixture(autouse=True)
def everybody_reads_their_own_language(
    world: World,
    agents: Agents,
    tongues: Mapping[str, Tongue],
    language: str,
    desk_language: str,
) -> Iterator[None]:
    yield
    read_by_customers = foreign_to_customers(world, tongues[language])
    read_by_agents = foreign_to_agents(agents, tongues[desk_language])
    assert (read_by_customers, read_by_agents) == (set(), set())


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


@pytest.fixture
def attended(chat: Chat, agents: Agents, language: str) -> Chat:
    """The same on a messenger where the next answer brings what waits for the customer."""
    chat.say(PERSON[language])
    agents.tap("nadia", "claim")
    chat.say(example("greet", language))
    return chat
