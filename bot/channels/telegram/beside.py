"""What a message brings beside its words: a quote, where it was forwarded from, what a poll asks.

For the people who read along; the dialogue reads the words alone. Values of an update are taken
as they come: whatever has another shape than documented is left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from telegram import Message as Documented
from telegram.constants import MessageAttachmentType, MessageType

Raw = Mapping[str, Any]

ATTACHMENTS = (
    "photo",
    "video",
    "video_note",
    "voice",
    "audio",
    *sorted(set(MessageAttachmentType) - {"document", "location"}),
    "document",
    "location",
    MessageType.CHECKLIST.value,
    MessageType.CHECKLIST_TASKS_DONE.value,
    MessageType.GIFT.value,
    MessageType.UNIQUE_GIFT.value,
)
"""Content that is no text, by Telegram's own names.

An animation is a document, too, and a venue has a location: the first counts.
"""
COPIES = frozenset(ATTACHMENTS) - {
    *("story", "paid_media", "poll", "dice", "game", "invoice", "successful_payment"),
    *("passport_data", "checklist", "checklist_tasks_done", "gift", "unique_gift"),
}
"""Telegram copies none of those; a poll or a die would be another one."""

_DOCUMENTED = {*Documented.__slots__, *MessageType, "from", "message_id", "chat", "date"}
_NAME = re.compile(r"[a-z][a-z_]{1,39}")
QUOTED = 300
"""Characters of a quoted message that are shown."""


def content_of(raw: Raw) -> str | None:
    """Return what was sent beside words; also what this program has never heard of, by its name."""
    known = next((str(kind) for kind in ATTACHMENTS if kind in raw), None)
    new = (name for name in raw if name not in _DOCUMENTED and _NAME.fullmatch(name))
    return known or next(new, None)


def beside(raw: Raw) -> dict[str, str]:
    """Return what is shown to people with the words of a message, but what has an odd shape."""
    brought: dict[str, str] = {}
    for part in (_quoted, _forwarded, _holds):
        with suppress(AttributeError, KeyError, TypeError):
            told = [(name, value.strip()) for name, value in part(raw) if isinstance(value, str)]
            brought |= {name: value for name, value in told if value}
    return brought


def title_of(query: Raw) -> dict[str, str]:
    """Return what stood on the button that was tapped, where its message is still to be had."""
    with suppress(AttributeError, KeyError, TypeError):
        rows = query["message"]["reply_markup"]["inline_keyboard"]
        keys = [key for row in rows for key in row if key.get("callback_data") == query["data"]]
        return {"title": str(keys[0]["text"])} if keys else {}
    return {}


def reaction_of(update: Raw) -> dict[str, str]:
    """Return how somebody reacted; nothing where they took it back."""
    signs = [str(sign.get("emoji", "⭐")) for sign in update.get("new_reaction", ())]
    return {"reaction": " ".join(signs)}


def _quoted(raw: Raw) -> Iterator[tuple[str, Any]]:
    replied = raw.get("reply_to_message") or {}
    quote = raw.get("quote", {}).get("text") or replied.get("text") or replied.get("caption")
    if isinstance(quote, str):
        yield "quoted", quote[:QUOTED]
    elif replied and (content := content_of(replied)):
        yield "quoted_media", content


def _forwarded(raw: Raw) -> Iterator[tuple[str, Any]]:
    """Its words, the addresses behind them, and from whom, as far as Telegram tells."""
    origin = raw.get("forward_origin")
    if not isinstance(origin, dict):
        return
    yield "origin", origin.get("type", "hidden_user")
    yield "forwarded_from", _name(origin)
    words = str(raw.get("text", raw.get("caption", "")))
    entities = [*raw.get("entities", ()), *raw.get("caption_entities", ())]
    hidden = [str(entity["url"]) for entity in entities if entity.get("url")]
    yield "forwarded", " ".join([words, *(f"[{url}]" for url in hidden)])


def _name(origin: Raw) -> str:
    user = origin.get("sender_user") or {}
    chat = origin.get("chat") or origin.get("sender_chat") or {}
    whole = [user.get("first_name"), user.get("last_name"), chat.get("title")]
    at = user.get("username") or chat.get("username")
    names = [*whole, origin.get("sender_user_name"), origin.get("author_signature")]
    return " ".join([*(str(name) for name in names if name), *([f"@{at}"] if at else [])])


def _holds(raw: Raw) -> Iterator[tuple[str, Any]]:
    """What is in content that has words of its own."""
    if poll := raw.get("poll"):
        yield "holds", _listed(poll["question"], [option["text"] for option in poll["options"]])
    if checklist := raw.get("checklist"):
        tasks = checklist.get("tasks", ())
        done = ["☑" if task.get("completion_date") else "☐" for task in tasks]
        lines = [f"{sign} {task['text']}" for sign, task in zip(done, tasks, strict=True)]
        yield "holds", _listed(checklist.get("title", ""), lines)
    if contact := raw.get("contact"):
        names = ("first_name", "last_name", "phone_number")
        yield "holds", " ".join(str(contact[name]) for name in names if contact.get(name))
    if venue := raw.get("venue") or {}:
        yield "holds", f"{venue.get('title', '')}, {venue.get('address', '')}"
    elif point := raw.get("location") or {}:
        yield "holds", f"{point.get('latitude')}, {point.get('longitude')}"
    if die := raw.get("dice") or {}:
        yield "holds", f"{die.get('emoji')} {die.get('value')}"


def _listed(heading: str, lines: Sequence[str]) -> str:
    return "\n".join([heading, *(f"- {line}" for line in lines)])
