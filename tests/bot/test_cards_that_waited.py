"""A card waits while the proof lapses, the people change, or a notice comes in between."""

import pytest

from tests.fakes.chats import Chat, World
from tests.fakes.records import Records
from tests.fakes.talks import open_question

WISHES = {
    "remove Hugo": "delete_confirmation",
    "rename Hugo to Alex Roy": "edit_confirmation",
    "give Hugo TV": "rights_confirmation",
    "reset the password of Hugo": "reset_confirmation",
    "unlock Léa": "unlock_confirmation",
    "undo that": "undo_confirmation",
    "Add Zoé Roy, zoe@example.com, in English, she only needs to see the bills": (
        "create_confirmation"
    ),
}


def wish(chat: Chat, words: str) -> None:
    """Get to the card; there is a change that can be undone."""
    chat.say("take the bills away from Hugo")
    chat.sign_in("diane")
    chat.tap("Yes")
    chat.say(words)
    if WISHES[words] == "reset_confirmation" and open_question(chat) == "reset_user":
        chat.tap("Hugo")
    assert open_question(chat) == WISHES[words]


@pytest.mark.parametrize("words", WISHES)
@pytest.mark.parametrize("minutes", [6, 16])
def test_a_no_after_the_session_is_over_needs_no_new_proof(
    chat: Chat, records: Records, words: str, minutes: int
) -> None:
    wish(chat, words)
    before = records.household()
    chat.world.clock.advance(minutes=minutes)
    chat.tap("No")
    assert chat.templates() == ["utter_nothing_changed"]
    assert open_question(chat) is None
    assert records.household() == before


@pytest.mark.parametrize("words", WISHES)
def test_a_typed_no_does_too(chat: Chat, words: str) -> None:
    wish(chat, words)
    chat.world.clock.advance(minutes=16)
    chat.say("no")
    assert chat.templates() == ["utter_nothing_changed"]


@pytest.mark.parametrize("words", ["repeat", "help", "hmm", "yes", "no"])
def test_a_change_that_was_undone_elsewhere_meanwhile_is_no_dead_end(
    world: World, words: str
) -> None:
    here, there = world.chat("here", "diane"), world.chat("there", "diane")
    wish(here, "undo that")
    there.say("undo that")
    there.sign_in("diane")
    there.tap("Yes")
    assert there.templates() == ["utter_undone"]
    here.say(words)
    here.say("help")
    assert open_question(here) is None


def test_a_yes_before_a_new_proof_to_what_is_undone_meanwhile_is_answered_once(
    world: World, records: Records
) -> None:
    here, there = world.chat("here", "diane"), world.chat("there", "diane")
    wish(here, "undo that")
    there.say("undo that")
    there.sign_in("diane")
    there.tap("Yes")
    world.clock.advance(minutes=6)
    before = records.household()
    here.tap("Yes")
    here.sign_in("diane")
    said = here.templates()
    assert said.count("utter_undone_already") == 1
    assert open_question(here) is None
    assert records.household() == before


@pytest.mark.parametrize("words", WISHES)
def test_a_notice_after_the_session_is_over_does_not_stand_for_a_new_proof(
    world: World, records: Records, words: str
) -> None:
    here, there = world.chat("here", "diane"), world.chat("there", "diane")
    wish(here, words)
    before = records.household()
    world.clock.advance(minutes=6)
    there.say("sign me in")
    there.sign_in("diane")
    here.tap("Yes")
    assert here.templates() == [
        "utter_something_waits",
        "utter_session_lapsed",
        "utter_ask_username",
    ]
    assert records.household() == before
    here.sign_in("diane")
    assert open_question(here) == WISHES[words]
    assert records.household() == before
    here.tap("Yes")
    assert open_question(here) is None
    assert records.household() != before or WISHES[words] == "reset_confirmation"


@pytest.mark.parametrize("words", ["Yes", "No"])
def test_a_card_whose_person_has_left_meanwhile_can_be_answered(world: World, words: str) -> None:
    here, there = world.chat("here", "diane"), world.chat("there", "diane")
    wish(here, "rename Hugo to Alex Roy")
    there.say("remove Hugo")
    there.sign_in("diane")
    there.tap("Yes")
    here.tap(words)
    if words == "No":
        assert here.templates()[-1] == "utter_nothing_changed"
    else:
        assert "utter_gone_meanwhile" in here.templates()
        assert here.templates()[-1] == "utter_ask_edited_user"
