"""When people and bot do not understand each other: help that moves on and comes to an end."""

import pytest

from tests.fakes.chats import Chat
from tests.fakes.talks import QUESTIONS, open_question, to_question

NONSENSE = "blorp snarf quux wibble fnord zork"
MANY = 10


ASKED = QUESTIONS[1:]
"""All but the user name, which may be any word."""


@pytest.mark.parametrize("question", ASKED)
def test_help_moves_on_and_comes_to_an_end_with_a_person(chat: Chat, question: str) -> None:
    to_question(chat, question)
    said: list[list[str]] = [[]]
    while open_question(chat) is not None and len(said) < MANY:
        said.append(chat.say(NONSENSE))
        assert said[-1] != said[-2], "the same twice in a row"
    assert open_question(chat) is None, f"still asking after {MANY} answers"
    assert "611" in said[-1][-1]
    assert "Nothing has been changed" in said[-1][-1]


def test_e_mail_addresses_that_never_work_come_to_an_end_too(chat: Chat) -> None:
    to_question(chat, "new_email")
    helped: list[str] = []
    for _ in range(MANY):
        chat.say("zoe@")
        if open_question(chat) is None:
            return
        helped += [one for one in chat.templates() if "ladder" in one or "explain" in one]
    pytest.fail(f"still asking after {MANY} bad answers: {helped}")


def test_each_step_of_the_help_is_another_one(chat: Chat) -> None:
    to_question(chat, "new_email")
    helped = []
    for _ in range(MANY):
        chat.say("zoe@")
        helped += [one for one in chat.templates() if "ladder" in one or "explain" in one]
    assert len(helped) == len(set(helped)), helped


def test_a_good_answer_takes_the_help_back_to_its_first_step(chat: Chat) -> None:
    to_question(chat, "new_email")
    for _ in range(3):
        chat.say("zoe@")
    chat.say("zoe@example.com")
    chat.say(NONSENSE)
    assert "utter_ladder_person" not in chat.templates()


@pytest.mark.parametrize("word", ["skip", "passer"])
def test_skipping_nothing_is_answered_as_such(chat: Chat, word: str) -> None:
    chat.say(word)
    assert "utter_cannot_skip" not in chat.templates()


NONSENSES = ["colourless green ideas", "xyzzy plugh", "le ciel dort furieusement", NONSENSE]


@pytest.mark.parametrize("text", NONSENSES)
def test_did_you_mean_offers_something_that_could_be_meant(chat: Chat, text: str) -> None:
    chat.say(text)
    if "utter_clarify" in chat.templates():
        assert len(chat.titles()) > 1, chat.titles()


def test_a_refused_correction_is_not_called_corrected(chat: Chat) -> None:
    to_question(chat, "create_confirmation")
    chat.say("no, the e-mail is hugo@example.com")
    assert "utter_corrected" not in chat.templates()
    assert open_question(chat) == "new_email"


def test_two_corrections_in_a_row_are_no_misunderstanding(chat: Chat) -> None:
    to_question(chat, "create_confirmation")
    chat.say("no, the e-mail is lavoie@example.com")
    chat.say("no, the e-mail is hugo@example.com")
    assert "utter_explain_create_confirmation" not in chat.templates()
    assert open_question(chat) == "new_email"


def test_going_back_never_goes_forward(chat: Chat) -> None:
    to_question(chat, "create_confirmation")
    chat.say("no, the e-mail is hugo@example.com")
    chat.say("back")
    assert open_question(chat) in {"new_last_name", "new_first_name", "create_confirmation"}


@pytest.mark.parametrize("name", ["12345", "Zo3", "z" * 61, "<b>Zoé</b>", "'; DROP TABLE x; --"])
def test_a_name_that_cannot_be_one_is_explained(chat: Chat, name: str) -> None:
    to_question(chat, "new_first_name")
    chat.say(name)
    assert chat.templates()[0] in {"utter_name_characters", "utter_name_too_long"}
    assert open_question(chat) == "new_first_name"


def test_saying_it_again_in_the_other_language_is_said_in_that_language(chat: Chat) -> None:
    to_question(chat, "new_email")
    said = chat.say("répétez s'il vous plaît")
    assert said == ["Quelle est l'adresse courriel de Zoé? C'est là que l'invitation sera envoyée."]


@pytest.mark.parametrize("text", ["she has no email", "she doesn't have an email address"])
def test_why_an_address_is_needed_is_told_and_asked_again(chat: Chat, text: str) -> None:
    to_question(chat, "new_email")
    first = chat.say(text)
    assert chat.templates()[0] == "utter_no_email_why"
    assert open_question(chat) == "new_email"
    assert chat.say(text)[0] != first[0]
    chat.tap("Leave it for now")
    assert open_question(chat) is None


def test_a_correction_that_changes_nothing_says_so(chat: Chat) -> None:
    to_question(chat, "create_confirmation")
    first = chat.say("no, the e-mail is zoe@example.com")
    assert chat.templates()[0] == "utter_same_card"
    assert open_question(chat) == "create_confirmation"
    assert chat.say("no, the e-mail is zoe@example.com")[0] != first[0]
