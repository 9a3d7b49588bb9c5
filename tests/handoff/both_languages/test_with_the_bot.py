"""An agent cannot change a household: the holder does it with the bot, then the agent is back."""

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.phrases import PERSON, example, in_words, says, stands, tells, title, to_the_bot
from tests.fakes.records import Records
from tests.fakes.talks import open_question

TASK = "create_user"


def told(chat: Chat, said: list[str], response: str, language: str) -> bool:
    return says(chat.world.app, response, language, "\n".join(said))


@pytest.fixture
def records(world: World) -> Records:
    return Records(world)


@pytest.fixture
def offered(world: World, agents: Agents, language: str) -> Chat:
    """Diane talks with Nadia, who has sent her the button to add somebody."""
    chat = world.chat()
    chat.say(PERSON[language])
    agents.tap("nadia", "claim")
    agents.tap("nadia", "offer")
    assert agents.newest() == in_words(agents, "offer_which")
    agents.tap("nadia", "offer:create_user")
    chat.work_off()
    said = chat.say(example("affirm", language))
    assert told(chat, said, "utter_with_the_bot", language)
    assert chat.titles()[-1] == to_the_bot(world, TASK, language)
    return chat


def fill_in(chat: Chat, language: str) -> list[str]:
    """Diane proves who she is, and adds Zoé Lavoie."""
    chat.say("diane")
    chat.say(chat.world.code())
    chat.say("Zoé")
    chat.say("Lavoie")
    chat.say("zoe@example.com")
    chat.tap(title(chat.world, "utter_ask_new_services", language, "new_services=none"))
    yes = title(chat.world, "utter_ask_create_confirmation", language, "confirmation=true")
    return chat.tap(yes.partition(" {")[0])


def test_the_holder_does_it_with_the_bot_and_the_agent_has_the_conversation_again(
    offered: Chat, agents: Agents, records: Records, language: str
) -> None:
    offered.tap(to_the_bot(offered.world, TASK, language))
    assert offered.row.owner == "bot"
    assert in_words(agents, "state_lent", agent="Nadia") in agents.card().text
    agents.say("nadia", "?")
    assert tells(agents, "with_the_bot")
    said = fill_in(offered, language)
    assert "utter_user_created" in offered.templates()
    assert told(offered, said[-1:], "utter_handoff_back", language)
    assert "Zoé Lavoie" in records.names()
    assert offered.row.owner == "agent"
    assert offered.say(example("thank", language)) == [], "the bot is silent again"
    agents.say("nadia", "24 $")
    assert offered.say(example("goodbye", language)) == ["24 $"]
    topic = agents.topic()
    back = in_words(agents, "taken_back", agent="Nadia")
    assert topic.index(in_words(agents, "lent")) < topic.index("F-") < topic.index(back)
    assert offered.world.code() not in topic


@pytest.mark.parametrize("intent", ["cancel", "talk_to_human"])
def test_dropping_the_task_leads_back_to_the_agent(
    offered: Chat, agents: Agents, language: str, intent: str
) -> None:
    offered.tap(to_the_bot(offered.world, TASK, language))
    said = offered.say(example(intent, language))
    assert told(offered, said[-1:], "utter_handoff_back", language)
    assert offered.row.owner == "agent"


def test_a_secondary_user_is_refused_as_ever_and_goes_back_to_the_agent(
    offered: Chat, agents: Agents, records: Records, language: str
) -> None:
    before = records.names()
    offered.tap(to_the_bot(offered.world, TASK, language))
    offered.say("hugo")
    said = offered.say(offered.world.code())
    assert told(offered, said, "utter_holder_only", language)
    assert offered.row.owner == "agent"
    assert records.names() == before


def test_the_agent_may_take_the_conversation_back(
    offered: Chat, agents: Agents, language: str
) -> None:
    offered.tap(to_the_bot(offered.world, TASK, language))
    first = next(button["title"] for button in agents.card().buttons)
    assert first == in_words(agents, "button_back")
    agents.tap("tom", "claim")
    assert offered.row.owner == "bot"
    agents.tap("nadia", "claim")
    assert offered.row.owner == "agent"
    [said] = offered.say("diane")
    assert told(offered, [said], "utter_handoff_back", language)


def test_the_button_grants_nothing_after_the_case(offered: Chat, agents: Agents) -> None:
    button = [b["payload"] for r in offered.replies for b in r.buttons][-1]
    agents.tap("nadia", "close")
    offered.work_off()
    offered.post(button)
    assert open_question(offered) == "username", "it only begins the task"
    assert offered.row.owner == "bot"


def test_the_button_may_be_typed_by_its_title_and_not_by_what_is_behind_it(
    offered: Chat, language: str
) -> None:
    behind = ('/with_the_bot{"task":"create_user"}', "1", "create_user")
    for typed in (*behind, example("affirm", language)):
        assert offered.say(typed) == [], "it may be an answer to the agent"
    assert offered.row.owner == "agent"
    offered.say(to_the_bot(offered.world, TASK, language).lower())
    assert offered.row.owner == "bot"


def test_a_notice_waits_until_the_agent_is_done(
    offered: Chat, agents: Agents, world: World, language: str
) -> None:
    with world.app.database.write() as uow:
        uow.chat_events.put(offered.row.id, "pattern_help", {})
    offered.work_off()
    assert offered.say("?") == []
    agents.say("nadia", "/return 24 $")
    offered.work_off()
    said = offered.say(example("greet", language))
    assert offered.templates()[:2] == ["utter_handoff_returned", "utter_help"]
    assert stands("24 $", said[0])
