"""The chats of the bot: what was said in them, by whom, and who has closed the door."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from threading import Condition
from typing import Any

from tests.fakes.telegram.content import Button, Keyboard
from tests.fakes.telegram.refusals import Refusal, bad_request, forbidden

BOT = {
    "id": 5550001,
    "is_bot": True,
    "first_name": "Foyer",
    "username": "foyer_test_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
_BOT_AS_SENDER = {name: BOT[name] for name in ("id", "is_bot", "first_name", "username")}


@dataclass(frozen=True, slots=True)
class Post:
    """One message of a chat, of the bot or of a person, as it stands now."""

    id: int
    by_bot: bool
    text: str
    html: str = ""
    keyboard: Keyboard = ()
    protected: bool = False
    silent: bool = False
    edited: bool = False
    deleted: bool = False
    topic: int | None = None
    """In a forum: the topic it stands in."""
    media: str = ""
    caption: str = ""
    answers: int | None = None
    """The message of the same chat that it points at."""
    reaction: str = ""
    """The bot's sign under it."""
    date: int = field(default_factory=lambda: int(time.time()))
    at: float = field(default_factory=time.monotonic)
    """When it arrived, to be compared with what else the test did."""

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.keyboard for button in row)

    @property
    def titles(self) -> list[str]:
        return [button.title for button in self.buttons]

    def button(self, title: str) -> Button | None:
        return next((b for b in self.buttons if b.title.startswith(title)), None)


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's) or a group."""

    id: int
    shape: dict[str, Any]
    posts: dict[int, Post] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)
    closed: Refusal | None = None
    """Why nothing can be sent here."""

    @property
    def is_private(self) -> bool:
        return bool(self.shape["type"] == "private")

    def block(self) -> None:
        self.closed = forbidden("bot was blocked by the user")

    def deactivate(self) -> None:
        self.closed = forbidden("user is deactivated")

    def kick(self) -> None:
        self.closed = forbidden("bot was kicked from the group chat")

    def migrate(self, new_id: int) -> None:
        """The group has become a supergroup."""
        reason = "group chat was upgraded to a supergroup chat"
        self.closed = bad_request(reason, {"migrate_to_chat_id": new_id})

    def reopen(self) -> None:
        self.closed = None


class Chats:
    """All chats; `news` guards them and tells whoever waits that something was said."""

    def __init__(self) -> None:
        self.news = Condition()
        self._chats: dict[int, Chat] = {}
        self._ids = count(101)

    def add(self, chat_id: int, shape: dict[str, Any]) -> Chat:
        with self.news:
            return self._chats.setdefault(chat_id, Chat(chat_id, shape))

    def find(self, chat_id: int) -> Chat:
        """Return the chat in which the bot wants to do something, if it may."""
        chat = self._chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        if chat.closed is not None:
            raise chat.closed
        return chat

    def post(self, chat: Chat, text: str, **rest: Any) -> Post:
        with self.news:
            post = Post(next(self._ids), text=text, **rest)
            chat.posts[post.id] = post
            self.news.notify_all()
            return post

    def change(self, chat: Chat, post: Post, **changes: Any) -> Post:
        with self.news:
            chat.posts[post.id] = replace(post, **changes)
            self.news.notify_all()
            return chat.posts[post.id]

    def acted(self, chat: Chat, action: str) -> None:
        with self.news:
            chat.actions.append(action)
            self.news.notify_all()

    def wait_until(self, is_so: Callable[[], bool], *, seconds: float, what: str) -> None:
        with self.news:
            if not self.news.wait_for(is_so, seconds):
                raise TimeoutError(f"not within {seconds} s: {what}")

    @staticmethod
    def bot_post(chat: Chat, post: Post) -> dict[str, Any]:
        """The bot's message as the API shows it."""
        shape: dict[str, Any] = {
            "message_id": post.id,
            "from": _BOT_AS_SENDER,
            "chat": chat.shape,
            "date": post.date,
            "text": post.text,
        }
        if post.edited:
            shape["edit_date"] = post.date
        if post.topic is not None:
            shape |= {"message_thread_id": post.topic, "is_topic_message": True}
        if post.protected:
            shape["has_protected_content"] = True
        if post.keyboard:
            rows = [[button.to_json() for button in row] for row in post.keyboard]
            shape["reply_markup"] = {"inline_keyboard": rows}
        return shape
