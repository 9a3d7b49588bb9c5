"""What is written while nobody is there is acknowledged and kept, and not in one sentence again."""

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World

LINES = {
    "en": ("it is about the bill of May", "the modem is the white one", "and it blinks"),
    "fr": ("c'est pour la facture de mai", "le modem est le blanc", "pis ça clignote"),
}
WISH = {"en": "I want to talk to a person", "fr": "je veux parler à une personne"}
BACK = {"en": "March 9, 2026", "fr": "9 mars 2026"}


@pytest.fixture
def at_night(chat: Chat, world: World) -> Chat:
    """Somebody asks for a person on a Saturday."""
    while world.clock().strftime("%a") != "Sat":
        world.clock.advance(days=1)
    return chat


@pytest.mark.parametrize("language", LINES)
def test_what_is_written_is_acknowledged_with_when_it_is_read(
    at_night: Chat, agents: Agents, language: str
) -> None:
    at_night.say(WISH[language], language=language)
    assert at_night.templates() == ["utter_handoff_closed_now"]
    answers = [at_night.say(line) for line in LINES[language]]
    assert all(answers)
    assert BACK[language] in answers[0][-1]
    assert len({answer[-1] for answer in answers}) == len(answers), "no sentence comes again"
    for line in LINES[language]:
        assert line in agents.topic()


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("en", "how much longer"),
        ("en", "is anyone there"),
        ("en", "call me back please"),
        ("en", "your service is awful"),
        ("fr", "c'est quoi mon rang dans la file"),
        ("fr", "ça presse beaucoup, dépêchez-vous"),
    ],
)
def test_whoever_asks_hears_when_somebody_is_there(
    at_night: Chat, language: str, asked: str
) -> None:
    at_night.say(WISH[language])
    [answer] = at_night.say(asked)
    assert BACK[language] in answer
    assert ".." not in answer
    assert at_night.templates() != ["utter_noted"]


def test_it_is_said_once_that_a_place_is_kept_and_the_bot_goes_on_answering(
    at_night: Chat,
) -> None:
    at_night.say(WISH["en"])
    at_night.say("how many users can I have?")
    assert at_night.templates() == ["utter_place_kept", "utter_answer"]
    at_night.say("what can a secondary user see?")
    assert at_night.templates() == ["utter_answer"]
