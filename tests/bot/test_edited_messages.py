"""An edited message corrects what it answered, and confirms nothing that was not asked."""

import pytest

from bot.dialogue.message import Message
from tests.fakes.chats import Chat, World


def type_in(chat: Chat, text: str, number: str, kind: str = "text") -> list[str]:
    return chat.send(Message(text, kind=kind, message_id=number))


@pytest.fixture
def chat(world: World) -> Chat:
    """Diane, who has answered two questions about the person whom she adds."""
    diane = world.chat()
    diane.say("add a person")
    diane.sign_in("diane")
    type_in(diane, "Zoé Lavoie", "m1")
    type_in(diane, "zoe@example.com", "m2")
    return diane


def test_an_edited_answer_is_corrected_and_the_open_question_asked_again(chat: Chat) -> None:
    type_in(chat, "Zoé Lavoie-Roy", "m1", "edited")
    assert chat.templates() == ["utter_corrected", "utter_ask_new_services"]
    assert chat.slots["new_last_name"] == "Lavoie-Roy"
    type_in(chat, "zoe.roy@example.com", "m2", "edited")
    assert chat.slots["new_email"] == "zoe.roy@example.com"


def test_an_edited_bad_answer_is_a_new_answer(chat: Chat) -> None:
    type_in(chat, "Klingon", "m3")
    type_in(chat, "the bills", "m3", "edited")
    assert chat.slots["new_services"] == ["view_invoice"]


def test_the_first_message_may_be_edited_too(world: World) -> None:
    diane = world.chat()
    type_in(diane, "Add Zoé Lavoie, zoe@example.com, she only needs to see the bills", "m1")
    diane.sign_in("diane")
    type_in(
        diane, "Add Zoé Lavoie, zoe.l@example.com, she only needs to see the bills", "m1", "edited"
    )
    assert diane.slots["new_email"] == "zoe.l@example.com"
    assert diane.templates() == ["utter_corrected", "utter_ask_create_confirmation"]


def test_an_edit_that_corrects_nothing_says_so_and_changes_nothing(chat: Chat) -> None:
    before = dict(chat.slots)
    type_in(chat, "something else", "unknown", "edited")
    assert chat.templates() == ["utter_edited", "utter_ask_new_services"]
    assert dict(chat.slots) == before


def test_a_no_that_is_edited_to_yes_does_not_confirm_what_is_gone(chat: Chat) -> None:
    chat.say("the bills")
    type_in(chat, "no", "m9")
    assert chat.templates() == ["utter_nothing_changed"]
    type_in(chat, "yes", "m9", "edited")
    assert chat.templates() == ["utter_edited"]


def test_with_nothing_open_an_edit_says_how_to_correct(world: World) -> None:
    stranger = world.chat()
    type_in(stranger, "hello", "m1")
    type_in(stranger, "hello!", "m1", "edited")
    assert stranger.templates() == ["utter_edited"]
