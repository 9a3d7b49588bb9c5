"""At every question of every task something else may be said, and nothing is lost."""

from typing import Any

import pytest

from bot.dialogue.engine.state import DialogueState
from tests.fakes.chats import Chat, World
from tests.fakes.talks import open_question
from tests.fakes.ways import (
    INTENTS,
    VERIFYING,
    asks,
    every_question,
)

DIGRESSIONS = {
    "a question": "what are access rights?",
    "small talk": "thank you",
    "the menu": "help",
}
THE_LIST = {"the list of people": "who is on my account?"}


@pytest.mark.parametrize("intent", INTENTS)
def test_a_digression_at_any_question_of_a_task_loses_nothing(intent: str, world: World) -> None:
    for chat, question in every_question(intent, world):
        digress(chat, question)


def digress(chat: Chat, question: str) -> None:
    others = {} if question in VERIFYING else THE_LIST
    for kind, words in {**DIGRESSIONS, **others}.items():
        before = what_is_known(chat)
        chat.say(words)
        assert open_question(chat) == question, f"{kind} at {question}: {chat.templates()}"
        assert what_is_known(chat) == before, f"{kind} at {question}"
        assert len(chat.replies) > 1, f"{kind} at {question} was not answered"


def what_is_known(chat: Chat) -> dict[str, Any]:
    """The slots that a message about something else might spoil, and where the tasks stand."""
    state = DialogueState.from_json(dict(chat.row.state))
    tasks = [(frame.flow, frame.step) for frame in state.stack]
    return {**state.slots, "tasks": tasks}


def test_there_is_a_walk_through_every_task_that_asks(world: World) -> None:
    domain = world.app.domain
    asking = {one for one, flow in domain.triggers.items() if asks(domain, flow)}
    assert asking == set(INTENTS)
