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
from tests.fakes.phrases import PERSON, example, in_words, says, tells

THERE = {"en": "are you there?", "fr": "êtes-vous là?"}
TIMES = {
    "en": ("at five", "at six", "at seven"),
    "fr": ("à cinq heures", "à six heures", "à sept heures"),
}


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


def told(chat: Chat, said: Sequence[str], response: str, language: str) -> bool:
    return says(chat.world.app, response, language, "\n".join(said))


@pytest.mark.parametrize("trouble", TROUBLES)
def test_out_of_reach_the_bot_has_the_word_again_and_says_so(
    attended: Chat, agents: Agents, language: str, trouble: Trouble
) -> None:
    question = example("faq/access_rights", language)
    found(agents, trouble)
    assert attended.row.owner == "queue"
    said = attended.say(question)
    assert told(attended, said[:1], "utter_handoff_released", language)
    assert "utter_answer" in attended.templates()
    found(agents, "removed")
    assert attended.say(question)[0] != said[0], "it is said once"


def test_nobody_is_told_that_a_person_was_called_when_none_was(
    chat: Chat, agents: Agents, language: str
) -> None:
    found(agents, "no_topics")
    said = chat.say(PERSON[language])
    assert told(chat, said, "utter_handoff_out_of_reach", language)
    assert not told(chat, said, "utter_handoff_place", language)
    found(agents, None)
    claim = in_words(agents, "button_claim")
    assert agents.card().buttons[0]["title"] == claim, "the request was kept"
    assert told(chat, chat.say(THERE[language]), "utter_handoff_place", language)
    agents.tap("nadia", "claim")
    assert chat.row.owner == "agent"


def test_back_again_a_case_is_claimed_as_ever(
    attended: Chat, agents: Agents, language: str
) -> None:
    found(agents, "removed")
    attended.say(THERE[language])
    found(agents, None)
    said = attended.say(example("faq/access_rights", language))
    assert told(attended, said, "utter_handoff_place", language)
    agents.tap("nadia", "claim")
    agents.say("nadia", "24 $")
    assert attended.say("?")[-1] == "24 $"


def test_a_group_that_moved_has_every_open_case_in_a_new_topic(
    attended: Chat, agents: Agents, world: World
) -> None:
    happens(agents, DeskMessage("-100777", kind=MOVED))
    assert agents.case().topic_id is None
    with world.app.database.read() as uow:
        assert uow.agent_groups.address(agents.case().desk_id).chat_id == "-100777"
    assert in_words(agents, "state_claimed", agent="Nadia") in agents.card().text
    agents.say("nadia", "24 $")
    assert attended.say("?")[-1] == "24 $"


@pytest.fixture
def customer(attended: Chat, world: World, agents: Agents, language: str) -> Chat:
    """Somebody whose case, the second one, is over."""
    chat = world.chat("second")
    chat.say(PERSON[language])
    agents.tap("tom", "claim", "t2")
    agents.tap("tom", "close", "t2")
    chat.work_off()
    chat.say(example("thank", language))
    return chat


def test_a_case_that_is_over_has_no_topic_in_a_group_that_moved(
    customer: Chat, agents: Agents, language: str
) -> None:
    happens(agents, DeskMessage("-100777", kind=MOVED))
    agents.say("tom", "/reopen", "t2")
    assert agents.case(2).status == "closed", "there is another topic of that number, or none"
    customer.say(example("greet", language))
    assert agents.case(2).topic_id is None
    topics = set(agents.shown)
    happens(agents, DeskMessage("-100778", kind=MOVED))
    agents.look()
    assert set(agents.shown) == topics, "nothing is made anew for it"


def test_another_group_finds_the_cases_that_were_over_before(
    customer: Chat, world: World, agents: Agents
) -> None:
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
    assert in_words(agents, "rated", rating=5) in said


def test_a_topic_closed_by_hand_is_opened_again_while_its_case_is_open(
    attended: Chat, agents: Agents
) -> None:
    happens(agents, DeskMessage("", kind=TOPIC_CLOSED), "t1")
    agents.look()
    assert "reopen" in [row.kind for row in agents.shown["t1"]]
    assert tells(agents, "topic_reopened")
    agents.tap("nadia", "close")
    before = len(agents.shown["t1"])
    happens(agents, DeskMessage("", kind=TOPIC_CLOSED), "t1")
    agents.look()
    assert "reopen" not in [row.kind for row in agents.shown["t1"][before:]]


