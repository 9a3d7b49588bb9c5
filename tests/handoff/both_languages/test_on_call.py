"""Who is on duty says so, is called before the others, and stands nowhere outside of the group."""

from contextlib import suppress
from dataclasses import replace

import pytest

from bot.web.health import Health
from storage.handoff.desk_rows import DeskRow
from storage.limits import ON_CALL_LASTS
from tests.fakes.agents import Agents
from tests.fakes.chats import World
from tests.fakes.phrases import DANGER, PERSON, in_words, tells

FIRST_ANSWER = 20

pytestmark = pytest.mark.usefixtures("queued")


def reminder(agents: Agents) -> DeskRow:
    """What is said when a customer has waited for too long."""
    agents.world.clock.advance(minutes=FIRST_ANSWER)
    assert agents.world.app.watch is not None
    agents.world.app.watch.look()
    agents.look()
    said = in_words(agents, "ping_first", number=1, minutes=FIRST_ANSWER)
    return next(row for row in reversed(agents.shown[""]) if said in row.text)


def test_where_nobody_says_so_everybody_is_called(agents: Agents) -> None:
    assert reminder(agents).mentions == {"nadia": "Nadia", "tom": "Tom"}


def test_who_is_on_call_is_called_and_nobody_else(agents: Agents) -> None:
    agents.say("tom", "/oncall")
    assert tells(agents, "on_call_begins")
    assert reminder(agents).mentions == {"tom": "Tom"}


@pytest.mark.parametrize("topic", ["t1", ""])
def test_it_is_over_when_they_say_so(agents: Agents, topic: str) -> None:
    agents.say("tom", "/oncall", topic)
    agents.say("tom", "/oncall off", topic)
    assert in_words(agents, "on_call_ends", who="Tom") in agents.topic(topic)
    assert len(reminder(agents).mentions) == 2


def test_a_duty_that_nobody_ends_ends_by_itself(agents: Agents) -> None:
    agents.say("tom", "/oncall")
    agents.world.clock.advance(seconds=ON_CALL_LASTS.total_seconds())
    agents.say("nadia", "/cases")
    assert in_words(agents, "on_call_nobody") in agents.newest()


def test_who_is_no_agent_any_more_is_not_on_call(agents: Agents) -> None:
    agents.say("tom", "/oncall")
    agents.are({"nadia": "Nadia"})
    assert reminder(agents).mentions == {"nadia": "Nadia"}


def test_danger_calls_everybody_and_first_who_is_on_call(
    world: World, agents: Agents, language: str
) -> None:
    agents.say("tom", "/oncall")
    world.chat("43", channel="telegram").say(DANGER[language])
    agents.look()
    [alarm] = [row for rows in agents.shown.values() for row in rows if row.kind == "alarm"]
    assert in_words(agents, "alarm", number=2) in alarm.text
    assert [*alarm.mentions] == ["tom", "nadia"]


def test_the_list_of_cases_says_it_by_name_and_health_only_how_many(
    agents: Agents, world: World
) -> None:
    for who in ("tom", "nadia"):
        agents.say(who, "/oncall")
    agents.say("nadia", "/cases")
    assert in_words(agents, "on_call_now", names=["Tom", "Nadia"]) in agents.topic()
    report = Health(world.app.database, world.clock).report()
    assert report["agents"] == {"on_call": 2}
    assert "Tom" not in str(report)


def test_outside_of_hours_the_list_says_when_somebody_is_there_again(
    agents: Agents, world: World
) -> None:
    world.clock.advance(hours=12)
    agents.say("nadia", "/cases")
    assert tells(agents, "desk_closed")


def test_what_is_no_duty_is_explained_and_nobody_but_an_agent_has_one(agents: Agents) -> None:
    agents.say("nadia", "/oncall ?")
    assert agents.newest() == in_words(agents, "on_call_how", who="Nadia")
    agents.say("eve", "/oncall")
    with agents.world.app.database.read() as uow:
        assert uow.handoffs.count_on_call() == 0


def test_a_case_that_cannot_be_looked_at_holds_up_no_reminder_of_another(
    world: World, agents: Agents, language: str
) -> None:
    world.chat("43", channel="telegram").say(PERSON[language])
    with world.app.database.write() as uow:
        uow.handoffs.entitle(replace(agents.case(2), summary={}), "?")
    with suppress(KeyError):
        reminder(agents)
    agents.look()
    assert in_words(agents, "ping_first", number=1, minutes=FIRST_ANSWER) in agents.topic("")
