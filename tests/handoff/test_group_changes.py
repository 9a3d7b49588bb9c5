"""The agents' group is out of reach, back, moved, another one, or none: no case is left mute."""

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import pytest

from bot.handoff.desk import AgentsDesk, DeskKey
from bot.handoff.group_changes import CHECKED, MOVED, TOPIC_CLOSED, settle, shown
from bot.handoff.message import DeskMessage
from storage.handoff.groups import Trouble
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World


@pytest.fixture
def talking(chat: Chat, agents: Agents) -> Chat:
    """A customer whom Nadia has."""
    chat.say("I want to talk to a person")
    agents.tap("nadia", "claim")
    chat.say("hello")
    return chat


def found(agents: Agents, trouble: Trouble | None) -> None:
    """A look at the group has shown this; nothing: it is as it should be."""
    with agents.world.app.database.write() as uow:
        shown(uow, agents.key, trouble)
    agents.work_off("")


def happens(agents: Agents, message: DeskMessage, topic: str = "") -> None:
    agents.receive("", message, topic)
    agents.work_off(topic)


def desk_of(world: World) -> AgentsDesk:
    assert world.app.agents is not None
    return world.app.agents


TROUBLES: Sequence[Trouble] = get_args(Trouble)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_out_of_reach_the_bot_has_the_word_again_and_says_so(
    talking: Chat, agents: Agents, trouble: Trouble
) -> None:
    found(agents, trouble)
    assert talking.row.owner == "queue"
    said = talking.say("what are access rights?")
    assert said[0].startswith("I cannot reach the people who answer here right now")
    assert "utter_answer" in talking.templates()
    found(agents, "removed")
    assert talking.say("what are access rights?")[0] != said[0], "it is said once"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("I want to talk to a person", "nobody has been called yet"),
        ("je veux parler à une personne", "personne n'a donc encore été appelé"),
    ],
)
def test_nobody_is_told_that_a_person_was_called_when_none_was(
    chat: Chat, agents: Agents, words: str, told: str
) -> None:
    found(agents, "no_topics")
    said = " ".join(chat.say(words))
    assert told in said
    assert "number 1" not in said
    found(agents, None)
    assert agents.card().buttons[0]["title"] == "Claim", "the request was kept"
    said = " ".join(chat.say({"I": "and now?"}.get(words[0], "et maintenant?")))
    assert "1" in said
    agents.tap("nadia", "claim")
    assert chat.row.owner == "agent"


def test_back_again_a_case_is_claimed_as_ever(talking: Chat, agents: Agents) -> None:
    found(agents, "removed")
    talking.say("are you there?")
    found(agents, None)
    assert "number 1 in the queue" in " ".join(talking.say("what are access rights?"))
    agents.tap("nadia", "claim")
    agents.say("nadia", "I am")
    assert talking.say("and?")[-1] == "I am"


def test_a_group_that_moved_has_every_open_case_in_a_new_topic(
    talking: Chat, agents: Agents, world: World
) -> None:
    happens(agents, DeskMessage("-100777", kind=MOVED))
    assert agents.case().topic_id is None
    with world.app.database.read() as uow:
        assert uow.agent_groups.address(agents.case().desk_id).chat_id == "-100777"
    assert "Case 1: Nadia has it" in agents.card().text
    agents.say("nadia", "we have moved")
    assert talking.say("and?")[-1] == "we have moved"


def over(world: World, agents: Agents) -> Chat:
    """A customer whose case, the second one, is over."""
    chat = world.chat("second")
    chat.say("I want to talk to a person")
    agents.tap("tom", "claim", "t2")
    agents.tap("tom", "close", "t2")
    chat.work_off()
    chat.say("thanks")
    return chat


def test_a_case_that_is_over_has_no_topic_in_a_group_that_moved(
    talking: Chat, agents: Agents, world: World
) -> None:
    customer = over(world, agents)
    happens(agents, DeskMessage("-100777", kind=MOVED))
    agents.say("tom", "/reopen", "t2")
    assert agents.case(2).status == "closed", "there is another topic of that number, or none"
    customer.say("hello")
    assert agents.case(2).topic_id is None
    topics = set(agents.shown)
    happens(agents, DeskMessage("-100778", kind=MOVED))
    agents.look()
    assert set(agents.shown) == topics, "nothing is made anew for it"


def test_another_group_finds_the_cases_that_were_over_before(
    talking: Chat, world: World, agents: Agents
) -> None:
    customer = over(world, agents)
    another = DeskKey(agents.key.channel, agents.key.bot_id, "another group")
    settle(world.app.database, replace(desk_of(world), key=another))
    with world.app.database.read() as uow:
        desk = uow.conversations.find(*another)
        assert desk is not None
        assert uow.case_lists.numbered(desk.id, 2) is not None
        assert uow.handoffs.at_topic(desk.id, "t2") is None
    customer.tap("5")
    with world.app.database.write() as uow:
        said = []
        while (row := uow.desk_outbox.take(desk.id, pace=False)) is not None:
            said.append(row.text)
            uow.desk_outbox.sent(row, sent_as=f"x{row.case.id}")
            world.clock.advance(seconds=4)
    assert "• The customer's rating: 5 of 5." in said


