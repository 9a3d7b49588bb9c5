"""What a team asks about all its cases: /cases, /case 12, /find words."""

import re
from pathlib import Path

import pytest

from bot.handoff import desk
from tests.fakes.agents import Agents
from tests.fakes.chats import World
from tests.fakes.yaml_files import read_yaml

COMMAND = re.compile(r"(?<![\w/.])/[a-z]+|//(?: @)?")


@pytest.fixture
def three(world: World, agents: Agents) -> None:
    """One case that Nadia has, one that waits, one that is over."""
    for name, words in (("a", "my invoice is wrong"), ("b", "mon décodeur grésille"), ("c", "hm")):
        chat = world.chat(name)
        chat.say("I want to talk to a person")
        chat.say(words)
    agents.tap("nadia", "claim", "t1")
    agents.say("nadia", "// promised a call on Friday", "t1")
    agents.tap("tom", "claim", "t3")
    agents.tap("tom", "close", "t3")


def asked(agents: Agents, who: str, words: str, topic: str = "") -> str:
    agents.look()
    before = len(agents.shown.get(topic, []))
    agents.say(who, words, topic)
    agents.look()
    return "\n".join(row.text for row in agents.shown.get(topic, [])[before:])


@pytest.mark.usefixtures("three")
def test_the_open_cases_are_listed_with_how_they_stand(agents: Agents) -> None:
    listed = asked(agents, "tom", "/cases")
    assert "• 1 · " in listed
    assert "Nadia has it, for 0 min" in listed
    assert "• 2 · " in listed
    assert "waits for an agent" in listed
    assert "• 3 · " not in listed


@pytest.mark.usefixtures("three")
def test_asked_in_a_topic_it_is_answered_there(agents: Agents) -> None:
    assert "• 2 · " in asked(agents, "tom", "/cases", "t1")


@pytest.mark.usefixtures("three")
def test_a_case_is_shown_by_its_number_with_its_notes(agents: Agents) -> None:
    shown = asked(agents, "tom", "/case 1")
    assert "Case 1: Nadia has it" in shown
    assert "// promised a call on Friday" in shown
    assert "Case 3: closed" in asked(agents, "tom", "/case #3")


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("number", ["99", "", "zero", "-1", "9" * 40])
def test_a_number_that_is_no_case_is_said_to_be_none(agents: Agents, number: str) -> None:
    assert "Tom: there is no case" in asked(agents, "tom", f"/case {number}")


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("words", "number"),
    [("invoice", 1), ("DECODEUR gresille", 2), ("friday call", 1), ("tom", 3)],
)
def test_words_are_found_wherever_they_stand(agents: Agents, words: str, number: int) -> None:
    found = asked(agents, "nadia", f"/find {words}")
    assert [line[:5] for line in found.split("\n")] == [f"• {number} ·"]


@pytest.mark.usefixtures("three")
def test_what_is_found_nowhere_is_said(agents: Agents) -> None:
    assert "no case has those words" in asked(agents, "nadia", "/find xylophone")
    assert "the words to look for" in asked(agents, "nadia", "/find")


def test_private_words_are_not_found_by_searching_for_them(world: World, agents: Agents) -> None:
    chat = world.chat("a")
    chat.say("I want to talk to a person")
    chat.say("my card is 4111 1111 1111 1111")
    assert "no case has those words" in asked(agents, "nadia", "/find 4111")


@pytest.mark.usefixtures("three")
def test_nobody_but_an_agent_is_answered(agents: Agents) -> None:
    for words in ("/cases", "/case 1", "/find invoice"):
        assert asked(agents, "eve", words) == ""


@pytest.mark.usefixtures("three")
def test_with_nothing_open_it_is_said(agents: Agents) -> None:
    agents.tap("nadia", "close", "t1")
    agents.tap("tom", "claim", "t2")
    agents.tap("tom", "close", "t2")
    assert "Tom: no case is open." in asked(agents, "tom", "/cases")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("/oncall", "Tom is on call from now on"),
        ("/canned", "/hello (en, fr)"),
        ("/canned hours2 = Eight to eight", "Tom: /hours2 is kept"),
        ("/cases", "Tom: no case is open."),
        ("/case 1", "Tom: there is no case 1"),
        ("/find bill", "Tom: no case has those words"),
        ("/help", "/oncall off"),
        ("/ban swears", "Tom: /ban works in the topic of a case"),
    ],
)
def test_a_group_that_never_had_a_case_is_answered_too(
    agents: Agents, words: str, answer: str
) -> None:
    assert answer in asked(agents, "tom", words)
    assert asked(agents, "eve", words) == ""
    assert asked(agents, "tom", "good morning") == ""


@pytest.mark.usefixtures("three")
def test_outside_of_its_topic_a_command_of_a_case_does_nothing(agents: Agents) -> None:
    assert "works in the topic of a case" in asked(agents, "tom", "/close")
    assert [agents.case(number).status for number in (1, 2)] == ["claimed", "queued"]


def test_both_languages_name_the_same_commands() -> None:
    for phrase, texts in read_yaml(Path(desk.__file__).with_name("desk.yml")).items():
        named = {language: set(COMMAND.findall(text)) for language, text in texts.items()}
        assert len(set(map(frozenset, named.values()))) == 1, (phrase, named)
