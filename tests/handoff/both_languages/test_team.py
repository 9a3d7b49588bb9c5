"""What a team asks about all its cases: /cases, /case 12, /find words."""

import re
from pathlib import Path

import pytest

from bot.handoff import desk
from tests.fakes.agents import Agents
from tests.fakes.chats import World
from tests.fakes.phrases import PERSON, in_words, stands, words_of
from tests.fakes.yaml_files import read_yaml

COMMAND = re.compile(r"(?<![\w/.])/[a-z]+|//(?: @)?")
WHO = {"who": "Tom"}
NEEDS = {"a": "MODEM-1 ééé", "b": "Décodeur-2", "c": "hm"}
"""What the customers add: words of no language."""


@pytest.fixture
def three(world: World, agents: Agents, language: str) -> None:
    """One case that Nadia has, one that waits, one that is over."""
    for name, words in NEEDS.items():
        chat = world.chat(name)
        chat.say(PERSON[language])
        chat.say(words)
    agents.tap("nadia", "claim", "t1")
    agents.say("nadia", "// Léo: 17 h", "t1")
    agents.tap("tom", "claim", "t3")
    agents.tap("tom", "close", "t3")


def asked(agents: Agents, who: str, words: str, topic: str = "") -> str:
    agents.look()
    before = len(agents.shown.get(topic, []))
    agents.say(who, words, topic)
    agents.look()
    return "\n".join(row.text for row in agents.shown.get(topic, [])[before:])


def hint(agents: Agents, phrase: str, text: str) -> bool:
    return stands(words_of(agents).phrases[phrase][words_of(agents).language], text)


@pytest.mark.usefixtures("three")
def test_the_open_cases_are_listed_with_how_they_stand(agents: Agents) -> None:
    listed = asked(agents, "tom", "/cases")
    mine, waits, *_ = listed.split("\n")
    assert mine.startswith("• 1 · ")
    assert in_words(agents, "state_claimed", agent="Nadia") in mine
    assert waits.startswith("• 2 · ")
    assert in_words(agents, "state_queued") in waits
    assert "• 3 · " not in listed


@pytest.mark.usefixtures("three")
def test_asked_in_a_topic_it_is_answered_there(agents: Agents) -> None:
    assert "• 2 · " in asked(agents, "tom", "/cases", "t1")


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("number", ["99", "", "zero", "-1", "9" * 40])
def test_a_number_that_is_no_case_is_said_to_be_none(agents: Agents, number: str) -> None:
    assert hint(agents, "case_unknown", asked(agents, "tom", f"/case {number}"))


def test_private_words_are_not_found_by_searching_for_them(
    world: World, agents: Agents, language: str
) -> None:
    chat = world.chat("a")
    chat.say(PERSON[language])
    chat.say("4111 1111 1111 1111")
    assert hint(agents, "find_none", asked(agents, "nadia", "/find 4111"))


@pytest.mark.usefixtures("three")
def test_a_case_is_shown_by_its_number_with_its_notes(agents: Agents) -> None:
    shown = asked(agents, "tom", "/case 1")
    assert in_words(agents, "state_claimed", agent="Nadia") in shown
    assert "// Léo: 17 h" in shown
    assert in_words(agents, "state_closed") in asked(agents, "tom", "/case #3")


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("words", "number"), [("modem", 1), ("DECODEUR", 2), ("leo 17", 1), ("tom", 3)]
)
def test_words_are_found_wherever_they_stand(agents: Agents, words: str, number: int) -> None:
    found = asked(agents, "nadia", f"/find {words}")
    assert [line[:5] for line in found.split("\n")] == [f"• {number} ·"]


ANSWERS = {
    "/find xylophone": "find_none",
    "/find": "find_what",
    "/close": "of_a_case",
    "/help": "commands",
    "/oncall": "on_call_begins",
    "/canned": "canned_list",
    "/canned promo = 24 $": "canned_kept_alone",
}


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("words", ANSWERS)
def test_whatever_is_asked_is_answered_and_to_agents_alone(agents: Agents, words: str) -> None:
    assert asked(agents, "eve", words) == ""
    assert hint(agents, ANSWERS[words], asked(agents, "tom", words))
    assert [agents.case(number).status for number in (1, 2)] == ["claimed", "queued"]


@pytest.mark.parametrize(
    ("words", "answer"),
    [*ANSWERS.items(), ("/cases", "cases_none"), ("/ban x", "of_a_case")],
)
def test_a_group_that_never_had_a_case_is_answered_too(
    agents: Agents, words: str, answer: str
) -> None:
    assert hint(agents, answer, asked(agents, "tom", words))


@pytest.mark.usefixtures("three")
def test_with_nothing_open_it_is_said(agents: Agents) -> None:
    agents.tap("nadia", "close", "t1")
    agents.tap("tom", "claim", "t2")
    agents.tap("tom", "close", "t2")
    assert in_words(agents, "cases_none", **WHO) in asked(agents, "tom", "/cases")


def test_both_languages_name_the_same_commands() -> None:
    for phrase, texts in read_yaml(Path(desk.__file__).with_name("desk.yml")).items():
        named = {language: set(COMMAND.findall(text)) for language, text in texts.items()}
        assert len(set(map(frozenset, named.values()))) == 1, (phrase, named)
