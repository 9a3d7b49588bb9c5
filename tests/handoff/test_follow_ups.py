"""An agent is reminded of a case at the time that they said, open or over."""

from datetime import timedelta

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World


@pytest.fixture
def talking(chat: Chat, agents: Agents) -> Chat:
    """A customer whom Nadia has, on a Monday at ten."""
    chat.say("I want to talk to a person")
    agents.tap("nadia", "claim")
    chat.say("call me when the parts are there")
    agents.say("nadia", "I will")
    return chat


def called(world: World, agents: Agents) -> str:
    """Return what those read who are called, after a look at the clock."""
    agents.look()
    before = len(agents.shown.get("", []))
    assert world.app.watch is not None
    world.app.watch.look()
    agents.look()
    return "".join(
        f"{row.text} {sorted(row.mentions)}" for row in agents.shown.get("", [])[before:]
    )


@pytest.mark.parametrize("words", ["Tuesday", "mardi", "tomorrow 8 am", "1 day"])
@pytest.mark.usefixtures("talking")
def test_the_agent_is_called_to_the_case_at_that_time(
    world: World, agents: Agents, words: str
) -> None:
    agents.say("nadia", f"/followup {words}")
    assert "Nadia is reminded of this case on Tuesday, March 3" in agents.topic()
    assert "Follow-up: Tuesday, March 3" in agents.card().text
    agents.tap("nadia", "close")
    world.clock.advance(hours=12)
    assert "is due" not in called(world, agents)
    world.clock.advance(hours=13)
    assert "Case 1 is due" in (said := called(world, agents))
    assert "/reopen" in said
    assert "['nadia']" in said
    assert "is due" not in called(world, agents), "once"
    agents.say("nadia", "/reopen")
    assert agents.case().status == "claimed"
    assert "Follow-up" not in agents.card().text


def test_the_customer_is_told_nothing_by_it(talking: Chat, agents: Agents) -> None:
    talking.say("thanks")
    agents.say("nadia", "/followup Tuesday")
    assert talking.say("bye") == []


@pytest.mark.usefixtures("talking")
def test_a_day_begins_when_the_desk_opens(agents: Agents) -> None:
    agents.say("nadia", "/followup Saturday")
    assert "Saturday, March 7, 9:00" in agents.newest(), "there are no hours on that day"
    agents.say("nadia", "/followup Wednesday")
    assert "Wednesday, March 4, 8:00" in agents.newest()


@pytest.mark.parametrize("words", ["", "asap", "yesterday", "in a year"])
@pytest.mark.usefixtures("talking")
def test_what_is_no_time_is_said(agents: Agents, words: str) -> None:
    agents.say("nadia", f"/followup {words}")
    assert "Nothing was kept" in agents.newest()
    assert agents.case().due_at is None


@pytest.mark.usefixtures("talking")
def test_it_is_called_off(world: World, agents: Agents) -> None:
    agents.say("nadia", "/followup 2 hours")
    agents.say("nadia", "/followup off")
    world.clock.advance(hours=3)
    assert "is due" not in called(world, agents)


@pytest.mark.usefixtures("talking")
def test_who_is_an_agent_no_more_has_those_called_who_are_there(
    world: World, agents: Agents
) -> None:
    agents.say("nadia", "/followup 2 hours")
    agents.tap("nadia", "close")
    agents.are({"tom": "Tom"})
    world.clock.advance(seconds=timedelta(hours=3).total_seconds())
    assert "['tom']" in called(world, agents)
