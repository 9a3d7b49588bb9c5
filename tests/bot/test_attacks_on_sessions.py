"""Sessions that lapse, change hands or end in the middle of a task."""

import pytest

from tests.fakes.chats import Chat, World
from tests.fakes.records import Records
from tests.fakes.talks import (
    QUESTIONS,
    answer,
    begin,
    button,
    finish,
    open_question,
    to_question,
    to_the_card,
)

FAMILY = ["Diane Tremblay", "Hugo Tremblay", "Léa Tremblay-Roy"]
GROWN = [*FAMILY, "Zoé Lavoie"]
VERIFIED = QUESTIONS[QUESTIONS.index("new_first_name") :]


def test_a_yes_after_the_session_lapsed_verifies_and_shows_the_card_again(
    chat: Chat, records: Records
) -> None:
    to_the_card(chat)
    chat.world.clock.advance(minutes=6)
    chat.tap("Yes")
    assert records.names() == FAMILY
    chat.sign_in("diane")
    assert chat.templates()[-1] == "utter_ask_create_confirmation"
    assert records.names() == FAMILY
    chat.tap("Yes")
    assert chat.templates()[-1] == "utter_user_created"
    assert records.names() == GROWN


@pytest.mark.parametrize("other", ["omar", "hugo", "lea"])
def test_somebody_else_who_verifies_for_a_lapsed_card_gets_nothing_of_it(
    chat: Chat, records: Records, other: str
) -> None:
    to_the_card(chat)
    yes = button(chat, "Yes")
    chat.world.clock.advance(minutes=6)
    chat.say("yes")
    said = "\n".join(chat.sign_in(other))
    assert "Zoé" not in said
    chat.say("yes")
    chat.post(yes)
    assert records.names() == FAMILY
    assert not [name for name in chat.slots if name.startswith("new_")]
    assert "Zoé" not in str(chat.row.state)


@pytest.mark.parametrize("question", VERIFIED)
def test_a_session_that_lapses_at_any_question_loses_nothing(
    chat: Chat, records: Records, question: str
) -> None:
    to_question(chat, question)
    chat.world.clock.advance(minutes=6)
    if question == "create_confirmation":
        chat.tap("Yes")
    else:
        answer(chat, question)
    finish(chat)
    if open_question(chat) == "create_confirmation":
        chat.tap("Yes")
        finish(chat)
    assert records.names() == GROWN


def test_talking_does_not_keep_a_session_beyond_a_quarter_of_an_hour(chat: Chat) -> None:
    begin(chat)
    chat.sign_in("diane")
    for _ in range(4):
        chat.world.clock.advance(minutes=4)
        chat.say("thanks")
    chat.say("/restart")
    chat.tap("Who is on my account?")
    assert chat.templates() == ["utter_ask_username"]


def test_a_session_lasts_while_people_talk(chat: Chat) -> None:
    begin(chat)
    chat.sign_in("diane")
    for _ in range(3):
        chat.world.clock.advance(minutes=4)
        chat.say("thanks")
    chat.say("/restart")
    chat.tap("Who is on my account?")
    assert chat.templates() == ["utter_users"]


def test_a_session_is_of_the_person_who_proved_it(chat: Chat, records: Records) -> None:
    to_the_card(chat)
    chat.person = "somebody else in that chat"
    chat.say("yes")
    assert records.names() == FAMILY
    chat.say("/restart")
    chat.tap("Who is on my account?")
    assert chat.templates() == ["utter_ask_username"]


def test_a_session_is_of_the_chat_where_it_was_proved(world: World, chat: Chat) -> None:
    begin(chat)
    chat.sign_in("diane")
    other = world.chat("other", person=chat.person)
    other.say("/restart")
    other.tap("Who is on my account?")
    assert other.templates() == ["utter_ask_username"]


def test_verifying_as_somebody_else_drops_what_was_open(chat: Chat, records: Records) -> None:
    to_the_card(chat)
    yes = button(chat, "Yes")
    chat.world.clock.advance(minutes=6)
    chat.say("/restart")
    chat.tap("Who is on my account?")
    chat.sign_in("omar")
    chat.post(yes)
    assert records.names() == FAMILY


def test_after_signing_out_nothing_is_left_to_confirm(chat: Chat, records: Records) -> None:
    to_the_card(chat)
    chat.say("sign me out")
    assert chat.templates() == ["utter_signed_out"]
    chat.say("yes")
    assert records.names() == FAMILY
    assert chat.row.state["stack"] == []
    assert chat.row.state["buttons"].keys() <= {one["payload"] for one in chat.replies[-1].buttons}


@pytest.mark.parametrize("word", ["déconnecte-moi", "sign me out", "logout"])
def test_one_can_sign_out_at_any_question(chat: Chat, word: str) -> None:
    to_question(chat, "new_email")
    chat.say(word)
    assert chat.templates() == ["utter_signed_out"]


def test_asking_for_the_list_while_a_code_is_awaited_leaves_that_code_in_force(
    chat: Chat,
) -> None:
    to_question(chat, "one_time_code")
    code = chat.world.code()
    chat.say("who is on my account?")
    chat.say(code)
    assert chat.templates()[0] == "utter_verified"
