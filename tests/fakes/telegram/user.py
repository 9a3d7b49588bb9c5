"""People on Telegram: they type, tap, edit and send things, and read what the bot says."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from tests.fakes.telegram.chats import Chat, Post
from tests.fakes.telegram.server import BotApi

PATIENCE = 30.0
"""Seconds that somebody waits for an answer."""

_query_ids = count(4_400_000_000_000_000_001)


@dataclass(slots=True)
class TelegramUser:
    """One person in a private chat, or with `group` in that group (with `topic` in that topic)."""

    api: BotApi
    id: int
    first_name: str = "Diane"
    language: str | None = "en"
    group: Chat | None = None
    topic: int | None = None
    _read: int = 0

    def __post_init__(self) -> None:
        shape = {"id": self.id, "type": "private", "first_name": self.first_name}
        self._private = self.api.chats.add(self.id, shape)

    _private: Chat = field(init=False, repr=False)

    @property
    def chat(self) -> Chat:
        return self.group or self._private

    def within(self, group: Chat, topic: int | None = None) -> "TelegramUser":
        """The same person, who writes in a group."""
        return replace(self, group=group, topic=topic)

    def anonymously(self, text: str) -> int:
        """Write in the name of the group, as an administrator may."""
        post = self.api.chats.post(self.chat, text, by_bot=False, topic=self.topic)
        shape = self._message(post, text=text, sender_chat=self.chat.shape)
        shape["from"] = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
        return self.api.put("message", shape)

    @property
    def shape(self) -> dict[str, Any]:
        shape = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        return shape | ({"language_code": self.language} if self.language else {})

    # What they do: each returns the id of the update, so that a test can follow it.

    def say(self, text: str) -> int:
        return self.send(text, **_words(text))

    def forward(self, text: str) -> int:
        origin = {"type": "hidden_user", "sender_user_name": "Somebody", "date": _now()}
        return self.send(text, text=text, forward_origin=origin)

    def photo(self, caption: str = "") -> int:
        return self.send(caption or "[photo]", **_photo(), **_caption(caption))

    def voice(self) -> int:
        voice = {"duration": 3, "mime_type": "audio/ogg", **_file("voice")}
        return self.send("[voice]", voice=voice)

    def sticker(self) -> int:
        kind = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}
        sticker = {"width": 512, "height": 512, **kind, **_file("sticker")}
        return self.send("[sticker]", sticker=sticker)

    def location(self) -> int:
        return self.send("[location]", location={"latitude": 45.5, "longitude": -73.6})

    def contact(self) -> int:
        contact = {"phone_number": "+15145550123", "first_name": "Zoé", "user_id": self.id}
        return self.send("[contact]", contact=contact)

    def poll(self) -> int:
        return self.send("[poll]", poll=poll_shape())

    def document(self, caption: str = "") -> int:
        document = {"file_name": "bill.pdf", "mime_type": "application/pdf", **_file("bill")}
        return self.send("[document]", document=document, **_caption(caption))

    def album(self, size: int = 3, caption: str = "") -> list[int]:
        """Several photos at once; the caption is on the first."""
        group = str(next(_query_ids))
        captions = [caption] + [""] * (size - 1)
        return [
            self.send("[photo]", **_photo(), **_caption(one), media_group_id=group)
            for one in captions
        ]

    def send(self, seen: str, **content: Any) -> int:
        """Post a message of any content; `seen` is how it stands in the chat."""
        post = self.api.chats.post(
            self.chat,
            seen,
            by_bot=False,
            topic=self.topic,
            media="" if "text" in content else f"[{next(iter(content))}]",
            caption=str(content.get("caption", "")),
        )
        return self.api.put("message", self._message(post, **content))

    def edit(self, text: str, post: Post | None = None) -> int:
        """Change a message of one's own, the newest unless said."""
        mine = post or [p for p in self.chat.posts.values() if not p.by_bot][-1]
        changed = self.api.chats.change(self.chat, mine, text=text, edited=True)
        shape = self._message(changed, edit_date=_now(), **_words(text))
        return self.api.put("edited_message", shape)

    def tap(self, title: str, post: Post | None = None) -> int:
        """Tap the newest button whose title begins so, or that of an older message."""
        posts = [post] if post else [p for p in reversed(self.heard) if not p.deleted]
        for one in posts:
            if (button := one.button(title)) is not None:
                assert button.data is not None, f"{title!r} only opens a page"
                return self._tap(one, button.data)
        raise AssertionError(f"no button {title!r} in {[p.titles for p in posts]}")

    def _tap(self, post: Post, data: str) -> int:
        query = str(next(_query_ids))
        self.api.methods.open_queries[query] = self.id
        shape = {
            "id": query,
            "from": self.shape,
            "message": self.api.chats.bot_post(self.chat, post),
            "chat_instance": str(self.chat.id * 7919),
            "data": data,
        }
        return self.api.put("callback_query", shape)

    def block(self) -> int:
        """Block the bot, which Telegram tells it."""
        self.chat.block()
        return self._membership("member", "kicked")

    def unblock(self) -> int:
        self.chat.reopen()
        return self._membership("kicked", "member")

    def _membership(self, old: str, new: str) -> int:
        bot = {"id": 5550001, "is_bot": True, "first_name": "Foyer", "username": "foyer_test_bot"}
        states = [{"user": bot, "status": status, "until_date": 0} for status in (old, new)]
        shape = {
            "chat": self.chat.shape,
            "from": self.shape,
            "date": _now(),
            "old_chat_member": states[0],
            "new_chat_member": states[1],
        }
        return self.api.put("my_chat_member", shape)

    def _message(self, post: Post, **content: Any) -> dict[str, Any]:
        return {
            "message_id": post.id,
            "from": self.shape,
            "chat": self.chat.shape,
            "date": post.date,
            **({"message_thread_id": self.topic, "is_topic_message": True} if self.topic else {}),
            **content,
        }

    # What they read.

    @property
    def heard(self) -> list[Post]:
        """Everything the bot ever said here, in order; also what it has deleted since."""
        with self.api.chats.news:
            return [
                post
                for post in self.chat.posts.values()
                if post.by_bot and post.topic == self.topic
            ]

    @property
    def texts(self) -> list[str]:
        return [post.text for post in self.heard]

    @property
    def screen(self) -> list[Post]:
        """What stands in the chat now, of both sides."""
        with self.api.chats.news:
            return [post for post in self.chat.posts.values() if not post.deleted]

    def unread(self) -> Sequence[Post]:
        """What the bot has said since the person last read; they have read it now."""
        fresh = self.heard[self._read :]
        self._read += len(fresh)
        return fresh

    def reads(self, part: str, *, seconds: float = PATIENCE) -> Sequence[Post]:
        """Wait for a message with these words; it and all unread ones before it."""

        def there() -> bool:
            return any(part in post.text for post in self.heard[self._read :])

        try:
            self.api.chats.wait_until(there, seconds=seconds, what=part)
        except TimeoutError as error:
            raise TimeoutError(f"{error}; heard instead: {self.texts[self._read :]}") from None
        unread = self.heard[self._read :]
        until = next(n for n, post in enumerate(unread, 1) if part in post.text)
        self._read += until
        return unread[:until]

    def reads_next(self, *, seconds: float = PATIENCE) -> Post:
        """Wait for one more message."""
        return self.reads("", seconds=seconds)[0]