def test_another_group_has_the_cases_of_the_one_before(
    attended: Chat, world: World, agents: Agents, language: str
) -> None:
    waiting, question = world.chat("second"), example("faq/access_rights", language)
    waiting.say(PERSON[language])
    another = DeskKey(agents.key.channel, agents.key.bot_id, "another group")
    settle(world.app.database, replace(desk_of(world), key=another))
    attended.work_off()
    assert (attended.row.owner, waiting.row.owner) == ("queue", "queue")
    assert told(attended, attended.say(question), "utter_handoff_released", language)
    assert "utter_answer" in attended.templates()
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
    attended.work_off()
    assert not told(attended, attended.say(question), "utter_handoff_released", language), "once"


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
def elsewhere(
    attended: Chat, agents: Agents, language: str, request: pytest.FixtureRequest
) -> Agents:
    """Where the agents are now; what Nadia has said has the number 901 of their former chat."""
    agents.post("nadia", DeskMessage(TIMES[language][0], message_id="901"))
    attended.say("?")
    there: Agents = request.param(agents)
    there.look()
    if there.case().status == "queued":
        there.tap("nadia", "claim")
    attended.say("?")
    return there


def test_a_number_of_the_group_before_corrects_nothing(
    attended: Chat, elsewhere: Agents, language: str
) -> None:
    five, six, seven = TIMES[language]
    elsewhere.post("nadia", DeskMessage("24 $", kind="edited", message_id="901"))
    assert "24 $" not in " ".join(attended.say("?"))
    assert tells(elsewhere, "not_sent_then")
    elsewhere.post("nadia", DeskMessage(six, message_id="901"))
    elsewhere.post("nadia", DeskMessage(seven, kind="edited", message_id="901"))
    said = attended.say("?")
    assert any(seven in text for text in said)
    assert not any(five in text for text in said)


def test_a_number_of_the_group_before_is_answered_and_signed_by_nobody(
    attended: Chat, elsewhere: Agents
) -> None:
    elsewhere.post("nadia", DeskMessage("24 $", message_id="950", answers="901"))
    elsewhere.post("nadia", DeskMessage("👍", kind="reaction", message_id="m3"), "")
    assert "24 $" in attended.say("?")
    assert not tells(elsewhere, "cannot_react")
    assert not tells(elsewhere, "cannot_quote")


def test_what_was_written_in_the_group_before_concerns_no_case_of_this_one(
    attended: Chat, agents: Agents
) -> None:
    for message in (
        DeskMessage("24 $", message_id="907"),
        DeskMessage("removed", kind=CHECKED),
        DeskMessage("", button="close"),
    ):
        agents.receive("nadia", message, "t1" if message.kind != CHECKED else "")
    agents.receive("eve", DeskMessage("25 $"), "t1")
    there = is_replaced(agents)
    there.tap("nadia", "claim")
    for topic in ("t1", ""):
        there.work_off_at(agents.key, topic)
    assert attended.row.owner == "agent"
    assert "24 $" not in " ".join(attended.say("?"))
    there.look()
    [told] = there.shown[""]
    assert "24 $" in told.text
    assert "nadia" in told.mentions, "whoever wrote it knows"


def test_without_agents_any_more_the_bot_has_every_word_again(
    attended: Chat, world: World, agents: Agents, language: str
) -> None:
    settle(world.app.database, None)
    attended.work_off()
    assert attended.row.owner == "bot"
    assert agents.case().outcome == "ended"
    assert told(attended, attended.say(THERE[language]), "utter_handoff_ended", language)


def test_what_was_held_is_said_when_the_bot_may_speak(
    attended: Chat, agents: Agents, world: World, language: str
) -> None:
    with world.app.database.write() as uow:
        uow.chat_events.put(attended.row.id, "pattern_help", {})
    attended.work_off()
    found(agents, "removed")
    attended.work_off()
    said = attended.say("hm")
    assert attended.templates()[:2] == ["utter_handoff_released", "utter_help"]
    assert told(attended, said[1:2], "utter_help", language)
