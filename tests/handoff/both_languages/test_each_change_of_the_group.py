"""Whatever happens to the agents' group is told to both sides, in both languages."""

from dataclasses import replace
from typing import get_args

import pytest

from bot.channels.channel import Outcome
from bot.handoff.desk import DeskKey
from bot.handoff.group_changes import CHECKED, MOVED, TOPIC_CLOSED, settle
from bot.handoff.message import DeskMessage
from storage.handoff.groups import Trouble
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.phrases import PERSON, arrives, says, tells


def happens(agents: Agents, message: DeskMessage, topic: str = "") -> None:
    agents.receive("", message, topic)
    agents.work_off(topic)


@pytest.mark.parametrize("trouble", get_args(Trouble))
def test_a_group_out_of_reach_leaves_no_case_mute(
    talking: Chat, agents: Agents, world: World, language: str, trouble: Trouble
) -> None:
    happens(agents, DeskMessage(trouble, kind=CHECKED))
    talking.work_off()
    assert tells(agents, "away")
    assert says(world.app, "utter_handoff_released", language, arrives(talking))
    with world.app.database.write() as uow:
        uow.agent_groups.checked(agents.case().desk_id, trouble)
    another = world.chat("43", channel="telegram")
    another.say(PERSON[language])
    assert says(world.app, "utter_handoff_out_of_reach", language, arrives(another))


def test_a_topic_that_is_closed_or_deleted_is_there_again(
    talking: Chat, agents: Agents, world: World
) -> None:
    happens(agents, DeskMessage("", kind=TOPIC_CLOSED), "t1")
    assert tells(agents, "topic_reopened")
    talking.say("?")
    with world.app.database.write() as uow:
        row = uow.desk_outbox.take(agents.case().desk_id, pace=False)
        assert row is not None
        Outcome("lost", "TOPIC_DELETED").record(uow, row)
    assert agents.case().topic_id is None
    world.clock.advance(minutes=1)
    assert tells(agents, "card")
    assert tells(agents, "said_customer")


def test_in_a_group_that_moved_every_case_has_its_card(talking: Chat, agents: Agents) -> None:
    happens(agents, DeskMessage("-1009", kind=MOVED))
    assert agents.case().topic_id is None
    agents.look()
    assert agents.case().topic_id == "t1"
    assert tells(agents, "card")


def test_another_group_or_none_is_told_to_both_sides(
    talking: Chat, agents: Agents, world: World, language: str
) -> None:
    assert world.app.agents is not None
    key = DeskKey(agents.key.channel, agents.key.bot_id, "another group")
    settle(world.app.database, replace(world.app.agents, key=key))
    talking.work_off()
    there = Agents(world, key=key)
    assert tells(there, "moved_here")
    assert says(world.app, "utter_handoff_released", language, arrives(talking))
    settle(world.app.database, None)
    talking.work_off()
    assert talking.row.owner == "bot"
    assert says(world.app, "utter_handoff_ended", language, arrives(talking))
