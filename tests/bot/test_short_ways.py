"""How many messages a task takes once it is known who is there."""

import pytest

from tests.fakes.chats import Chat
from tests.fakes.ways import VERIFYING, WALKS, Walk, answer, begin, questions

MOST = 6
"""Turns after the verification, even where every question is answered by itself."""


@pytest.mark.parametrize("walk", WALKS, ids=str)
def test_no_task_takes_more_than_six_turns_after_the_verification(walk: Walk, chat: Chat) -> None:
    begin(walk, chat)
    turns = 0
    for question in questions(walk, chat):
        turns += question not in VERIFYING
        answer(walk, chat, question)
    assert turns <= MOST
