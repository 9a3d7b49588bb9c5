"""A session that lapsed while something else was said: the open card needs a proof all the same."""

import pytest

from tests.fakes.chats import Chat


@pytest.mark.parametrize("said", ["repeat", "what?"])
def test_help_at_a_card_whose_session_lapsed_some_messages_ago_asks_for_a_proof(
    chat: Chat, said: str
) -> None:
    chat.say("I want access to the internet usage")
    chat.sign_in("hugo")
    chat.world.clock.advance(minutes=16)
    chat.say(said)
    chat.say("help")
    assert chat.templates() == ["utter_help", "utter_session_lapsed", "utter_ask_username"]
