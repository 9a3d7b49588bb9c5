"""An objection is a case like others before the agents, but for a chat: there is none behind it."""

import pytest

from bot.faces import objecting
from bot.handoff.group_changes import settle
from bot.handoff.objecting import CHANNEL
from storage.households.households import Household
from storage.messages.objection_links import ToldOf
from tests.fakes.agents import Agents
from tests.fakes.chats import World
from tests.fakes.households import make_household


@pytest.fixture
def household(world: World) -> Household:
    return make_household(world.app.database, "90210077", secondaries=1)


def object_to(world: World, household: Household, mail: int, words: str = "") -> None:
    """Have Léo say that what a mail told was not agreed."""
    told = ToldOf(mail, "rights_changed", household.members[1].id, world.clock())
    with world.app.database.write() as uow:
        token = uow.objections.links.address(told).rpartition("/")[2]
        objection = uow.objections.enter(token, words)
        assert objection is not None
        objecting(world.app.agents, world.app.intake.masks).tell(uow, objection)


def unsaid(world: World) -> int:
    """What waits to be said in chats."""
    with world.app.database.read() as uow:
        return len(uow.chat_outbox.due("page", "page"))


def test_the_agents_see_who_objects_to_what(
    world: World, agents: Agents, household: Household
) -> None:
    object_to(world, household, 1)
    topic = agents.topic()
    assert "Léo Gagnon, secondary user" in topic
    assert "“Your access was changed”, was not agreed" in topic
    assert "second1-90210077" in topic
    assert [button["title"] for button in agents.card().buttons] == ["Claim"]


def test_another_one_of_the_same_person_stands_in_the_same_case(
    world: World, agents: Agents, household: Household
) -> None:
    object_to(world, household, 1)
    object_to(world, household, 2)
    assert agents.topic().count("was not agreed, they say") == 2
    assert "t2" not in agents.shown


@pytest.mark.parametrize("words", ["Hello Léo", "/return done", "@somebody"])
def test_what_an_agent_writes_there_reaches_nobody_and_they_are_told(
    world: World, agents: Agents, household: Household, words: str
) -> None:
    object_to(world, household, 1)
    agents.tap("nadia", "claim")
    assert "There is no chat behind it" in agents.topic()
    agents.say("nadia", words)
    assert unsaid(world) == 0
    if words == "Hello Léo":
        assert "nobody would read that" in agents.newest()


def test_closing_the_case_settles_what_it_was_about(
    world: World, agents: Agents, household: Household
) -> None:
    object_to(world, household, 1)
    agents.tap("nadia", "claim")
    agents.say("nadia", "// called back, all is well")
    agents.tap("nadia", "close")
    assert agents.case().status == "closed"
    with world.app.database.read() as uow:
        assert uow.objections.open() == []
    object_to(world, household, 2)
    assert "called back, all is well" in agents.topic("t2")


def test_a_case_that_waits_for_long_calls_the_agents_and_nobody_else(
    world: World, agents: Agents, household: Household
) -> None:
    object_to(world, household, 1)
    world.clock.advance(hours=1)
    assert world.app.watch is not None
    world.app.watch.look()
    agents.look()
    assert "" in agents.shown
    assert unsaid(world) == 0


def test_a_case_without_a_chat_rests_as_long_as_its_agent_needs_and_can_be_put_back(
    world: World, agents: Agents, household: Household
) -> None:
    object_to(world, household, 1)
    agents.tap("nadia", "claim")
    world.clock.advance(minutes=90)
    assert world.app.rests is not None
    world.app.rests.look()
    assert agents.case().agent_id == "nadia"
    agents.say("nadia", "/transfer Tom")
    assert agents.case().agent_id == "tom"
    agents.say("tom", "/release")
    assert agents.case().status == "queued"
    assert unsaid(world) == 0


def test_without_agents_any_more_what_was_objected_stays_for_support(
    world: World, agents: Agents, household: Household
) -> None:
    object_to(world, household, 1)
    agents.tap("nadia", "claim")
    settle(world.app.database, None)
    assert agents.case().outcome == "ended"
    with world.app.database.read() as uow:
        assert len(uow.objections.open()) == 1
        [objection] = uow.objections.open()
        assert uow.inbox.next(CHANNEL, CHANNEL, objection.chat) is None, "nobody is there to tell"
    assert unsaid(world) == 0


def test_the_agents_read_what_is_added_without_what_is_secret(
    world: World, agents: Agents, household: Household
) -> None:
    object_to(world, household, 1, "She took my TV, and 4111 1111 1111 1111 is my card")
    topic = agents.topic()
    assert "They add: She took my TV, and •••• is my card." in topic
    assert "4111" not in topic
