"""What a reply over REST says beside its words: this is a card, this is an apology."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot.app import App
from bot.channels.dispatcher import Dispatcher
from bot.faces import web_app
from bot.work.embedded import Embedded
from tests.fakes.chats import World
from tests.fakes.fragile import POISON, FragileTurns

TOKEN = "a token for tests of REST"
HEADERS = {"Authorization": f"Bearer {TOKEN}"}

Say = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def app(world: World) -> App:
    """The product with REST on, and a word that it cannot stand."""

    async def at_once(_: float) -> None:
        return

    database = world.app.database
    turns = FragileTurns(database, world.app.turns.equipment)
    settings = world.app.settings.model_copy(update={"api_token": SecretStr(TOKEN)})
    dispatcher = Dispatcher(database, turns, pause=at_once)
    engine = Embedded(dispatcher)
    return replace(world.app, settings=settings, dispatcher=dispatcher, engine=engine)


@pytest.fixture
def say(app: App, world: World) -> Say:
    async def post(body: dict[str, Any]) -> Any:
        transport = httpx.ASGITransport(web_app(app))
        async with httpx.AsyncClient(transport=transport, base_url=app.settings.address) as web:
            answer = await web.post("/webhooks/rest/webhook", json=body, headers=HEADERS)
        return answer.raise_for_status().json()

    def say(message: str, **rest: str) -> list[dict[str, Any]]:
        world.clock.advance(seconds=1)
        replies: list[dict[str, Any]] = asyncio.run(
            post({"sender": "diane", "message": message, **rest})
        )
        return replies

    return say


def marked(replies: list[dict[str, Any]], mark: str) -> list[dict[str, Any]]:
    return [reply for reply in replies if reply.get("custom") == {mark: True}]


def test_the_reply_that_waits_for_a_yes_is_marked_as_a_card_and_nothing_else_is(
    say: Say, world: World
) -> None:
    before = [*say("unlock Léa"), *say("diane")]
    assert not any("custom" in reply for reply in before)
    replies = say(world.code(), message_id="m1")
    [card] = marked(replies, "card")
    assert card["buttons"][0]["title"].startswith("Yes")
    assert say("whatever", message_id="m1") == replies, "a copy gets the same, marks included"
    assert len(marked(say("say that again"), "card")) == 1
    assert not any("custom" in reply for reply in say("yes"))


def test_the_apology_for_a_message_that_failed_is_marked_as_an_error(
    say: Say, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        first = say(POISON, message_id="m1")
    assert [reply["custom"] for reply in first] == [{"error": True}]
    assert say(POISON, message_id="m1") == first
    assert not any("custom" in reply for reply in say("hello"))
