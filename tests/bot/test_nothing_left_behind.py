"""A finished task leaves none of its answers for the next one to find."""

import pytest

from tests.fakes.chats import Chat
from tests.fakes.ways import WALKS, Walk, go

STAYS = {"verified", "is_holder", "account", "others_exist"}
"""Who is there, and what every task about a person looks up anew."""


@pytest.mark.parametrize("walk", WALKS, ids=str)
def test_only_who_is_there_is_known_after_a_task(walk: Walk, chat: Chat) -> None:
    go(walk, chat)
    assert set(chat.slots) <= STAYS


def test_a_task_that_is_cancelled_leaves_nothing_either(chat: Chat) -> None:
    chat.say("give Hugo and Léa TV")
    chat.sign_in("diane")
    chat.say("cancel")
    assert set(chat.slots) <= STAYS


def test_nobody_is_in_mind_after_signing_out(chat: Chat) -> None:
    chat.say("remove Hugo")
    chat.sign_in("diane")
    chat.say("no")
    chat.say("sign out")
    chat.say("give him TV")
    chat.sign_in("diane")
    assert chat.templates() == ["utter_verified", "utter_ask_rights_user"]
