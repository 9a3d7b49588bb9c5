"""What was filled in before an agent came, and what is said after they went."""

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat
from tests.fakes.talks import to_question


@pytest.fixture
def talking(chat: Chat, agents: Agents) -> Chat:
    """A customer whom Nadia has."""
    chat.say("I want to talk to a person")
    agents.tap("nadia", "claim")
    chat.say("hello")
    return chat


def test_what_was_filled_in_goes_on_with_the_bot_when_the_agent_offers_it(
    chat: Chat, agents: Agents
) -> None:
    to_question(chat, "new_email")
    chat.say("a person")
    agents.tap("nadia", "claim")
    agents.tap("nadia", "offer:create_user")
    chat.work_off()
    chat.say("ok")
    chat.tap("Do it with the bot")
    assert chat.templates()[-1] == "utter_ask_new_email", "the name is still known"


def test_another_task_in_between_loses_nothing_of_the_first(chat: Chat, agents: Agents) -> None:
    to_question(chat, "new_email")
    chat.say("a person")
    agents.tap("nadia", "claim")
    agents.tap("nadia", "offer:unlock_user")
    chat.work_off()
    chat.say("ok")
    chat.tap("Do it with the bot")
    chat.say("cancel")
    assert chat.row.owner == "agent"
    agents.tap("nadia", "close")
    chat.work_off()
    chat.say("5")
    offered = [b["title"] for r in chat.replies for b in r.buttons]
    assert "Go on" in offered
    chat.tap("Go on")
    assert chat.templates()[-1] == "utter_ask_new_email"


def test_a_task_that_was_done_is_not_offered_again(chat: Chat, agents: Agents) -> None:
    to_question(chat, "new_email")
    chat.say("a person")
    agents.tap("nadia", "claim")
    agents.tap("nadia", "offer:create_user")
    chat.work_off()
    chat.say("ok")
    chat.tap("Do it with the bot")
    chat.say("zoe@example.com")
    chat.tap("None")
    chat.tap("Yes")
    assert "utter_user_created" in chat.templates()
    agents.tap("nadia", "close")
    chat.work_off()
    chat.say("5")
    assert "utter_task_aside" not in chat.templates()


@pytest.mark.parametrize(
    "words",
    [
        "she was so kind to me",
        "a bit slow but it works now",
        "not solved at all",
        "très gentille, merci à elle",
        "elle a été très gentille",
        "vous devriez répondre plus vite",
    ],
)
def test_words_after_the_rating_are_kept_with_it(talking: Chat, agents: Agents, words: str) -> None:
    agents.tap("nadia", "close")
    talking.work_off()
    talking.say("4")
    talking.say(words)
    assert talking.templates() == ["utter_commented"]
    assert agents.case().comment == words
    assert f"adds to the rating: {words}" in agents.topic()


@pytest.mark.parametrize(
    ("words", "template"),
    [
        ("how many users can I have?", "utter_answer"),
        ("thanks", "utter_thank"),
        ("add my wife", "utter_ask_username"),
        ("what was changed?", "utter_ask_username"),
        ("qu'est-ce qui a été changé?", "utter_ask_username"),
    ],
)
def test_what_means_something_else_is_no_comment(
    talking: Chat, agents: Agents, words: str, template: str
) -> None:
    agents.tap("nadia", "close")
    talking.work_off()
    talking.say("4")
    talking.say(words)
    assert template in talking.templates()
    assert agents.case().comment is None


@pytest.mark.parametrize("words", ["my account was hacked", "mon mari est mort hier"])
def test_an_alarm_after_the_rating_is_no_comment(talking: Chat, agents: Agents, words: str) -> None:
    agents.tap("nadia", "close")
    talking.work_off()
    talking.say("4")
    talking.say(words)
    assert "utter_commented" not in talking.templates()
    assert agents.case().comment is None


def test_an_answer_to_an_open_question_is_no_comment(talking: Chat, agents: Agents) -> None:
    agents.tap("nadia", "close")
    talking.work_off()
    rating = next(button["payload"] for reply in talking.replies for button in reply.buttons)
    talking.say("add somebody")
    talking.post(rating)
    talking.say("diane")
    assert "utter_commented" not in talking.templates()
