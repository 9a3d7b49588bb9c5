"""A new process at every question of every task: the next message goes on."""

from dataclasses import replace

import pytest

from bot.app import App, build
from intents.parser import Parser
from storage.keys import Keys
from tests.fakes.chats import World
from tests.fakes.clock import ManualClock
from tests.fakes.ways import WALKS, Walk, answer, begin, questions
from tests.fakes.worlds import on_database


@pytest.fixture(scope="module")
def newborn(product: App, parser: Parser) -> App:
    """Another process: everything read and built anew; only the classifier is not trained again."""
    return build(product.settings, clock=ManualClock(), understanding=replace(parser))


@pytest.mark.parametrize("walk", WALKS, ids=str)
def test_after_a_restart_at_any_question_the_next_message_goes_on(
    walk: Walk, world: World, newborn: App, keys: Keys
) -> None:
    chat = world.chat()
    begin(walk, chat)
    for question in questions(walk, chat):
        world.app.database.close()
        world.app = on_database(newborn, world.app.settings.database_url, world.clock, keys)
        answer(walk, chat, question)
    world.app.database.close()
