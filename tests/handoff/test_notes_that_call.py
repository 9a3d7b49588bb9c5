"""A colleague who is named in a private note is called to the case; the customer sees nothing."""

import pytest

from bot.handoff.message import DeskMessage
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World


@pytest.fixture
def talking(chat: Chat, agents: Agents, world: World) -> Chat:
    """A customer whom Nadia has; Tom is @tommy."""
    names = {"nadia": "Nadia", "tom": "Tom", "zoe": "Zoé Roy"}
    with world.app.database.write() as uow:
        desk = uow.conversations.ensure(*agents.key)
        uow.handoffs.set_agents(desk, names, {"tom": "tommy"})
    chat.say("I want to talk to a person")
    agents.tap("nadia", "claim")
    chat.say("hello")
    return chat


def called(agents: Agents) -> list[str]:
    agents.look()
    rows = [row for row in agents.shown.get("", []) if row.kind == "call"]
    return [person for row in rows for person in row.mentions]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("// @tommy please look", ["tom"]),
        ("／／ @Tom, please look", ["tom"]),
        ("/note could @zoé look at it?", ["zoe"]),
        ("// @tommy and @ZOÉ: a second pair of eyes.", ["tom", "zoe"]),
        ("// @tommy @tom twice is once", ["tom"]),
        ("// for myself, @nadia", []),
        ("// wrote to luc@tommy.com", []),
        ("// tommy without the sign", []),
    ],
)
def test_whoever_is_named_is_called_and_the_customer_reads_nothing(
    talking: Chat, agents: Agents, words: str, who: list[str]
) -> None:
    agents.say("nadia", words)
    assert sorted(called(agents)) == who
    assert talking.say("still there?") == []
    assert len(agents.case().notes) == 1


def test_the_call_leads_to_the_case(talking: Chat, agents: Agents) -> None:
    agents.say("tom", "// @zoé you know this one")
    [row] = [row for row in agents.shown[""] if row.kind == "call"]
    assert row.text == "⏰ Zoé Roy: Tom names you in a note of case 1."
    assert [(reminder.topic_id) for reminder in row.reminders] == ["t1"]


def test_somebody_without_a_handle_is_picked_from_the_list(talking: Chat, agents: Agents) -> None:
    agents.say("nadia", "// Zoé R. please", mentioned="zoe")
    assert called(agents) == ["zoe"]


def test_a_name_that_is_nobody_s_is_said_and_the_note_is_kept(
    talking: Chat, agents: Agents
) -> None:
    agents.say("nadia", "// @nobody please look")
    assert called(agents) == []
    assert "nobody was called for: nobody. Agents: Nadia, Tom, Zoé Roy" in agents.newest()
    assert agents.case().notes == ["@nobody please look"]


def test_a_note_of_somebody_who_is_no_agent_calls_nobody(talking: Chat, agents: Agents) -> None:
    agents.say("eve", "// @tommy look at me")
    assert called(agents) == []
    assert agents.case().notes == []


def test_a_note_that_is_changed_calls_nobody_again(talking: Chat, agents: Agents) -> None:
    agents.say("nadia", "// @tommy please look")
    agents.post("nadia", DeskMessage("// @tommy please look!", kind="edited"))
    assert called(agents) == ["tom"]
