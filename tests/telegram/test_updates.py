"""What updates of the Bot API mean: who said what, and what is none of our business."""

from typing import Any

import pytest

from bot.channels.telegram.updates import read_update
from bot.chats import ChatKey
from bot.dialogue.message import Message

BOT = "5550001"
DIANE = {"id": 42, "is_bot": False, "first_name": "Diane", "language_code": "fr-CA"}
PRIVATE = {"id": 42, "type": "private", "first_name": "Diane"}
GROUP = {"id": -100200, "type": "supergroup", "title": "Family"}


def message(chat: dict[str, Any] = PRIVATE, **content: Any) -> dict[str, Any]:
    shape = {"message_id": 7, "from": DIANE, "chat": chat, "date": 1_767_225_600, **content}
    return {"update_id": 11, "message": shape}


def kind_of(update: dict[str, Any]) -> str | None:
    incoming = read_update(update, BOT)
    return incoming.message.kind if incoming else None


def test_a_text_is_kept_with_who_said_it_where_and_in_which_language() -> None:
    incoming = read_update(message(text="ajoute ma fille"), BOT)
    assert incoming is not None
    assert incoming.chat == ChatKey("telegram", BOT, "42")
    assert (incoming.update_id, incoming.person_id) == ("11 7", "42")
    assert incoming.message.text == "ajoute ma fille"
    assert isinstance(incoming.message, Message)
    assert incoming.message.language == "fr"
    assert incoming.message.message_id == "7"


@pytest.mark.parametrize(
    ("code", "language"), [("fr", "fr"), ("en-GB", "en"), ("de", None), (None, None)]
)
def test_other_languages_of_the_messenger_are_no_hint(code: str | None, language: str) -> None:
    update = message(text="hi")
    update["message"]["from"] = {**DIANE, "language_code": code or ""}
    incoming = read_update(update, BOT)
    assert incoming is not None
    assert isinstance(incoming.message, Message)
    assert incoming.message.language == language


def test_a_tapped_button_is_its_data_and_has_a_query_to_answer() -> None:
    query = {"id": "q9", "from": DIANE, "data": "bAbc", "message": {"chat": PRIVATE}}
    incoming = read_update({"update_id": 12, "callback_query": query}, BOT)
    assert incoming is not None
    assert (incoming.message.button, incoming.message.text) == ("bAbc", "")
    assert incoming.tap == "q9"


NEW = {"chat": PRIVATE, "from": DIANE, "date": 5, "text": "a"}
TAPPED = {"from": DIANE, "data": "bAbc", "message": {"chat": PRIVATE}}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"message": {**NEW, "message_id": 7}}, {"message_id": 900}),
        (
            {"edited_message": {**NEW, "message_id": 7, "edit_date": 8, "text": "a"}},
            {"edit_date": 9},
        ),
        ({"callback_query": {**TAPPED, "id": "q9"}}, {"id": "q10"}),
    ],
)
def test_numbers_that_begin_anew_are_not_taken_for_copies(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    """After a change of token, or a quiet week, Telegram counts its updates from elsewhere."""
    (kind, content), *_ = before.items()
    copies = [read_update({"update_id": 11, kind: content}, BOT) for _ in range(2)]
    later = read_update({"update_id": 11, kind: {**content, **after}}, BOT)
    assert copies[0] is not None
    assert copies[1] is not None
    assert later is not None
    assert copies[0].update_id == copies[1].update_id != later.update_id


def test_the_name_of_the_bot_is_no_part_of_a_command_and_a_deep_links_topic_is() -> None:
    asked = read_update(message(text="/help@foyer_bot"), BOT)
    begun = read_update(message(text="/start@foyer_bot create_user"), BOT)
    assert asked is not None
    assert asked.message.text == "/help"
    assert begun is not None
    assert begun.message.text == "/start create_user"


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "location", "contact", "poll"])
def test_what_is_no_text_is_named(kind: str) -> None:
    assert kind_of(message(**{kind: {}})) == kind


def test_the_words_under_a_picture_are_what_was_said() -> None:
    incoming = read_update(message(photo=[], caption="add my son"), BOT)
    assert incoming is not None
    assert (incoming.message.text, incoming.message.kind) == ("add my son", "text")


def test_the_pictures_of_an_album_know_that_they_belong_together() -> None:
    first = read_update(message(photo=[], media_group_id="m1", caption="look"), BOT)
    second = read_update({**message(photo=[], media_group_id="m1"), "update_id": 12}, BOT)
    assert first is not None
    assert second is not None
    assert isinstance(first.message, Message)
    assert isinstance(second.message, Message)
    assert first.message.album == second.message.album == "m1"
    assert (first.message.media, second.message.media) == ("photo", "photo")


def test_a_forwarded_message_is_not_read_as_the_persons_own_words() -> None:
    incoming = read_update(message(text="yes", forward_origin={"type": "user"}), BOT)
    assert incoming is not None
    assert (incoming.message.text, incoming.message.kind) == ("", "forward")


def test_an_edited_message_is_known_as_one() -> None:
    edited = {"update_id": 13, "edited_message": message(text="Zoé")["message"]}
    assert kind_of(edited) == "edited"


@pytest.mark.parametrize(
    "said",
    [
        {"text": "/help", "entities": [{"type": "bot_command", "offset": 0, "length": 5}]},
        {"text": "@foyer_bot hi", "entities": [{"type": "mention", "offset": 0, "length": 10}]},
        {"text": "and you?", "reply_to_message": {"from": {"id": 1, "is_bot": True}}},
    ],
)
def test_of_a_group_only_that_somebody_spoke_to_the_bot_is_kept(said: dict[str, Any]) -> None:
    incoming = read_update(message(GROUP, **said), BOT)
    assert incoming is not None
    assert (incoming.message.text, incoming.message.kind) == ("", "group")


@pytest.mark.parametrize(
    "update",
    [
        message(GROUP, text="dinner at six"),
        message({"id": -5, "type": "channel"}, text="news"),
        {"update_id": 1, "message": {**message(text="hi")["message"], "from": None}},
        {"update_id": 1, "message": {**message(text="hi")["message"], "from": {"is_bot": True}}},
        message(new_chat_title="x"),
        {"update_id": 1},
        {"update_id": 1, "message": {}},
        {"update_id": 1, "message": "hello"},
        {"update_id": 1, "message": {"chat": 5, "from": DIANE}},
        {"update_id": 1, "callback_query": {"id": "q", "from": DIANE}},
        {"update_id": 1, "callback_query": {"id": "q", "from": DIANE, "message": {"chat": GROUP}}},
        {"update_id": 1, "channel_post": message(text="x")["message"]},
        {"update_id": 1, "something_new_in_2031": {"a": [1, 2]}},
        {"update_id": 1, "edited_message": message(photo=[])["message"]},
    ],
)
def test_whatever_else_telegram_sends_is_nothing_to_answer(update: dict[str, Any]) -> None:
    assert read_update(update, BOT) is None


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [("left", "member", "group"), ("member", "left", None), ("member", "administrator", None)],
)
def test_added_to_a_group_the_bot_says_where_it_talks(
    before: str, after: str, kind: str | None
) -> None:
    change = {
        "chat": GROUP,
        "from": DIANE,
        "old_chat_member": {"status": before},
        "new_chat_member": {"status": after},
    }
    assert kind_of({"update_id": 14, "my_chat_member": change}) == kind
