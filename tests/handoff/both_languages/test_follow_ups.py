"""An agent is reminded of a case at the time that they said, open or over."""

import re
from datetime import timedelta

import pytest

from bot.languages import LANGUAGES
from storage.clock import Clock
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.phrases import arrives, in_words, tells, weekday, words_of

SATURDAY, WEDNESDAY = 5, 2
NO_TIMES = ("", "?", "2020-01-01", "400")


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


def examples(agents: Agents, language: str) -> list[str]:
    """The times that agents are told as examples, in any language."""
    return re.findall(r"/followup ([^,.]+)", words_of(agents).phrases["follow_up_when"][language])


def kept(agents: Agents) -> str:
    """What is said of the time that is kept."""
    due = agents.case().due_at
    assert due is not None
    moment = due.isoformat()
    values = {"agent": "Nadia", "day": {"day": moment}, "at": {"time": moment}}
    assert in_words(agents, "card_follow_up", **values) in agents.card().text
    return in_words(agents, "follow_up_kept", **values)


@pytest.mark.parametrize("said_in", sorted(LANGUAGES))
@pytest.mark.parametrize("nth", range(3))
@pytest.mark.usefixtures("talking")
def test_the_agent_is_called_to_the_case_at_that_time(
    world: World, agents: Agents, clock: Clock, nth: int, said_in: str
) -> None:
    agents.say("nadia", f"/followup {examples(agents, said_in)[nth]}")
    assert agents.newest() == kept(agents)
    due = agents.case().due_at
    assert due is not None
    assert timedelta(hours=12) < due - clock() < timedelta(days=4)
    agents.tap("nadia", "close")
    is_due = in_words(agents, "ping_due_closed", number=1)
    world.clock.advance(seconds=(due - clock()).total_seconds() - 60)
    assert is_due not in called(world, agents)
    world.clock.advance(minutes=2)
    assert f"{is_due} ['nadia']" in called(world, agents)
    assert is_due not in called(world, agents), "once"
    agents.say("nadia", "/reopen")
    assert agents.case().status == "claimed"
    assert agents.case().due_at is None


def test_the_customer_is_told_nothing_by_it(talking: Chat, agents: Agents, language: str) -> None:
    agents.say("nadia", f"/followup {weekday(WEDNESDAY, language)}")
    assert arrives(talking) == ""


@pytest.mark.parametrize(("day", "hour"), [(SATURDAY, 9), (WEDNESDAY, 8)])
@pytest.mark.usefixtures("talking")
def test_a_day_begins_when_the_desk_opens(
    agents: Agents, desk_language: str, day: int, hour: int
) -> None:
    """On a day without hours it begins at nine."""
    agents.say("nadia", f"/followup {weekday(day, desk_language)}")
    due = agents.case().due_at
    assert agents.world.app.agents is not None
    assert due is not None
    local = due.astimezone(agents.world.app.agents.hours.time_zone)
    assert (local.weekday(), local.hour, local.minute) == (day, hour, 0)


@pytest.mark.parametrize("words", NO_TIMES)
@pytest.mark.usefixtures("talking")
def test_what_is_no_time_is_said(agents: Agents, words: str) -> None:
    agents.say("nadia", f"/followup {words}")
    assert tells(agents, "follow_up_when")
    assert agents.case().due_at is None


@pytest.mark.usefixtures("talking")
def test_it_is_called_off(world: World, agents: Agents, desk_language: str) -> None:
    agents.say("nadia", f"/followup {examples(agents, desk_language)[-1]}")
    assert agents.case().due_at is not None
    agents.say("nadia", "/followup off")
    assert in_words(agents, "follow_up_off", agent="Nadia") in agents.topic()
    world.clock.advance(days=4)
    assert in_words(agents, "ping_due", number=1) not in called(world, agents)


@pytest.mark.usefixtures("talking")
def test_who_is_an_agent_no_more_has_those_called_who_are_there(
    world: World, agents: Agents, desk_language: str
) -> None:
    agents.say("nadia", f"/followup {examples(agents, desk_language)[-1]}")
    agents.tap("nadia", "close")
    agents.are({"tom": "Tom"})
    world.clock.advance(days=4)
    is_due = in_words(agents, "ping_due_closed", number=1)
    assert f"{is_due} ['tom']" in called(world, agents)
