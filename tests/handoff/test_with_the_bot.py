"""An agent cannot change a household: the holder does it with the bot, then the agent is back."""

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.records import Records


@pytest.fixture
def offered(chat: Chat, agents: Agents) -> Chat:
    """Diane talks with Nadia, who has sent her the button to add somebody."""
    chat.say("person")
    agents.tap("nadia", "claim")
    agents.tap("nadia", "offer")
    assert "For which task?" in agents.newest()
    agents.tap("nadia", "offer:create_user")
    chat.work_off()
    said = chat.say("ok")
    assert "Nadia cannot change anything on an account" in said[-1]
    assert chat.titles()[-1] == "Do it with the bot: Add a person"
    return chat


def test_the_holder_does_it_with_the_bot_and_the_agent_has_the_conversation_again(
    offered: Chat, agents: Agents, records: Records
) -> None:
    offered.tap("Do it with the bot")
    assert offered.row.owner == "bot"
    assert "the customer is with the bot right now" in agents.card().text
    agents.say("nadia", "I interrupt")
    assert "Take the conversation back" in agents.topic()
    offered.say("diane")
    offered.say(offered.world.code())
    offered.say("Zoé Lavoie")
    offered.say("zoe@example.com")
    offered.tap("None")
    said = offered.tap("Yes")
    assert "utter_user_created" in offered.templates()
    assert said[-1] == "I hand you back to Nadia, who reads you again from here on."
    assert "Zoé Lavoie" in records.names()
    assert offered.row.owner == "agent"
    assert offered.say("thank you") == [], "the bot is silent again"
    agents.say("nadia", "You are welcome")
    assert offered.say("bye") == ["You are welcome"]
    topic = agents.topic()
    assert topic.index("does it with the bot now") < topic.index("Receipt F-")
    assert topic.index("Receipt F-") < topic.index("Nadia has the conversation again")
    assert offered.world.code() not in topic


@pytest.mark.parametrize("words", ["cancel", "a person", "annuler"])
def test_dropping_the_task_leads_back_to_the_agent(
    offered: Chat, agents: Agents, words: str
) -> None:
    offered.tap("Do it with the bot")
    offered.say(words)
    assert offered.templates()[-1] == "utter_handoff_back"
    assert offered.row.owner == "agent"


def test_a_secondary_user_is_refused_as_ever_and_goes_back_to_the_agent(
    offered: Chat, agents: Agents, records: Records
) -> None:
    before = records.names()
    offered.tap("Do it with the bot")
    offered.say("hugo")
    offered.say(offered.world.code())
    assert "utter_holder_only" in offered.templates()
    assert offered.row.owner == "agent"
    assert records.names() == before


def test_the_agent_may_take_the_conversation_back(offered: Chat, agents: Agents) -> None:
    offered.tap("Do it with the bot")
    assert next(b["title"] for b in agents.card().buttons) == "Take the conversation back"
    agents.tap("tom", "claim")
    assert offered.row.owner == "bot"
    agents.tap("nadia", "claim")
    assert offered.row.owner == "agent"
    said = offered.say("diane")
    assert said == ["I hand you back to Nadia, who reads you again from here on."]


def test_the_button_grants_nothing_after_the_case(offered: Chat, agents: Agents) -> None:
    button = [b["payload"] for r in offered.replies for b in r.buttons][-1]
    agents.tap("nadia", "close")
    offered.work_off()
    offered.post(button)
    assert offered.templates()[-1] == "utter_ask_username", "it only begins the task"
    assert offered.row.owner == "bot"


def test_the_button_may_be_typed_by_its_title_and_not_by_what_is_behind_it(
    offered: Chat, agents: Agents
) -> None:
    for typed in ('/with_the_bot{"task":"create_user"}', "1", "create_user", "yes"):
        assert offered.say(typed) == [], "it may be an answer to the agent"
    assert offered.row.owner == "agent"
    offered.say("do it with the bot: add a person")
    assert offered.row.owner == "bot"


def test_a_notice_waits_until_the_agent_is_done(
    offered: Chat, agents: Agents, world: World
) -> None:
    with world.app.database.write() as uow:
        uow.chat_events.put(offered.row.id, "pattern_help", {})
    offered.work_off()
    assert offered.say("and?") == []
    agents.say("nadia", "/return Done")
    offered.work_off()
    offered.say("hello")
    assert offered.templates()[:2] == ["utter_handoff_returned", "utter_help"]
