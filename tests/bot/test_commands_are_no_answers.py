"""A slash command is never a value: at no question of any task."""

from itertools import cycle

import pytest

from bot.dialogue.engine.state import DialogueState
from tests.fakes.chats import Chat, World
from tests.fakes.talks import open_question
from tests.fakes.ways import INTENTS, every_question

UNKNOWN = ("/whatever", "/give_me Hugo", "/zoe@example.com", "/tv please now", "/été")


@pytest.mark.parametrize("intent", INTENTS)
def test_an_unknown_command_answers_no_question_of_a_task(intent: str, world: World) -> None:
    for (chat, question), command in zip(every_question(intent, world), cycle(UNKNOWN)):
        says_nothing(chat, question, command)
        says_nothing(chat, question, UNKNOWN[0])


def says_nothing(chat: Chat, question: str, command: str) -> None:
    before = dict(chat.slots)
    chat.say(command)
    state = DialogueState.from_json(dict(chat.row.state))
    assert open_question(chat) == question, f"{command} at {question}"
    assert dict(chat.slots) == before, f"{command} at {question}"
    assert not any(command in str(value) for value in state.slots.values())
    assert len(chat.replies) > 1, f"{command} at {question} was not answered"
