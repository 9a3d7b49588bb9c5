"""The Undo of every receipt brings the exact former state back, for a day, by chat."""

from dataclasses import replace

import pytest

from storage.households.members import Member
from tests.fakes.chats import Chat
from tests.fakes.records import Records
from tests.fakes.talks import open_question
from tests.fakes.ways import WALKS, Walk, go

UNDOABLE = [
    walk
    for walk in WALKS
    if walk.ends_with
    in {
        "utter_user_created",
        "utter_rights_changed",
        "utter_link_sent",
        "utter_profile_edited",
        "utter_user_suspended",
        "utter_user_deleted",
        "utter_request_approved",
    }
]
A_DAY = 24 * 60


def everything(records: Records) -> tuple[Member, ...]:
    """The household with all that is personal, by seat."""
    return records.household().members


@pytest.mark.parametrize("walk", UNDOABLE, ids=str)
def test_an_undo_brings_the_exact_former_state_back(
    walk: Walk, chat: Chat, records: Records
) -> None:
    former = everything(records)
    go(walk, chat)
    chat.tap("Undo")
    assert open_question(chat) == "undo_confirmation"
    chat.tap("Yes")
    assert chat.templates() == ["utter_undone"]
    assert everything(records) == former
    assert records.audit_is_whole()


@pytest.mark.parametrize("name", ["rights", "name", "e-mail", "removal"])
def test_all_changes_of_a_talk_are_undone_one_after_the_other(
    chat: Chat, records: Records, name: str
) -> None:
    wishes = {
        "rights": ["give Hugo and Léa TV", "take the bills away from Hugo"],
        "name": ["change Hugo's name to Hugues Tremblay", "change Hugues's name to Hugh Roy"],
        "e-mail": [
            "change Hugo's email to h2@example.com",
            "change Hugo's email to h3@example.com",
        ],
        "removal": ["remove Hugo", "remove Léa"],
    }[name]
    former = everything(records)
    chat.say("sign in")
    chat.sign_in("diane")
    for wish in wishes:
        chat.say(wish)
        chat.say("yes")
    assert everything(records) != former
    for _ in wishes:
        chat.say("undo")
        chat.say("yes")
        assert chat.templates() == ["utter_undone"]
    assert but_for_seats(records.household().members) == but_for_seats(former)


def but_for_seats(people: tuple[Member, ...]) -> list[Member]:
    """Two who were removed may come back to each other's seats."""
    return sorted((replace(one, seat=0) for one in people), key=lambda one: one.id)


def test_after_a_day_an_undo_is_refused_kindly_and_changes_nothing(
    chat: Chat, records: Records
) -> None:
    go(Walk("change_rights", "utter_rights_changed"), chat)
    changed = everything(records)
    chat.world.clock.advance(minutes=A_DAY)
    chat.tap("Undo")
    chat.sign_in("diane")
    assert chat.templates() == ["utter_verified", "utter_undo_too_old"]
    assert everything(records) == changed
