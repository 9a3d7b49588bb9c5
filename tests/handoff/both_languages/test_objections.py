"""An objection is a case like others before the agents, but for a chat: there is none behind it."""

from collections.abc import Callable

import pytest

from bot.faces import objecting
from bot.handoff.group_changes import settle
from bot.handoff.objecting import CHANNEL
from bot.mail.catalogue import Catalogue
from storage.households.households import Household
from storage.messages.objection_links import ToldOf
from tests.fakes.agents import Agents
from tests.fakes.chats import World
from tests.fakes.households import make_household
from tests.fakes.phrases import in_words, tells

TOLD = "rights_changed"
CARD = "4111 1111 1111 1111"
Objects = Callable[..., None]


@pytest.fixture
def household(world: World) -> Household:
    return make_household(world.app.database, "90210077", secondaries=1)


@pytest.fixture
def objects(world: World, household: Household) -> Objects:
    """Has Léo say that what a mail told was not agreed."""

    def object_to(mail: int, words: str = "") -> None:
        told = ToldOf(mail, TOLD, household.members[1].id, world.clock())
        with world.app.database.write() as uow:
            token = uow.objections.links.address(told).rpartition("/")[2]
            objection = uow.objections.enter(token, words)
            assert objection is not None
            objecting(world.app.agents, world.app.intake.masks).tell(uow, objection)

    return object_to


def unsaid(world: World) -> int:
    """What waits to be said in chats."""
    with world.app.database.read() as uow:
        return len(uow.chat_outbox.due("page", "page"))


def test_the_agents_see_who_objects_to_what(
    agents: Agents, objects: Objects, desk_language: str
) -> None:
    objects(1)
    topic, role = agents.topic(), in_words(agents, "role_secondary")
    assert f"Léo Gagnon, {role}" in topic
    assert Catalogue.load().notices[TOLD][desk_language] in topic
    assert "second1-90210077" in topic
    for phrase in ("objected", "where_page", "proof_mailbox", "reason_not_agreed"):
        assert tells(agents, phrase)
    assert [button["title"] for button in agents.card().buttons] == [
        in_words(agents, "button_claim")
    ]


def test_another_one_of_the_same_person_stands_in_the_same_case(
    agents: Agents, objects: Objects, desk_language: str
) -> None:
    objects(1)
    objects(2)
    assert agents.topic().count(Catalogue.load().notices[TOLD][desk_language]) == 2
    assert "t2" not in agents.shown


@pytest.mark.parametrize("words", ["Léo?", "/return ok", "@somebody"])
def test_what_an_agent_writes_there_reaches_nobody_and_they_are_told(
    world: World, agents: Agents, objects: Objects, words: str
) -> None:
    objects(1)
    agents.tap("nadia", "claim")
    assert in_words(agents, "claimed_page", agent="Nadia") in agents.topic()
    agents.say("nadia", words)
    assert unsaid(world) == 0
    if words == "Léo?":
        assert agents.newest() == in_words(agents, "no_chat")


def test_closing_the_case_settles_what_it_was_about(
    world: World, agents: Agents, objects: Objects
) -> None:
    objects(1)
    agents.tap("nadia", "claim")
    agents.say("nadia", "// Léo: 514 555-0199, ok")
    agents.tap("nadia", "close")
    assert agents.case().status == "closed"
    with world.app.database.read() as uow:
        assert uow.objections.open() == []
    objects(2)
    assert in_words(agents, "earlier_notes") in agents.topic("t2")
    assert "Léo: 514 555-0199, ok" in agents.topic("t2")


def test_a_case_that_waits_for_long_calls_the_agents_and_nobody_else(
    world: World, agents: Agents, objects: Objects
) -> None:
    objects(1)
    agents.look()
    world.clock.advance(hours=1)
    assert world.app.watch is not None
    world.app.watch.look()
    assert tells(agents, "ping_first", "")
    assert unsaid(world) == 0


def test_a_case_without_a_chat_rests_as_long_as_its_agent_needs_and_can_be_put_back(
    world: World, agents: Agents, objects: Objects
) -> None:
    objects(1)
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
    world: World, agents: Agents, objects: Objects
) -> None:
    objects(1)
    agents.tap("nadia", "claim")
    settle(world.app.database, None)
    assert agents.case().outcome == "ended"
    with world.app.database.read() as uow:
        [objection] = uow.objections.open()
        assert uow.inbox.next(CHANNEL, CHANNEL, objection.chat) is None, "nobody is there to tell"
    assert unsaid(world) == 0


def test_the_agents_read_what_is_added_without_what_is_secret(
    agents: Agents, objects: Objects
) -> None:
    objects(1, f"TV? {CARD}!")
    assert "TV? ••••!" in agents.topic()
    assert "4111" not in agents.topic()
