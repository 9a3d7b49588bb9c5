"""What an update of the Bot API says; pure, and at ease with whatever Telegram invents next.

Only private chats are conversations. In groups the bot says one thing: write to me in private;
what people said there is not kept.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.channels.channel import Incoming
from bot.chats import ChatKey
from bot.dialogue.message import Message
from bot.languages import spoken

CHANNEL = "telegram"

Raw = Mapping[str, Any]

KINDS = (
    "photo",
    "video",
    "video_note",
    "voice",
    "audio",
    "document",
    "animation",
    "sticker",
    "location",
    "venue",
    "contact",
    "poll",
    "dice",
    "story",
    "paid_media",
)
"""Content that is no text, by Telegram's own names."""


COPIES = frozenset(KINDS) - {"story", "paid_media", "poll", "dice"}
"""Telegram copies no stories and no paid media; a poll or a die would be another one."""


def read_update(update: Raw, bot_id: str) -> Incoming | None:
    """Return what an update is for us, or None when there is nothing to say to it."""
    try:
        if isinstance(update.get("callback_query"), dict):
            return _tap(update, update["callback_query"], bot_id)
        if isinstance(update.get("message"), dict):
            return _message(update, update["message"], bot_id, edited=False)
        if isinstance(update.get("edited_message"), dict):
            return _message(update, update["edited_message"], bot_id, edited=True)
        if isinstance(update.get("my_chat_member"), dict):
            return _membership(update, update["my_chat_member"], bot_id)
    except (KeyError, TypeError, AttributeError):  # a shape that Telegram does not document
        return None
    return None


def _tap(update: Raw, query: Raw, bot_id: str) -> Incoming | None:
    chat = query["message"]["chat"] if query.get("message") else None
    if chat is None or chat["type"] != "private":
        return None
    tap, language = str(query["id"]), _language(query["from"])
    message = Message("", button=str(query.get("data", "")), language=language, tap=tap)
    update_id, person_id = key_of(update, tap), str(query["from"]["id"])
    return Incoming(_key(chat, bot_id), update_id, person_id, message, tap=tap)


def key_of(update: Raw, *content: object) -> str:
    """Return what tells an update from every other one of its chat.

    Its number alone does not: Telegram begins anew with a new token, and after a quiet week. The
    content has numbers and times of its own, and a copy of the update has the same.
    """
    return " ".join(str(part) for part in (update["update_id"], *content) if part is not None)


def _message(update: Raw, raw: Raw, bot_id: str, *, edited: bool) -> Incoming | None:
    person = raw.get("from")
    if person is None or person.get("is_bot"):
        return None
    if raw["chat"]["type"] == "private":
        message = _private(raw, edited=edited)
    elif raw["chat"]["type"] in {"group", "supergroup"} and not edited and _speaks_to_us(raw):
        message = Message("", kind="group")
    else:
        return None
    if message is None:
        return None
    album = raw.get("media_group_id")
    spoken = replace(
        message,
        language=_language(person),
        message_id=str(raw["message_id"]),
        album=str(album) if album else None,
    )
    update_id = key_of(update, raw["message_id"], raw.get("edit_date"))
    return Incoming(_key(raw["chat"], bot_id), update_id, str(person["id"]), spoken)


def _private(raw: Raw, *, edited: bool) -> Message | None:
    text = raw.get("text", raw.get("caption"))
    media = next((kind for kind in KINDS if kind in raw), None)
    if "forward_origin" in raw:
        return None if edited else Message("", kind="forward", media=media)
    if isinstance(text, str):
        kind = "edited" if edited else "text"
        return Message(_without_bot_name(text), kind=kind, media=None if edited else media)
    return None if edited or media is None else Message("", kind=media, media=media)


def _membership(update: Raw, change: Raw, bot_id: str) -> Incoming | None:
    """The bot was added to a group: it says at once where it can be spoken to."""
    added = change["new_chat_member"]["status"] in {"member", "administrator"}
    before = change["old_chat_member"]["status"] in {"left", "kicked"}
    if change["chat"]["type"] not in {"group", "supergroup"} or not (added and before):
        return None
    message = Message("", language=_language(change["from"]), kind="group")
    person_id = str(change["from"]["id"])
    update_id = key_of(update, change.get("date"))
    return Incoming(_key(change["chat"], bot_id), update_id, person_id, message)


def _speaks_to_us(raw: Raw) -> bool:
    """Whether a message in a group is a command, a mention, or an answer to a bot."""
    entities = raw.get("entities", ())
    answered = raw.get("reply_to_message", {}).get("from", {})
    spoken = {entity["type"] for entity in entities}
    return bool(spoken & {"bot_command", "mention"}) or bool(answered.get("is_bot"))


def _key(chat: Raw, bot_id: str) -> ChatKey:
    return ChatKey(CHANNEL, bot_id, str(chat["id"]))


def _language(person: Raw) -> str | None:
    return spoken(str(person.get("language_code", "")))


def _without_bot_name(text: str) -> str:
    """`/help@FoyerBot` → `/help`; a deep link's topic stays: `/start create_user`."""
    if not text.startswith("/"):
        return text
    command, space, rest = text.partition(" ")
    return command.partition("@")[0] + space + rest
