"""An undo takes back what was meant, and never something older in its place."""

import pytest

from tests.fakes.chats import Chat, World
from tests.fakes.records import Records

TV = "tv_channels"
CARD = "utter_ask_undo_confirmation"


@pytest.fixture
def diane(chat: Chat) -> Chat:
    chat.say("sign in")
    chat.sign_in("diane")
    return chat


def done(chat: Chat, *wishes: str) -> None:
    for wish in wishes:
        chat.say(wish)
        chat.say("yes")
        assert "Receipt" in str(chat.replies[0].text), chat.templates()


def shown(chat: Chat) -> str:
    return "\n".join(str(reply.text) for reply in chat.replies)


@pytest.mark.parametrize("words", ["undo that", "undo", "annule ça", "wrong person"])
def test_right_after_a_receipt_exactly_that_change_is_meant(words: str, diane: Chat) -> None:
    other = diane.world.chat("another chat of Diane's")
    other.say("sign in")
    other.sign_in("diane")
    done(diane, "give Hugo TV")
    done(other, "give Léa TV")
    diane.say(words)
    assert diane.templates() == [CARD]
    assert "Hugo Tremblay" in shown(diane)
    assert "Léa" not in shown(diane)


@pytest.mark.parametrize("words", ["undo", "undo that", "annule ça"])
def test_after_an_unlocking_no_older_change_is_offered_as_if_it_were_that(
    words: str, diane: Chat, records: Records
) -> None:
    done(diane, "give Hugo TV", "give Léa TV", "unlock Léa")
    diane.say(words)
    assert diane.templates() == ["utter_not_undoable_last"]
    assert "Léa Tremblay-Roy" in shown(diane)
    diane.tap(diane.titles()[0])
    assert diane.templates() == [CARD]
    diane.say("no")
    assert TV in records.access("lea")


def test_a_link_that_was_sent_is_what_an_undo_means(diane: Chat) -> None:
    done(diane, "give Hugo TV", "send Hugo a reset link")
    diane.say("undo")
    assert "a link was sent to Hugo Tremblay" in shown(diane)
    assert "access" not in shown(diane)


@pytest.mark.parametrize("words", ["undo", "undo that", "annule le dernier changement"])
def test_after_an_undo_what_is_left_is_named_as_such(words: str, diane: Chat) -> None:
    done(diane, "give Hugo TV", "give Léa TV", "undo")
    diane.say(words)
    assert diane.templates() == ["utter_undo_what_is_left", CARD]
    assert "Hugo Tremblay" in shown(diane)
    assert "Léa" not in shown(diane)


def test_after_the_only_undo_nothing_is_left(diane: Chat) -> None:
    done(diane, "give Hugo TV", "undo")
    diane.say("undo")
    assert diane.templates() == ["utter_nothing_to_undo"]


@pytest.mark.parametrize(
    "words", ["undo the change for Hugo", "annule le changement pour Hugo", "undo Hugo's change"]
)
def test_the_last_change_of_somebody_is_found_among_those_of_others(
    words: str, diane: Chat, records: Records
) -> None:
    done(diane, "give Hugo TV", "give Léa TV")
    diane.say(words)
    assert diane.templates() == [CARD]
    assert "Léa" not in shown(diane)
    diane.say("yes")
    assert TV not in records.access("hugo")
    assert TV in records.access("lea")


def test_of_one_message_about_two_only_who_is_named_is_taken_back(
    diane: Chat, records: Records
) -> None:
    done(diane, "give Hugo and Léa TV")
    diane.say("undo the change for Hugo")
    assert "Léa" not in shown(diane)
    diane.say("yes")
    assert diane.templates() == ["utter_undone"]
    assert TV not in records.access("hugo")
    assert TV in records.access("lea")
    assert records.audit_is_whole()


@pytest.mark.parametrize("name", ["Zoé", "Hugo"])
def test_of_somebody_without_a_change_nobody_else_s_is_offered(name: str, diane: Chat) -> None:
    done(diane, "give Léa TV")
    diane.say(f"undo the change for {name}")
    assert diane.templates() == ["utter_nothing_to_undo_about"]


def test_of_somebody_who_was_removed_the_removal_is_taken_back(diane: Chat) -> None:
    done(diane, "give Léa TV", "remove Léa", "give Hugo TV")
    diane.say("undo the change for Léa")
    assert diane.templates() == [CARD]
    assert "Léa Tremblay-Roy comes back" in shown(diane)


def test_the_card_says_how_it_is_now_and_how_it_will_be_again(diane: Chat) -> None:
    done(diane, "give Hugo TV")
    diane.say("undo")
    now, again = shown(diane).split("→")
    assert "Hugo Tremblay" in now
    assert "illico" in now
    assert "View the invoice" in again
    assert "illico" not in again


def test_in_another_chat_the_newest_change_is_shown_whole(diane: Chat, world: World) -> None:
    done(diane, "give Hugo TV", "give Léa TV")
    other = world.chat("another chat of Diane's")
    other.say("undo")
    other.sign_in("diane")
    assert other.templates()[-1] == CARD
    assert "Léa Tremblay-Roy" in shown(other)


@pytest.mark.parametrize("words", ["undo", "undo the change for me", "annule"])
def test_a_secondary_user_undoes_nothing(words: str, diane: Chat, world: World) -> None:
    done(diane, "give Hugo TV")
    hugo = world.chat("Hugo's chat")
    hugo.say("sign in")
    hugo.sign_in("hugo")
    hugo.say(words)
    assert CARD not in hugo.templates()
    assert "F-" not in shown(hugo)
