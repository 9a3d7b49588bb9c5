"""What a message brings beside its words, in the shapes of the Bot API."""

from typing import Any

import pytest

from bot.channels.telegram.desk_updates import read_desk_update
from bot.channels.telegram.updates import read_update
from bot.dialogue.message import Message
from bot.handoff.desk import DeskKey

BOT = "5550001"
DIANE = {"id": 42, "is_bot": False, "first_name": "Diane"}
PRIVATE = {"id": 42, "type": "private", "first_name": "Diane"}
GROUP = {"id": -100200, "type": "supergroup", "title": "Agents", "is_forum": True}


def message(**content: Any) -> dict[str, Any]:
    shape = {"message_id": 7, "from": DIANE, "chat": PRIVATE, "date": 1_767_225_600, **content}
    return {"update_id": 11, "message": shape}


def read(update: dict[str, Any]) -> Message:
    incoming = read_update(update, BOT)
    assert incoming is not None
    assert isinstance(incoming.message, Message)
    return incoming.message


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        (
            {"type": "user", "sender_user": {**DIANE, "last_name": "Roy", "username": "droy"}},
            "Diane Roy @droy",
        ),
        ({"type": "hidden_user", "sender_user_name": "Videotron Help"}, "Videotron Help"),
        ({"type": "chat", "sender_chat": {"title": "Neighbours"}}, "Neighbours"),
        ({"type": "channel", "chat": {"title": "Offers", "username": "off"}}, "Offers @off"),
        ({"type": "telepathy"}, None),
    ],
)
def test_a_forward_brings_its_words_and_from_whom(origin: dict[str, Any], name: str | None) -> None:
    heard = read(message(text="Your account is blocked", forward_origin=origin))
    assert (heard.text, heard.kind) == ("", "forward"), "they are not the person's own words"
    assert heard.beside["forwarded"] == "Your account is blocked"
    assert heard.beside["origin"] == origin["type"]
    assert heard.beside.get("forwarded_from") == name


def test_the_address_behind_a_word_of_a_forward_is_shown() -> None:
    link = {"type": "text_link", "offset": 0, "length": 5, "url": "https://evil.example/login"}
    origin = {"type": "hidden_user", "sender_user_name": "Support"}
    heard = read(message(text="Click here", entities=[link], forward_origin=origin))
    assert heard.beside["forwarded"] == "Click here [https://evil.example/login]"


@pytest.mark.parametrize(
    ("content", "quoted"),
    [
        ({"reply_to_message": {"text": "See you at five"}}, "See you at five"),
        (
            {"reply_to_message": {"text": "See you at five"}, "quote": {"text": "five"}},
            "five",
        ),
        ({"reply_to_message": {"photo": [], "caption": "the bill"}}, "the bill"),
        ({"reply_to_message": {}}, None),
    ],
)
def test_an_answer_brings_what_it_answers(content: dict[str, Any], quoted: str | None) -> None:
    heard = read(message(text="no", **content))
    assert heard.beside.get("quoted") == quoted


def test_an_answer_to_a_picture_brings_what_it_was() -> None:
    assert read(message(text="no", reply_to_message={"voice": {}})).beside == {
        "quoted_media": "voice"
    }


@pytest.mark.parametrize(
    ("content", "kind", "holds"),
    [
        (
            {"poll": {"question": "When?", "options": [{"text": "Mon"}, {"text": "Fri"}]}},
            "poll",
            "When?\n- Mon\n- Fri",
        ),
        (
            {
                "checklist": {
                    "title": "To do",
                    "tasks": [{"text": "pay", "completion_date": 1}, {"text": "call"}],
                }
            },
            "checklist",
            "To do\n- ☑ pay\n- ☐ call",
        ),
        (
            {"contact": {"first_name": "Zoé", "phone_number": "+15145550123"}},
            "contact",
            "Zoé +15145550123",
        ),
        ({"location": {"latitude": 45.5, "longitude": -73.6}}, "location", "45.5, -73.6"),
        (
            {"venue": {"title": "Shop", "address": "1 Main"}, "location": {"latitude": 1}},
            "venue",
            "Shop, 1 Main",
        ),
        ({"dice": {"emoji": "🎲", "value": 3}}, "dice", "🎲 3"),
    ],
)
def test_content_with_words_of_its_own_brings_them(
    content: dict[str, Any], kind: str, holds: str
) -> None:
    heard = read(message(**content))
    assert (heard.kind, heard.media, heard.beside["holds"]) == (kind, kind, holds)


def test_what_telegram_invents_next_is_named() -> None:
    assert read(message(hologram={"depth": 3})).media == "hologram"


@pytest.mark.parametrize("service", ["pinned_message", "new_chat_title", "write_access_allowed"])
def test_what_nobody_wrote_is_no_message(service: str) -> None:
    assert read_update(message(**{service: {}}), BOT) is None


def test_a_name_that_is_none_of_telegrams_is_not_taken() -> None:
    assert read_update(message(**{"<b>x": {}}), BOT) is None


def test_a_tapped_button_brings_its_title() -> None:
    rows = [[{"text": "No", "callback_data": "b1"}, {"text": "Yes, add", "callback_data": "b2"}]]
    under = {"message_id": 5, "chat": PRIVATE, "reply_markup": {"inline_keyboard": rows}}
    query = {"id": "q9", "from": DIANE, "data": "b2", "message": under}
    assert read({"update_id": 12, "callback_query": query}).beside == {"title": "Yes, add"}


@pytest.mark.parametrize(
    "odd",
    [
        *({"quote": None}, {"forward_origin": 5}, {"reply_to_message": 7}, {"entities": None}),
        {"poll": {"options": [{}]}},
        {"checklist": {"tasks": [{}]}},
    ],
)
def test_an_odd_shape_beside_the_words_loses_no_word(odd: dict[str, Any]) -> None:
    assert read(message(text="help", **odd)).text in {"help", ""}


def test_a_tap_under_a_message_without_buttons_is_a_tap() -> None:
    under = {"message_id": 5, "chat": PRIVATE, "reply_markup": None}
    query = {"id": "q9", "from": DIANE, "data": "b2", "message": under}
    assert read({"update_id": 12, "callback_query": query}).button == "b2"


@pytest.mark.parametrize(
    ("signs", "shown"),
    [([{"type": "emoji", "emoji": "👎"}], "👎"), ([], ""), ([{"type": "custom_emoji"}], "⭐")],
)
def test_a_reaction_is_about_a_message(signs: list[dict[str, str]], shown: str) -> None:
    change = {"chat": PRIVATE, "message_id": 9, "user": DIANE, "new_reaction": signs}
    heard = read({"update_id": 12, "message_reaction": change})
    assert (heard.kind, heard.message_id, heard.beside) == ("reaction", "9", {"reaction": shown})


def test_a_kind_that_an_agent_sends_and_nobody_knows_is_named_to_them() -> None:
    shape = {
        **message(hologram={})["message"],
        "chat": GROUP,
        "message_thread_id": 3,
        "is_topic_message": True,
    }
    incoming = read_desk_update(
        {"update_id": 3, "message": shape}, DeskKey("telegram", BOT, "-100200")
    )
    assert incoming is not None
    assert incoming.message.kind == "hologram"
