"""What an update from the agents' forum group says; pure.

A topic is a case. The General topic is for the agents among themselves: nothing of it is kept but
commands of ours.
"""

from collections.abc import Mapping
from typing import Any

from bot.channels.channel import Incoming
from bot.channels.telegram.beside import content_of, reaction_of
from bot.handoff.deciding import is_for_team
from bot.handoff.desk import DeskKey
from bot.handoff.group_changes import TOPIC_CLOSED
from bot.handoff.message import DeskMessage

Raw = Mapping[str, Any]


def concerns_desk(update: Raw, group: int) -> bool:
    """Whether an update comes from the agents' group, of whatever kind it is."""
    try:
        message = update.get("message") or {}
        if isinstance(message, dict) and message.get("migrate_from_chat_id") == group:
            return True
        return any(
            int((content.get("message") or content)["chat"]["id"]) == group
            for content in update.values()
            if isinstance(content, dict) and "chat" in (content.get("message") or content)
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


def moved_to(update: Raw) -> int | None:
    """Return where the group is from now on, if that is what an update says."""
    message = update.get("message")
    if not isinstance(message, dict):
        return None
    if isinstance(message.get("migrate_to_chat_id"), int):
        return int(message["migrate_to_chat_id"])
    if isinstance(message.get("migrate_from_chat_id"), int):
        return int(message["chat"]["id"])
    return None


def changes_agents(update: Raw) -> bool:
    """Whether somebody came, left, or became or ceased to be an administrator."""
    return "chat_member" in update or "my_chat_member" in update


def read_desk_update(update: Raw, desk: DeskKey) -> Incoming | None:
    """Return what an update of the group is for the desk, or None."""
    try:
        if isinstance(update.get("callback_query"), dict):
            return _tap(update, update["callback_query"], desk)
        if isinstance(update.get("message_reaction"), dict):
            return _reaction(update, update["message_reaction"], desk)
        for name in ("message", "edited_message"):
            if isinstance(update.get(name), dict):
                return _message(update, update[name], desk, edited=name == "edited_message")
    except (KeyError, TypeError, AttributeError):  # a shape that Telegram does not document
        return None
    return None


def _tap(update: Raw, query: Raw, desk: DeskKey) -> Incoming | None:
    topic_id = _topic(query["message"])
    if topic_id is None:
        return None
    message = DeskMessage("", button=str(query.get("data", "")))
    update_id, person_id = str(update["update_id"]), str(query["from"]["id"])
    return Incoming(desk.topic(topic_id), update_id, person_id, message, tap=str(query["id"]))


def _reaction(update: Raw, change: Raw, desk: DeskKey) -> Incoming | None:
    """A sign of somebody under a message; which topic that is in, Telegram does not say."""
    number, sign = str(change["message_id"]), reaction_of(change)["reaction"]
    message = DeskMessage(sign.rpartition(" ")[2], kind="reaction", message_id=number)
    person_id, update_id = str(change["user"]["id"]), str(update["update_id"])
    return Incoming(desk.topic(""), update_id, person_id, message)


def _message(update: Raw, raw: Raw, desk: DeskKey, *, edited: bool) -> Incoming | None:
    topic_id, person = _topic(raw), raw.get("from") or {}
    anonymous = raw.get("sender_chat") is not None
    if topic_id is None and is_for_team(str(raw.get("text", "")), in_case=False) and not edited:
        topic_id = ""
    if topic_id is None or (person.get("is_bot") and not anonymous):
        return None
    text = raw.get("text", raw.get("caption"))
    media = content_of(raw)
    if "forum_topic_closed" in raw:
        closed = DeskMessage("", kind=TOPIC_CLOSED)
        return Incoming(desk.topic(topic_id), str(update["update_id"]), "", closed)
    if text is None and media is None:  # a service message: a topic was made, somebody joined
        return None
    kind = "anonymous" if anonymous else "edited" if edited else media or "text"
    album = raw.get("media_group_id")
    message = DeskMessage(
        text or "",
        kind=kind,
        message_id=str(raw["message_id"]),
        mentioned=_mentioned(raw),
        answers=_answered(raw),
        album=str(album) if album else None,
        file=_file_of(raw[media]) if media else None,
    )
    person_id = "" if anonymous else str(person.get("id", ""))
    return Incoming(desk.topic(topic_id), str(update["update_id"]), person_id, message)


def _answered(raw: Raw) -> str | None:
    """Return the number of the message that one answers; all of a topic answer its beginning."""
    answered = raw.get("reply_to_message") or {}
    is_begin = "forum_topic_created" in answered
    return str(answered["message_id"]) if answered and not is_begin else None


def _file_of(content: Any) -> str | None:
    """Return what stands for a picture, its largest size, or a file."""
    largest = content[-1] if isinstance(content, list) and content else content
    file = largest.get("file_unique_id") if isinstance(largest, dict) else None
    return None if file is None else str(file)


def _mentioned(raw: Raw) -> str | None:
    """Return the id of somebody without a user name who was picked from the list of people."""
    picked = [e["user"]["id"] for e in raw.get("entities", ()) if e["type"] == "text_mention"]
    return str(picked[0]) if picked else None


def _topic(raw: Raw) -> str | None:
    """Return the topic that a message stands in; None for General."""
    thread = raw.get("message_thread_id")
    return str(thread) if thread is not None and raw.get("is_topic_message") else None
