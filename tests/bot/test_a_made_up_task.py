"""A task is one folder: what nobody outside of it names works everywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import App
from bot.handoff.desk import DeskKey
from bot.registry import ROOMS
from intents.parser import Parser
from storage.keys import Keys
from tests.fakes.agents import AGENTS_CHAT, Agents
from tests.fakes.chats import World
from tests.fakes.clock import ManualClock
from tests.fakes.worlds import product_on, world_of

TITLE = {"en": "Send someone home", "fr": "Renvoyer une personne à la maison"}


@pytest.fixture(scope="module")
def with_the_task(parser: Parser, sqlite_template: Path) -> App:
    rooms = (*ROOMS, "tests.bot.made_up")
    return product_on(sqlite_template, parser, DeskKey(*AGENTS_CHAT), rooms=rooms)


@pytest.fixture
def world(with_the_task: App, home_url: str, clock: ManualClock, keys: Keys) -> Iterator[World]:
    with world_of(with_the_task, home_url, clock, keys) as world:
        yield world


def test_its_command_stands_in_the_menu_where_it_says(with_the_task: App) -> None:
    names = [command.name for command in with_the_task.domain.menu()]
    assert names[4:6] in (["unlock", "home"], ["home", "unlock"])


def test_it_has_its_name_in_mails_on_buttons_and_on_cards(with_the_task: App) -> None:
    assert with_the_task.domain.titles()["send_home"] == TITLE


def test_a_question_about_it_gets_its_article(with_the_task: App) -> None:
    assert with_the_task.domain.article_about("send_home") == "unlock_user"


def test_it_is_careful_for_it_has_a_card(with_the_task: App) -> None:
    assert with_the_task.domain.needs_care("send_home")
    assert not with_the_task.domain.only_shows("send_home")


def test_its_command_starts_it_and_the_card_carries_it_out(world: World) -> None:
    chat = world.chat()
    chat.say("/home")
    chat.sign_in("diane")
    chat.say("Léa")
    assert chat.templates() == ["utter_ask_sending_confirmation"]
    chat.tap("Yes, send")
    assert chat.templates() == ["utter_sent_home"]
    assert "Léa Tremblay-Roy" in chat.say("/history")[-1]


def test_agents_see_that_it_was_done_and_may_offer_it(world: World) -> None:
    chat, agents = world.chat(), Agents(world)
    agents.are({"nadia": "Nadia"})
    chat.say("/home")
    chat.sign_in("diane")
    chat.say("Léa")
    chat.tap("Yes, send")
    chat.say("agent")
    assert "changes that were made (1)" in agents.card().text
    agents.tap("nadia", "claim")
    agents.tap("nadia", "offer")
    agents.tap("nadia", "offer:send_home")
    chat.work_off()
    chat.say("ok")
    assert f"Do it with the bot: {TITLE['en']}" in chat.titles()
