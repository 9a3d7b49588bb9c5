"""How it was: asked when a case is over, and asked again when it was opened again."""

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat


@pytest.fixture
def asked(chat: Chat, agents: Agents) -> Chat:
    """Nadia has closed the case of somebody, who is asked how it was."""
    chat.say("I want to talk to a person")
    agents.tap("nadia", "claim")
    agents.tap("nadia", "close")
    chat.work_off()
    chat.say("thanks")
    return chat


def rating(chat: Chat, number: str) -> str:
    """Tap a number below the question of the newest turn."""
    return chat.tap(number)[-1]


def test_the_first_answer_counts(asked: Chat, agents: Agents) -> None:
    buttons = [b for reply in asked.replies for b in reply.buttons if b["title"] in {"2", "4"}]
    assert "I have noted that" in asked.post(buttons[0]["payload"])[-1]
    asked.post(buttons[1]["payload"])
    assert agents.case().satisfaction == 2


def test_a_case_that_was_opened_again_is_rated_again(asked: Chat, agents: Agents) -> None:
    rating(asked, "2")
    agents.say("nadia", "/reopen")
    agents.tap("nadia", "close")
    asked.work_off()
    asked.say("thanks")
    assert "I have noted that" in rating(asked, "5")
    assert agents.case().satisfaction == 5
    assert "rating: 2 of 5" in agents.topic()
    assert "rating: 5 of 5" in agents.topic()


def test_a_rating_of_a_case_that_is_open_again_waits_for_its_end(
    asked: Chat, agents: Agents
) -> None:
    [button] = [b for reply in asked.replies for b in reply.buttons if b["title"] == "4"]
    agents.say("nadia", "/reopen")
    agents.say("nadia", "/release")
    asked.work_off()
    said = asked.post(button["payload"])[-1]
    assert "already" not in said
    assert agents.case().satisfaction is None
