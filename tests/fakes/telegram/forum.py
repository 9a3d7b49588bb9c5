"""A forum group: its administrators, its topics, and how much it takes in a minute."""

import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram.chats import BOT, Chat, Chats, Post
from tests.fakes.telegram.content import read_caption
from tests.fakes.telegram.parameters import Parameters
from tests.fakes.telegram.refusals import bad_request, too_many_requests

A_MINUTE = 60.0
MOST = 20
"""Messages, edits and topics that a group takes in a minute."""

COUNTED = frozenset(
    {
        *("sendmessage", "editmessagetext", "editmessagereplymarkup", "copymessage"),
        "copymessages",
        *("createforumtopic", "editforumtopic", "closeforumtopic", "editmessagecaption"),
        "reopenforumtopic",
    }
)
ICONS = {"5001": "❓", "5002": "‼️", "5003": "💬", "5004": "🤖", "5005": "✅", "5006": "👮‍♂️"}
"""Some of the signs that there are, by their ids."""
MAX_NAME = 128
MOST_COPIED = 100


@dataclass(slots=True)
class Topic:
    name: str
    icon: str = ""
    closed: bool = False
    deleted: bool = False


@dataclass(slots=True)
class Forum:
    """What is special about forum groups; `chats` holds their messages."""

    chats: Chats
    administrators: dict[int, dict[int, str]] = field(default_factory=dict)
    """By group: the first names of its administrators by their ids; the bot is always one."""
    topics: dict[int, dict[int, Topic]] = field(default_factory=dict)
    standing: dict[int, str] = field(default_factory=dict)
    """By group: what the bot is there, if no administrator."""
    refused: int = 0
    """Requests beyond what a group takes: a bot that waits has none."""
    now: Callable[[], float] = time.monotonic
    """A test that moves the clock has the group's minute move with it."""
    _requests: dict[int, deque[float]] = field(default_factory=dict)

    def open(self, group: int, administrators: dict[int, str]) -> Chat:
        """A forum group with the bot in it."""
        self.administrators[group] = administrators
        self.topics[group] = {}
        shape = {"id": group, "type": "supergroup", "title": "Agents", "is_forum": True}
        return self.chats.add(group, shape)

    def named(self) -> dict[str, Callable[[Parameters], Awaitable[Any]]]:
        return {
            "getchat": self.get_chat,
            "getchatmember": self.get_member,
            "reopenforumtopic": self.reopen_topic,
            "getchatadministrators": self.get_administrators,
            "createforumtopic": self.create_topic,
            "editforumtopic": self.edit_topic,
            "getforumtopiciconstickers": self.get_icons,
            "closeforumtopic": self.close_topic,
            "copymessage": self.copy_message,
            "copymessages": self.copy_messages,
            "editmessagecaption": self.edit_caption,
        }

    async def get_chat(self, given: Parameters) -> Any:
        chat = self._open(given)
        return {**chat.shape, "accent_color_id": 0, "max_reaction_count": 11}

    async def get_member(self, given: Parameters) -> Any:
        chat, person = self._open(given), given.number("user_id")
        bot = self._user(BOT["id"], "Foyer", is_bot=True)
        if person != BOT["id"]:
            raise bad_request("member not found")
        return _member(bot, self.standing.get(chat.id, "administrator"))

    async def reopen_topic(self, given: Parameters) -> Any:
        topic = self._topic(given)
        if not topic.closed:
            raise bad_request("TOPIC_NOT_MODIFIED")
        topic.closed = False
        return True

    def count(self, method: str, chat_id: int) -> None:
        """Refuse what is too much for a group; a refused request does not count."""
        if chat_id not in self.topics or method.lower() not in COUNTED:
            return
        now = self.now()
        recent = self._requests.setdefault(chat_id, deque())
        while recent and recent[0] <= now - A_MINUTE:
            recent.popleft()
        if len(recent) >= MOST:
            self.refused += 1
            raise too_many_requests(int(recent[0] + A_MINUTE - now) + 1)
        recent.append(now)

    def place(self, chat: Chat, given: Parameters) -> int | None:
        """The topic that a message goes to; None for General and for chats without topics."""
        thread = given.number("message_thread_id")
        if not thread:
            return None
        topic = self.topics.get(chat.id, {}).get(thread)
        if topic is None or topic.deleted or not chat.shape.get("is_forum"):
            raise bad_request("message thread not found")
        return thread

    async def get_administrators(self, given: Parameters) -> Any:
        chat = self.chats.find(given.number("chat_id"))
        if chat.is_private:
            raise bad_request("there are no administrators in the private chat")
        people: list[Any] = [(self._user(BOT["id"], "Foyer", is_bot=True), "administrator")]
        named = self.administrators.get(chat.id, {})
        for number, (person, name) in enumerate(named.items()):
            status = "administrator" if number else "creator"
            people.append((self._user(person, name, is_bot=False), status))
        return [_member(user, status) for user, status in people]

    def _user(self, person: Any, name: str, *, is_bot: bool) -> dict[str, Any]:
        return {"id": person, "is_bot": is_bot, "first_name": name}

    async def create_topic(self, given: Parameters) -> Any:
        chat = self._forum(given)
        name = _name(given)
        post = self.chats.post(chat, f"[topic] {name}", by_bot=True)
        self.topics[chat.id][post.id] = Topic(name, _icon(given))
        return {"message_thread_id": post.id, "name": name, "icon_color": 7322096}

    async def edit_topic(self, given: Parameters) -> Any:
        """What is not given stays as it is."""
        topic = self._topic(given)
        name = _name(given) if given.text("name") else topic.name
        icon = _icon(given) or topic.icon
        if (topic.name, topic.icon) == (name, icon):
            raise bad_request("TOPIC_NOT_MODIFIED")
        topic.name, topic.icon = name, icon
        return True

    async def get_icons(self, given: Parameters) -> Any:
        """The icons that a topic can have: custom emoji, as Telegram offers them to every bot."""
        return [
            {
                "file_id": f"icon-{number}",
                "file_unique_id": f"icon-{number}",
                "type": "custom_emoji",
                "width": 100,
                "height": 100,
                "is_animated": False,
                "is_video": False,
                "emoji": sign,
                "custom_emoji_id": number,
            }
            for number, sign in ICONS.items()
        ]

    async def close_topic(self, given: Parameters) -> Any:
        topic = self._topic(given)
        if topic.closed:
            raise bad_request("TOPIC_NOT_MODIFIED")
        topic.closed = True
        return True

    async def copy_messages(self, given: Parameters) -> Any:
        """Several at once, in rising order; what cannot be copied is left out without a word."""
        chat = self.chats.find(given.number("chat_id"))
        source = self.chats.find(given.number("from_chat_id"))
        numbers = given.json("message_ids") or []
        if not 0 < len(numbers) <= MOST_COPIED or numbers != sorted(set(numbers)):
            raise bad_request("message identifiers must be in a strictly increasing order")
        posts = [source.posts.get(number) for number in numbers]
        whole = [post for post in posts if post and not (post.deleted or post.protected)]
        if not whole:
            raise bad_request("there are no messages to copy")
        caption = "" if given.flag("remove_caption") else None
        copies = [self._copy(chat, post, caption, given) for post in whole]
        return [{"message_id": copy.id} for copy in copies]

    async def copy_message(self, given: Parameters) -> Any:
        chat = self.chats.find(given.number("chat_id"))
        source = self.chats.find(given.number("from_chat_id"))
        post = source.posts.get(given.number("message_id"))
        if post is None or post.deleted:
            raise bad_request("message to copy not found")
        if post.protected:
            raise bad_request("message can't be copied")
        caption = read_caption(given) if "caption" in given.values else None
        return {"message_id": self._copy(chat, post, caption, given).id}

    def _copy(self, chat: Chat, post: Post, caption: str | None, given: Parameters) -> Post:
        caption = post.caption if caption is None else caption
        return self.chats.post(
            chat,
            f"{post.media or post.text} {caption}".strip(),
            by_bot=True,
            media=post.media,
            caption=caption,
            topic=self.place(chat, given),
        )

    async def edit_caption(self, given: Parameters) -> Any:
        chat = self.chats.find(given.number("chat_id"))
        post = chat.posts.get(given.number("message_id"))
        if post is None or not post.by_bot or not post.media:
            raise bad_request("there is no caption in the message to edit")
        caption = read_caption(given)
        text = f"{post.media} {caption}"
        return Chats.bot_post(chat, self.chats.change(chat, post, caption=caption, text=text))

    def _open(self, given: Parameters) -> Chat:
        chat = self.chats.find(given.number("chat_id"))
        if chat.closed is not None:
            raise chat.closed
        return chat

    def _forum(self, given: Parameters) -> Chat:
        chat = self._open(given)
        if chat.id not in self.topics or not chat.shape.get("is_forum"):
            raise bad_request("the chat is not a forum")
        return chat

    def _topic(self, given: Parameters) -> Topic:
        chat = self._forum(given)
        topic = self.topics[chat.id].get(given.number("message_thread_id"))
        if topic is None or topic.deleted:
            raise bad_request("TOPIC_ID_INVALID")
        return topic


def _name(given: Parameters) -> str:
    name = given.text("name").strip()
    if not 0 < len(name) <= MAX_NAME:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "topic name is too long")
    return name


def _icon(given: Parameters) -> str:
    icon = given.text("icon_custom_emoji_id")
    if icon and icon not in ICONS:
        raise bad_request("DOCUMENT_INVALID")
    return icon


def _member(user: dict[str, Any], status: str) -> dict[str, Any]:
    shape = {"user": user, "status": status, "is_anonymous": False}
    if status in {"creator", "member", "left"}:
        return shape
    rights = (
        *("can_be_edited", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
        *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users"),
        *("can_post_stories", "can_edit_stories", "can_delete_stories", "can_manage_topics"),
    )
    return {**shape, **dict.fromkeys(rights, True)}
