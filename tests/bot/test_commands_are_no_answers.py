"""A slash command is never a value: at no question of any task."""

import pytest

from bot.dialogue.engine.state import DialogueState
from tests.fakes.chats import Chat, World
from tests.fakes.talks import open_question
from tests.fakes.ways import INTENTS, answer, begin, own_questions, questions, walks_of

UNKNOWN = ("/whatever", "/give_me Hugo", "/zoe@example.com", "/tv please now", "/été")


@pytest.mark.parametrize("intent", INTENTS)
def test_an_unknown_command_answers_no_question_of_a_task(intent: str, world: World) -> None:
    met: set[str] = set()
    for walk in walks_of(intent):
        chat = world.chat(str(walk))
        begin(walk, chat)
        for place, question in enumerate(questions(walk, chat)):
            met.add(question)
            says_nothing(chat, question, UNKNOWN[place % len(UNKNOWN)])
            says_nothing(chat, question, UNKNOWN[0])
            answer(walk, chat, question)
    assert own_questions(world.app.domain, intent) <= met


def says_nothing(chat: Chat, question: str, command: str) -> None:
    before = dict(chat.slots)
    chat.say(command)
    state = DialogueState.from_json(dict(chat.row.state))
    assert open_question(chat) == question, f"{command} at {question}"
    assert dict(chat.slots) == before, f"{command} at {question}"
    assert not any(command in str(value) for value in state.slots.values())
    assert len(chat.replies) > 1, f"{command} at {question} was not answered"
