"""Buttons that are forged, old, tapped twice, or tapped before anybody could read the card."""

import pytest

from bot.dialogue.message import Message
from tests.fakes.chats import Chat, World
from tests.fakes.records import Records
from tests.fakes.talks import answer, begin, button, to_question, to_the_card

FAMILY = ["Diane Tremblay", "Hugo Tremblay", "Léa Tremblay-Roy"]
GROWN = [*FAMILY, "Zoé Lavoie"]


def test_a_button_is_worth_nothing_in_another_chat(world: World, records: Records) -> None:
    mine, other = world.chat("mine"), world.chat("other")
    to_the_card(mine)
    other.say("hello")
    other.post(button(mine, "Yes"))
    assert other.templates()[0] == "utter_old_button"
    assert records.names() == FAMILY


def test_a_button_of_the_same_card_in_another_chat_is_worth_nothing(
    world: World, records: Records
) -> None:
    mine, other = world.chat("mine"), world.chat("other")
    to_the_card(mine)
    to_the_card(other)
    other.post(button(mine, "Yes"))
    assert other.templates()[0] == "utter_old_button"
    assert records.names() == FAMILY


def test_a_button_cannot_be_guessed_before_its_card_was_shown(
    world: World, records: Records
) -> None:
    rehearsal = world.chat("rehearsal")
    to_the_card(rehearsal)
    guess = button(rehearsal, "Yes")
    chat = world.chat("attack")
    to_question(chat, "new_services")
    chat.receive(Message("", button=button(chat, "View the invoice")))
    chat.receive(Message("", button=guess))
    chat.work_off()
    assert records.names() == FAMILY


@pytest.mark.parametrize("forged", ["b0", "b-1", "b99999", "B1", "q1", "f1", "💥", "b1" * 500])
def test_a_forged_button_explains_itself(chat: Chat, records: Records, forged: str) -> None:
    to_the_card(chat)
    chat.post(forged)
    assert chat.templates() == ["utter_old_button", "utter_ask_create_confirmation"]
    assert records.names() == FAMILY


def test_a_yes_to_the_card_before_a_correction_is_no_yes_to_the_corrected_one(
    chat: Chat, records: Records
) -> None:
    to_the_card(chat)
    old = button(chat, "Yes")
    chat.say("no, the e-mail is lavoie@example.com")
    chat.post(old)
    assert chat.templates() == ["utter_old_button", "utter_ask_create_confirmation"]
    assert records.names() == FAMILY
    chat.tap("Yes")
    assert records.names() == GROWN
    assert records.household().members[-1].email == "lavoie@example.com"


def test_a_yes_to_facts_that_have_changed_since_is_asked_once_more(
    world: World, chat: Chat, records: Records
) -> None:
    to_the_card(chat)
    other = world.chat("other")
    begin(other)
    other.sign_in("diane")
    other.say("Tom Lavoie")
    other.say("tom@example.com")
    other.tap("View the invoice")
    other.tap("Yes")
    chat.tap("Yes")
    assert chat.templates()[-2:] == ["utter_card_changed", "utter_ask_create_confirmation"]
    assert records.names() == [*FAMILY, "Tom Lavoie"]
    chat.tap("Yes")
    assert records.names() == [*FAMILY, "Tom Lavoie", "Zoé Lavoie"]


def test_the_last_place_goes_to_one_of_two_cards(
    world: World, chat: Chat, records: Records
) -> None:
    for number, name in enumerate(("Tom Roy", "Ana Roy")):
        begin(chat)
        if number == 0:
            chat.sign_in("diane")
        chat.say(name)
        chat.say(f"r{number}@example.com")
        chat.tap("View the invoice")
        chat.tap("Yes")
    other = world.chat("other")
    to_the_card(other)
    begin(chat)
    chat.say("Eva Roy")
    chat.say("eva@example.com")
    chat.tap("View the invoice")
    chat.tap("Yes")
    other.tap("Yes")
    assert len(records.names()) == 6
    assert "Zoé Lavoie" not in records.names()
    assert records.audit_is_whole()


