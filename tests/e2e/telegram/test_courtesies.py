"""How a chat looks and sounds on Telegram: cards, receipts, used buttons, menus, protection."""

import json

import pytest

from tests.e2e.telegram.scene import Household, Scene
from tests.fakes.tdlib import needs_tdlib, visible
from tests.fakes.telegram.chats import Post
from tests.fakes.telegram.user import TelegramUser

pytestmark = pytest.mark.slow


def come_to_the_card(scene: Scene) -> tuple[TelegramUser, Household, Post]:
    diane, household = scene.person(), scene.household()
    scene.come_to_the_card(diane, household)
    return diane, household, diane.heard[-1]


def as_it_stands(person: TelegramUser, post: Post) -> Post:
    return person.chat.posts[post.id]


def test_the_card_is_a_quote_with_labels(scene: Scene) -> None:
    _, _, card = come_to_the_card(scene)
    quote = card.html.partition("<blockquote>")[2].partition("</blockquote>")[0]
    assert "<b>• Name:</b> Zoé Roy" in quote
    assert "Shall I go ahead?" not in quote
    assert [[b.title for b in row] for row in card.keyboard] == [
        ["Yes, add Zoé"],
        ["No, change nothing"],
    ]


def test_a_used_keyboard_shows_the_choice_and_a_tap_on_it_is_answered_in_passing(
    scene: Scene,
) -> None:
    diane, _, card = come_to_the_card(scene)
    diane.tap("Yes")
    diane.reads("Receipt")
    scene.settle()
    assert as_it_stands(diane, card).titles == ["✓ Yes, add Zoé"]
    heard = len(diane.heard)
    diane.tap("Yes", card)
    scene.settle()
    scene.api.wait_until(lambda: not scene.api.methods.open_queries, what="the tap is answered")
    assert "no longer in use" in scene.api.methods.answered[-1][1]
    assert len(diane.heard) == heard


def test_an_answer_in_words_takes_the_buttons_away(scene: Scene) -> None:
    diane, _, card = come_to_the_card(scene)
    diane.say("no")
    diane.reads("nothing has been changed")
    scene.settle()
    assert as_it_stands(diane, card).titles == []


def test_the_number_of_a_receipt_can_be_copied(scene: Scene) -> None:
    diane, *_ = come_to_the_card(scene)
    diane.tap("Yes")
    receipt = diane.reads("Receipt")[-1]
    number = receipt.html.partition("<code>")[2].partition("</code>")[0]
    assert number.startswith("F-")
    assert [b.copies for b in receipt.buttons if b.title == "Copy the number"] == [number]


def test_only_the_button_after_which_somebody_is_gone_looks_dangerous(scene: Scene) -> None:
    diane, _, card = come_to_the_card(scene)
    assert [button.style for button in card.buttons] == [None, None]
    diane.tap("Yes")
    diane.reads("Receipt")
    diane.say("remove Zoé")
    asked = diane.reads("Zoé")[-1]
    assert [(b.title[:3], b.style) for b in asked.buttons] == [("Yes", "danger"), ("No,", None)]


def test_the_household_is_protected_and_what_everybody_may_read_is_not(scene: Scene) -> None:
    diane, _, card = come_to_the_card(scene)
    assert card.protected
    diane.say("what is the TTY number?")
    answer = diane.reads("TTY")[-1]
    assert not answer.protected


def test_of_what_is_said_in_one_turn_only_the_first_message_makes_a_sound(scene: Scene) -> None:
    diane, household = scene.person(), scene.household()
    scene.come_to_the_question(diane, household)
    diane.say("/start")
    diane.reads("Which services may Zoé use?")
    first, second = diane.heard[-2:]
    assert (first.silent, second.silent) == (False, True)


def test_the_menu_fits_how_the_chat_stands(scene: Scene) -> None:
    profile = scene.api.methods.profile
    diane, household = scene.person(), scene.household()
    assert profile.menu(diane.id) is None
    scene.come_to_the_question(diane, household)
    scene.settle()
    menu = dict(profile.menu(diane.id) or ())
    assert "signout" in menu
    assert "signin" not in menu
    diane.say("/signout")
    diane.reads("signed out")
    scene.settle()
    assert profile.menu(diane.id) is None


def test_who_opens_the_chat_is_told_what_it_is_in_both_languages(scene: Scene) -> None:
    about = scene.api.methods.profile.about
    scene.api.wait_until(lambda: len(about) == 4, what="the descriptions")
    assert {language for _, language in about} == {"", "fr"}
    assert "typed or tapped" in about["description", ""]
    assert "s'écrire ou se toucher" in about["description", "fr"]


@needs_tdlib
def test_telegrams_own_parser_takes_everything_that_was_said(scene: Scene) -> None:
    diane, *_ = come_to_the_card(scene)
    diane.tap("Yes")
    diane.reads("Receipt")
    diane.say("what can the account holder do?")
    diane.reads("Source")
    sent = scene.api.called("sendMessage")
    assert len(sent) > 8
    for call in sent:
        assert visible(call.text("text"))
    assert any("blockquote" in call.text("text") for call in sent)
    assert json.dumps([call.text("parse_mode") for call in sent]).count("HTML") == len(sent)
