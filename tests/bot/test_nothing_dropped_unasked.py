"""A cancel or a restart that would lose three answers or more asks first."""

import pytest

from tests.fakes.chats import Chat
from tests.fakes.talks import open_question

ASK = "utter_ask_drop_confirmation"
GONE = {"utter_flow_cancelled", "utter_restart"}
WORDS = ["cancel", "annule", "restart", "recommence", "never mind", "laisse tomber"]
ANSWERS = ("Zoé", "Lavoie", "zoe@example.com", "the bills")
every_word = pytest.mark.parametrize("words", WORDS)


@pytest.fixture
def adding(chat: Chat) -> Chat:
    chat.say("sign in")
    chat.sign_in("diane")
    chat.say("add a person")
    return chat


def at(chat: Chat, answers: int) -> None:
    for one in ANSWERS[:answers]:
        chat.say(one)


@every_word
@pytest.mark.parametrize("answers", [3, 4])
def test_with_three_answers_a_question_comes_first_and_go_on_loses_nothing(
    words: str, answers: int, adding: Chat
) -> None:
    at(adding, answers)
    question, known = open_question(adding), dict(adding.slots)
    adding.say(words)
    assert adding.templates() == [ASK]
    adding.tap(adding.titles()[1])
    assert open_question(adding) == question
    assert dict(adding.slots) == known


@every_word
@pytest.mark.parametrize("yes", ["yes", "cancel", "oui", "annule", "drop it", "recommence"])
def test_a_yes_or_the_same_word_again_drops_it(words: str, yes: str, adding: Chat) -> None:
    at(adding, 3)
    adding.say(words)
    adding.say(yes)
    assert GONE & set(adding.templates()), adding.templates()
    assert "new_email" not in adding.slots
    assert open_question(adding) is None


@pytest.mark.parametrize(
    "no",
    [
        "no",
        "go on",
        "non",
        "continue",
        "continuer",
        "let's go on",
        "on continue",
        "keep going please",
    ],
)
def test_a_no_goes_on(no: str, adding: Chat) -> None:
    at(adding, 3)
    adding.say("cancel")
    adding.say(no)
    assert open_question(adding) == "new_services"


@every_word
@pytest.mark.parametrize("answers", [0, 2])
def test_fewer_answers_are_dropped_at_once(words: str, answers: int, adding: Chat) -> None:
    at(adding, answers)
    adding.say(words)
    assert GONE & set(adding.templates())


@pytest.mark.parametrize("words", ["no", "non merci"])
def test_a_no_at_the_card_needs_no_second_question(words: str, adding: Chat) -> None:
    at(adding, 4)
    adding.say(words)
    assert adding.templates() == ["utter_nothing_changed"]


def test_the_button_is_plain_enough(adding: Chat) -> None:
    at(adding, 3)
    for _ in range(2):
        adding.say("zork blarg?")
    adding.tap("Cancel")
    assert adding.templates() == ["utter_flow_cancelled"]


def test_what_the_question_is_for_is_explained(adding: Chat) -> None:
    at(adding, 3)
    adding.say("cancel")
    adding.say("why?")
    assert adding.templates() == ["utter_explain_drop_confirmation", ASK]
