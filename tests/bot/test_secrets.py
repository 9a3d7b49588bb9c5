"""A code never stands anywhere in clear: not in the file, the events, the slots or the logs."""

import json
import logging

import pytest

from bot.dialogue.message import Message
from tests.fakes.chats import Chat, World
from tests.fakes.records import Records
from tests.fakes.talks import begin, to_question

CANARIES = ("40718293", "86420975", "31415926", "27182818")


def everything_written(world: World, chat: Chat) -> str:
    with world.app.database.read() as uow:
        events = uow.conversations.events(chat.row.id)
    return json.dumps([events, chat.row.state], ensure_ascii=False)


@pytest.fixture
def loud(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


def test_the_mailed_code_stands_nowhere_in_clear(
    world: World, chat: Chat, loud: pytest.LogCaptureFixture
) -> None:
    to_question(chat, "one_time_code")
    code = world.code()
    chat.say(f"my code is {code[:4]} {code[4:]}")
    assert chat.templates()[0] == "utter_verified"
    for written in (code, f"{code[:4]} {code[4:]}"):
        assert written.encode() not in Records(world).bytes()
        assert written not in everything_written(world, chat)
        assert written not in loud.text


def test_codes_typed_anywhere_stand_nowhere_in_clear(
    world: World, chat: Chat, loud: pytest.LogCaptureFixture
) -> None:
    one, two, three, four = CANARIES
    chat.say(f"hello, my code is {one}")
    begin(chat)
    chat.say(f"diane {two}")
    chat.say("diane")
    chat.say(f"{three[:4]}-{three[4:]}")
    chat.say(f"is it {four[:4]}.{four[4:]} or {one}?")
    for canary in CANARIES:
        for written in (canary, f"{canary[:4]}-{canary[4:]}", f"{canary[:4]}.{canary[4:]}"):
            assert written.encode() not in Records(world).bytes()
            assert written not in everything_written(world, chat)
            assert written not in loud.text


def test_a_code_hidden_in_a_button_id_is_masked_too(world: World, chat: Chat) -> None:
    chat.post(CANARIES[0])
    chat.post(f"b{CANARIES[1]}")
    written = everything_written(world, chat).encode() + Records(world).bytes()
    assert CANARIES[0].encode() not in written
    assert CANARIES[1].encode() not in written


def test_a_message_is_masked_before_its_turn(world: World, chat: Chat) -> None:
    chat.receive(Message(f"here it is: {CANARIES[0]}"))
    assert CANARIES[0].encode() not in Records(world).bytes()


def test_halves_and_slips_are_sealed_and_blanked(world: World, chat: Chat) -> None:
    to_question(chat, "one_time_code")
    for text in ("4071", "8293", "918273"):
        chat.say(text)
        assert not Records(world).shows(text, everything_written(world, chat))


def test_the_body_of_a_done_message_is_blanked(world: World, chat: Chat) -> None:
    chat.say("how many users can I have?")
    assert Records(world).rows("SELECT count(*) FROM inbox WHERE body IS NOT NULL") == [(0,)]


def test_no_link_of_a_mail_stands_in_clear(world: World, chat: Chat) -> None:
    to_question(chat, "create_confirmation")
    chat.tap("Yes")
    token = world.newest("activation").secrets["activation_url"].rpartition("/")[2]
    assert len(token) > 16
    assert token.encode() not in Records(world).bytes()
