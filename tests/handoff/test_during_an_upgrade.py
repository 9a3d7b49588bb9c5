"""Of two programs on one database, the older one left the word to the bot."""

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Nadia hands you back to me: It is paid."),
        ("fr", "Nadia vous rend à moi\u00a0: It is paid."),
    ],
)
def test_the_word_that_an_older_program_left_to_the_bot_is_said(
    chat: Chat, agents: Agents, language: str, said: str
) -> None:
    chat.say({"en": "hello", "fr": "bonjour"}[language])
    with agents.world.app.database.write() as uow:
        returned = {"agent": "Nadia", "word": "It is paid."}
        uow.chat_events.put(chat.row.id, "pattern_handoff_returned", returned)
    chat.work_off()
    with agents.world.app.database.read() as uow:
        texts = [event.get("text") for event in uow.conversations.events(chat.row.id)]
    assert texts[-1] == said


def test_an_older_program_can_read_that_a_case_was_given_back(chat: Chat, agents: Agents) -> None:
    chat.say("I want to talk to a person")
    agents.tap("nadia", "claim")
    chat.say("hello")
    agents.say("nadia", "/return It is paid.")
    with agents.world.app.database.read() as uow:
        row = uow.inbox.next(chat.channel, chat.bot_id, chat.name)
    assert row is not None
    assert row.body is not None
    assert row.body["event"]["context"]["word"] == "", "it says the word no second time"
