"""Somebody whose sign-in on the pages is locked, and who proves by a code who they are."""

import pytest

from tests.fakes.chats import Chat
from tests.fakes.talks import begin
from tests.fakes.ways import lock


def prove(chat: Chat, username: str) -> list[str]:
    chat.say(username)
    return chat.say(chat.world.code())


@pytest.mark.parametrize(("username", "holds"), [("diane", True), ("hugo", False)])
def test_who_signs_in_is_told_how_to_unlock_themselves(
    chat: Chat, username: str, holds: bool
) -> None:
    lock(username, chat)
    chat.say("sign in")
    said = "\n".join(prove(chat, username))
    assert chat.templates()[:2] == ["utter_verified", "utter_locked_self"]
    assert ("The account holder can unlock you too" in said) is not holds


def test_the_holder_is_told_before_the_task_goes_on(chat: Chat) -> None:
    lock("diane", chat)
    begin(chat)
    prove(chat, "diane")
    assert chat.templates() == ["utter_verified", "utter_locked_self", "utter_ask_new_first_name"]


def test_others_are_told_where_only_the_holder_may_go_on(chat: Chat) -> None:
    lock("hugo", chat)
    begin(chat)
    said = prove(chat, "hugo")
    assert chat.templates() == ["utter_verified", "utter_holder_only"]
    assert "you can unlock yourself" in said[-1]


def test_nobody_else_hears_of_locks(chat: Chat) -> None:
    chat.say("sign in")
    prove(chat, "diane")
    assert "utter_locked_self" not in chat.templates()