def test_a_topic_closed_by_hand_is_opened_again_while_its_case_is_open(
    talking: Chat, agents: Agents
) -> None:
    happens(agents, DeskMessage("", kind=TOPIC_CLOSED), "t1")
    agents.look()
    assert "reopen" in [row.kind for row in agents.shown["t1"]]
    assert "/close ends it" in agents.topic()
    agents.tap("nadia", "close")
    before = len(agents.shown["t1"])
    happens(agents, DeskMessage("", kind=TOPIC_CLOSED), "t1")
    agents.look()
    assert "reopen" not in [row.kind for row in agents.shown["t1"][before:]]


def test_another_group_has_the_cases_of_the_one_before(
    talking: Chat, world: World, agents: Agents
) -> None:
    waiting = world.chat("second")
    waiting.say("person")
    another = DeskKey(agents.key.channel, agents.key.bot_id, "another group")
    settle(world.app.database, replace(desk_of(world), key=another))
    talking.work_off()
    assert (talking.row.owner, waiting.row.owner) == ("queue", "queue")
    said = " ".join(talking.say("what are access rights?"))
    assert "work from somewhere else now" in said
    assert "utter_answer" in talking.templates()
    with world.app.database.write() as uow:
        desk = uow.conversations.ensure(*another)
        assert [case.id for case in uow.handoffs.open_at(desk)] == [1, 2]
        shown = []
        while (row := uow.desk_outbox.take(desk, pace=False)) is not None:
            shown.append(row.kind)
            uow.desk_outbox.sent(row, sent_as=f"x{row.case.id}")
            world.clock.advance(seconds=4)
    assert shown.count("card") >= 2
    settle(world.app.database, replace(desk_of(world), key=another))
    talking.work_off()
    assert "somewhere else" not in " ".join(talking.say("what are access rights?")), "once"


def moves(agents: Agents) -> Agents:
    """The group has moved to another chat."""
    happens(agents, DeskMessage("-100777", kind=MOVED))
    return agents


def is_replaced(agents: Agents) -> Agents:
    """The settings name another group."""
    key = DeskKey(agents.key.channel, agents.key.bot_id, "another group")
    another = Agents(agents.world, key=key)
    settle(agents.world.app.database, replace(desk_of(agents.world), key=another.key))
    another.are({"nadia": "Nadia", "tom": "Tom"})
    return another


@pytest.fixture(params=[moves, is_replaced], ids=["moved", "another group"])
def elsewhere(talking: Chat, agents: Agents, request: pytest.FixtureRequest) -> Agents:
    """Where the agents are now; what Nadia has said has the number 901 of their former chat."""
    agents.post("nadia", DeskMessage("at five", message_id="901"))
    talking.say("what of it?")
    there: Agents = request.param(agents)
    there.look()
    if there.case().status == "queued":
        there.tap("nadia", "claim")
    talking.say("and?")
    return there


def test_a_number_of_the_group_before_corrects_nothing(talking: Chat, elsewhere: Agents) -> None:
    elsewhere.post("nadia", DeskMessage("for us alone", kind="edited", message_id="901"))
    assert "for us alone" not in " ".join(talking.say("and?"))
    assert "Only messages that were passed on" in elsewhere.topic()
    elsewhere.post("nadia", DeskMessage("at six", message_id="901"))
    elsewhere.post("nadia", DeskMessage("at seven", kind="edited", message_id="901"))
    said = talking.say("and?")
    assert any("at seven" in text for text in said)
    assert not any("at five" in text for text in said)


def test_a_number_of_the_group_before_is_answered_and_signed_by_nobody(
    talking: Chat, elsewhere: Agents
) -> None:
    elsewhere.post("nadia", DeskMessage("as said", message_id="950", answers="901"))
    elsewhere.post("nadia", DeskMessage("👍", kind="reaction", message_id="m3"), "")
    assert "as said" in talking.say("and?")
    assert "reaction" not in elsewhere.topic()
    assert "does not see which message" not in elsewhere.topic()


def test_what_was_written_in_the_group_before_concerns_no_case_of_this_one(
    talking: Chat, agents: Agents
) -> None:
    for message in (
        DeskMessage("still before", message_id="907"),
        DeskMessage("removed", kind=CHECKED),
        DeskMessage("", button="close"),
    ):
        agents.receive("nadia", message, "t1" if message.kind != CHECKED else "")
    agents.receive("eve", DeskMessage("a word of nobody's"), "t1")
    there = is_replaced(agents)
    there.tap("nadia", "claim")
    for topic in ("t1", ""):
        there.work_off_at(agents.key, topic)
    assert talking.row.owner == "agent"
    assert "still before" not in " ".join(talking.say("and?"))
    there.look()
    [told] = there.shown[""]
    assert "still before" in told.text
    assert "nadia" in told.mentions, "whoever wrote it knows"


def test_without_agents_any_more_the_bot_has_every_word_again(
    talking: Chat, world: World, agents: Agents
) -> None:
    settle(world.app.database, None)
    talking.work_off()
    assert talking.row.owner == "bot"
    assert agents.case().outcome == "ended"
    assert "No agent is connected to this chat any more" in " ".join(talking.say("hello?"))


def test_what_was_held_is_said_when_the_bot_may_speak(
    talking: Chat, agents: Agents, world: World
) -> None:
    with world.app.database.write() as uow:
        uow.chat_events.put(talking.row.id, "pattern_help", {})
    talking.work_off()
    found(agents, "removed")
    talking.work_off()
    talking.say("hm")
    assert talking.templates()[:2] == ["utter_handoff_released", "utter_help"]