def test_a_yes_tapped_twice_adds_one_person(chat: Chat, records: Records) -> None:
    to_the_card(chat)
    yes = button(chat, "Yes")
    chat.post(yes)
    chat.post(yes)
    assert chat.templates() == ["utter_old_button"]
    assert records.names() == GROWN


def test_a_yes_tapped_twice_in_a_burst_adds_one_person(chat: Chat, records: Records) -> None:
    to_the_card(chat)
    yes = button(chat, "Yes")
    chat.receive(Message("", button=yes))
    chat.receive(Message("", button=yes))
    chat.work_off()
    assert records.names() == GROWN


def test_the_first_copy_of_a_card_that_was_shown_again_still_counts(
    chat: Chat, records: Records
) -> None:
    to_the_card(chat)
    yes = button(chat, "Yes")
    chat.say("thanks")
    chat.post(yes)
    assert records.names() == GROWN


def test_a_card_keeps_its_buttons_when_the_language_is_switched(
    chat: Chat, records: Records
) -> None:
    to_the_card(chat)
    yes = button(chat, "Yes")
    chat.say("français")
    chat.post(yes)
    assert chat.templates() == ["utter_user_created"]
    assert chat.replies[0].language == "fr"
    assert records.names() == GROWN


@pytest.mark.parametrize("word", ["cancel", "no", "start over", "sign me out"])
def test_a_yes_to_a_dropped_card_does_nothing(chat: Chat, records: Records, word: str) -> None:
    to_the_card(chat)
    yes = button(chat, "Yes")
    chat.say(word)
    if chat.templates() == ["utter_ask_drop_confirmation"]:
        chat.say("yes")
    chat.post(yes)
    assert chat.templates() == ["utter_old_button"]
    assert records.names() == FAMILY


def test_a_number_means_what_the_person_sees_however_often_it_was_asked(chat: Chat) -> None:
    to_question(chat, "new_services")
    for _ in range(6):
        chat.say("help")
    assert chat.replies[-1].buttons[2]["title"] == "Change illico à la carte channels"
    chat.say("3")
    assert chat.slots["new_services"] == ["tv_channels"]


def test_a_typed_yes_before_the_card_was_seen_confirms_nothing(
    chat: Chat, records: Records
) -> None:
    to_question(chat, "new_services")
    chat.receive(Message("", button=button(chat, "View the invoice")))
    chat.receive(Message("yes"))
    chat.world.clock.advance(seconds=1)
    chat.work_off()
    assert records.names() == FAMILY
    chat.say("yes")
    assert records.names() == GROWN


@pytest.mark.parametrize("early", ["1", "Yes, add Zoé", "Oui, ajouter Zoé", "go ahead"])
def test_an_early_answer_in_other_words_confirms_nothing_either(
    chat: Chat, records: Records, early: str
) -> None:
    to_question(chat, "new_services")
    chat.receive(Message("", button=button(chat, "View the invoice")))
    chat.receive(Message(early))
    chat.world.clock.advance(seconds=1)
    chat.work_off()
    assert records.names() == FAMILY


def test_answers_in_a_burst_are_read_in_order(chat: Chat) -> None:
    to_question(chat, "new_first_name")
    for text in ("Zoé", "Lavoie", "zoe@example.com"):
        chat.receive(Message(text))
    chat.work_off()
    kept = {name: chat.slots[name] for name in ("new_first_name", "new_last_name", "new_email")}
    assert kept == {
        "new_first_name": "Zoé",
        "new_last_name": "Lavoie",
        "new_email": "zoe@example.com",
    }


def test_the_same_update_twice_is_one_message(world: World, chat: Chat) -> None:
    to_question(chat, "new_first_name")
    again = world.chat(chat.name)
    answer(chat, "new_first_name")
    before = chat.row.state
    again.receive(Message("Lavoie"))
    again.work_off()
    assert chat.row.state == before
