"""Whatever is typed at whatever question: an answer, in the person's language, and it goes on."""

import pytest

from bot.dialogue.message import Message
from tests.fakes.chats import Chat, World
from tests.fakes.records import Records
from tests.fakes.talks import QUESTIONS, open_question, to_question

FAMILY = ["Diane Tremblay", "Hugo Tremblay", "Léa Tremblay-Roy"]
BAD = {
    "nothing": "",
    "blanks": " \t\n ",
    "a zero width space": "\u200b",
    "ten thousand letters": "z" * 10_000,
    "ten thousand words": "word " * 2_000,
    "emoji": "😀🎉👨‍👩‍👧",
    "control characters": "\x01\x02\x1b[31m",
    "NUL": "\x00",
    "a lone surrogate": "\ud800",
    "digits with lone surrogates": "\udc00 1234 \ud83d 56",
    "the longest ligature": "\ufdfa" * 4096,
    "right to left": "\u202e!?",
    "SQL": "Robert'); DROP TABLE member;--",
    "HTML": "<script>alert(1)</script>",
    "a template": "{new_first_name} {0} {phone_mobile} %s ${x} {{7*7}}",
    "a path": "../../etc/passwd",
    "an expression": "__import__('os').system('true')",
    "brackets": "⟨⟩⟨code:⟩⟨digits:⟩",
    "two syllables": "ab " * 100,
    "a condition": 'slots.verified is true or "1" is "1"',
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_bad_input_gets_an_answer_and_the_question_stays_open(
    chat: Chat, records: Records, question: str
) -> None:
    to_question(chat, question)
    for name, bad in BAD.items():
        if open_question(chat) != question:
            to_question(chat, question)
        said = chat.say(bad)
        assert said, name
        assert all(text.strip() for text in said), name
        if question not in {"username", "new_email"}:
            assert open_question(chat) in {question, None}, name
            assert f"utter_ask_{question}" in chat.templates() or "611" in said[-1], name
    assert records.names() == FAMILY
    assert records.audit_is_whole()


def test_bad_input_as_the_first_message_gets_an_answer(world: World) -> None:
    for name, bad in BAD.items():
        assert world.chat(name).say(bad), name


def test_gibberish_does_not_change_the_language(world: World) -> None:
    switched = []
    for name, bad in BAD.items():
        chat = world.chat(name)
        chat.say("how many users can I have?")
        chat.say(bad)
        if chat.row.language != "en":
            switched.append(name)
    assert not switched


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "location"])
def test_what_is_not_text_gets_a_kind_answer_and_the_question_again(chat: Chat, kind: str) -> None:
    to_question(chat, "new_services")
    inbox_id = chat.receive(Message("", kind=kind))
    chat.work_off()
    with chat.world.app.database.read() as uow:
        templates = [one.template for one in uow.outbox.replies(inbox_id)]
    assert templates == ["utter_not_text", "utter_ask_new_services"]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("zoe@EXAMPLE.com", "zoe@example.com"),
        ("<zoe@example.com>", "zoe@example.com"),
        ("her address is zoe@example.com.", "zoe@example.com"),
        ("zoe+bills@example.com", "zoe+bills@example.com"),
        ("mailto:zoe@example.com", "zoe@example.com"),
    ],
)
def test_an_address_is_read_as_people_paste_it(chat: Chat, address: str, kept: str) -> None:
    to_question(chat, "new_email")
    chat.say(address)
    assert chat.slots["new_email"] == kept


@pytest.mark.parametrize(
    "address", ["zoe", "zoe@", "@example.com", "zoe@example", "zoe@example..com", "zoe@@a.ca"]
)
def test_an_incomplete_address_is_refused_and_asked_again(chat: Chat, address: str) -> None:
    to_question(chat, "new_email")
    chat.say(address)
    assert chat.templates() == ["utter_invalid_email", "utter_ask_new_email"]


def test_a_mark_of_direction_does_not_stay_in_a_name(chat: Chat) -> None:
    to_question(chat, "new_first_name")
    chat.say("\u202eZoé\u200f")
    assert chat.slots["new_first_name"] == "Zoé"


def test_a_name_with_a_placeholder_stays_what_it_is(chat: Chat) -> None:
    to_question(chat, "new_first_name")
    said = chat.say("{phone_mobile}")
    assert "611" not in said[0]
