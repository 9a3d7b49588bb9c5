"""The customer is on one messenger, the agents are on another: neither knows of it."""

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from bot.app import App, build
from bot.settings import Settings
from intents.parser import Parser
from tests.fakes.people import move_in
from tests.fakes.pigeon import Keeper, Pigeon, flying
from tests.fakes.telegram.server import TOKEN, BotApi
from tests.fakes.telegram.user import TelegramUser
from tests.fakes.worlds import SECRET

pytestmark = pytest.mark.slow

GROUP = -1_001_234_567
NADIA = 8_000_001
SLOW = 60.0
"""Seconds: the group is written to every three seconds at most."""


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as api:
        api.methods.forum.open(GROUP, {NADIA: "Nadia"})
        yield api


@pytest.fixture
def pigeon() -> Pigeon:
    return Pigeon()


@pytest.fixture
def app(parser: Parser, sqlite_url: str, api: BotApi, pigeon: Pigeon) -> Iterator[App]:
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # taken by pydantic-settings, unknown to mypy
        database_url=sqlite_url,
        secret_key=SecretStr(SECRET),
        telegram_token=SecretStr(TOKEN),
        telegram_api_url=api.url,
        telegram_support_group=GROUP,
    )
    app = build(settings, understanding=parser, messengers=[pigeon])
    move_in(app.database)
    yield app
    app.database.close()


def test_a_case_of_a_pigeon_is_worked_on_in_the_group(
    app: App, api: BotApi, pigeon: Pigeon
) -> None:
    with flying(app) as land:
        diane = Keeper(pigeon, land)
        diane.asks("I want to talk to a person", "number 1 in the queue")
        topics = api.methods.forum.topics[GROUP]
        api.wait_until(lambda: bool(topics), seconds=SLOW, what="a topic")
        forum = api.chats.find(GROUP)
        nadia = TelegramUser(api, NADIA, first_name="Nadia").within(forum, max(topics))
        nadia.reads("Case 1", seconds=SLOW)
        nadia.tap("Claim")
        diane.reads("Nadia has joined")
        nadia.say("Hello Diane, see you at five")
        diane.reads("Hello Diane, see you at five")
        nadia.edit("Hello Diane, see you at six")
        assert "see you at six" in diane.reads("see you at six")[-1]
        diane.say("a letter for you")
        nadia.reads("a letter for you", seconds=SLOW)
        diane.say("my loft", kind="photo", drawing="photo")
        nadia.reads("my loft", seconds=SLOW)
        nadia.photo("your contract")
        diane.reads("cannot be shown here (a picture). your contract")
        nadia.tap("Close")
        diane.reads("How satisfied are you")
        diane.asks("5", "noted")
        nadia.reads("rating: 5 of 5", seconds=SLOW)
        assert api.called("copyMessage") == []
        assert api.methods.forum.refused == 0
