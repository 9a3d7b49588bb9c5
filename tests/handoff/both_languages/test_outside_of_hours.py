"""What is written while nobody is there is acknowledged and kept, and not in one sentence again."""

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.phrases import PERSON

LINES = {
    "en": ("it is about the bill of May", "the modem is the white one", "and it blinks"),
    "fr": ("c'est pour la facture de mai", "le modem est le blanc", "pis ça clignote"),
}
BACK = {"en": "March 9, 2026", "fr": "9 mars 2026"}
ASKED = {
    "the place": {"en": "what number am I in the queue", "fr": "c'est quoi mon rang dans la file"},
    "how long": {"en": "how much longer", "fr": "ça va être encore long"},
    "still there": {"en": "is anyone there", "fr": "y a-tu quelqu'un"},
    "a call": {"en": "call me back please", "fr": "rappelez-moi svp"},
    "a complaint": {"en": "your service is awful", "fr": "votre service est pourri"},
    "a hurry": {"en": "this is urgent, hurry up", "fr": "ça presse beaucoup, dépêchez-vous"},
}
QUESTIONS = {
    "en": ("how many users can I have?", "what can a secondary user see?"),
    "fr": ("combien d'utilisateurs puis-je avoir?", "que voit un utilisateur secondaire?"),
}


@pytest.fixture
def at_night(chat: Chat, world: World, language: str) -> Chat:
    """Somebody asks for a person on a Saturday."""
    while world.clock().strftime("%a") != "Sat":
        world.clock.advance(days=1)
    chat.say(PERSON[language], language=language)
    assert chat.templates() == ["utter_handoff_closed_now"]
    return chat


def test_what_is_written_is_acknowledged_with_when_it_is_read(
    at_night: Chat, agents: Agents, language: str
) -> None:
    answers = [at_night.say(line) for line in LINES[language]]
    assert all(answers)
    assert BACK[language] in answers[0][-1]
    assert len({answer[-1] for answer in answers}) == len(answers), "no sentence comes again"
    for line in LINES[language]:
        assert line in agents.topic()


@pytest.mark.parametrize("kind", ASKED)
def test_whoever_asks_hears_when_somebody_is_there(
    at_night: Chat, language: str, kind: str
) -> None:
    [answer] = at_night.say(ASKED[kind][language])
    assert BACK[language] in answer
    assert ".." not in answer
    assert at_night.templates() != ["utter_noted"]


def test_it_is_said_once_that_a_place_is_kept_and_the_bot_goes_on_answering(
    at_night: Chat, language: str
) -> None:
    first, second = QUESTIONS[language]
    said, _ = at_night.say(first)
    assert at_night.templates() == ["utter_place_kept", "utter_answer"]
    assert BACK[language] in said
    at_night.say(second)
    assert at_night.templates() == ["utter_answer"]