def group(api: BotApi, chat_id: int = -100_200_300, title: str = "Family") -> Chat:
    """A group chat that the bot is in."""
    return api.chats.add(chat_id, {"id": chat_id, "type": "supergroup", "title": title})


def poll_shape() -> dict[str, Any]:
    return {
        "id": str(next(_query_ids)),
        "question": "Which day?",
        "options": [
            {"persistent_id": day[:3], "text": day, "voter_count": 0}
            for day in ("Monday", "Friday")
        ],
        "allows_revoting": True,
        "members_only": False,
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
    }


def _now() -> int:
    return int(time.time())


def _words(text: str) -> dict[str, Any]:
    """A text with the entities that Telegram finds in it: commands."""
    if not text.startswith("/"):
        return {"text": text}
    command = text.split(maxsplit=1)[0]
    return {
        "text": text,
        "entities": [{"type": "bot_command", "offset": 0, "length": len(command)}],
    }


def _caption(caption: str) -> dict[str, str]:
    return {"caption": caption} if caption else {}


def _photo() -> dict[str, Any]:
    return {"photo": [{"width": 90, "height": 67, **_file("small")}]}


def _file(name: str) -> dict[str, Any]:
    return {"file_id": f"{name}-id", "file_unique_id": f"{name}-unique", "file_size": 1024}
