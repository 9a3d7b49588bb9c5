"""The methods of the Bot API that the bot may call; any other is not found."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram.chats import BOT, Chat, Chats, Post
from tests.fakes.telegram.content import read_keyboard, read_text
from tests.fakes.telegram.forum import Forum
from tests.fakes.telegram.parameters import Parameters
from tests.fakes.telegram.profile import Profile
from tests.fakes.telegram.refusals import bad_request
from tests.fakes.telegram.updates import Updates, Webhook

ACTIONS = {
    *("typing", "choose_sticker", "find_location", "upload_photo", "upload_document"),
    *("record_video", "upload_video", "record_voice", "upload_voice"),
    *("record_video_note", "upload_video_note"),
}
SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
MAX_TOAST = 200
REACTIONS = {"👍", "👎", "❤", "🔥", "🎉", "😁", "🤔", "😢", "🙏", "👌", "👀", "💯"}
"""Some of those that there are."""
MAX_DELETED_AT_ONCE = 100


@dataclass(slots=True)
class Methods:
    """What each method does to the chats and the updates."""

    chats: Chats
    updates: Updates
    profile: Profile = field(default_factory=Profile)
    open_queries: dict[str, int] = field(default_factory=dict)
    """Taps that nobody has answered yet, with the person's id."""
    answered: list[tuple[str, str]] = field(default_factory=list)
    """Answers to taps: query id and what the person was shown."""
    forum: Forum = field(init=False)

    def __post_init__(self) -> None:
        self.forum = Forum(self.chats)

    def named(self, name: str) -> Callable[[Parameters], Awaitable[Any]] | None:
        """Telegram's names count without case."""
        return {
            "getme": self.get_me,
            "getupdates": self.get_updates,
            "setwebhook": self.set_webhook,
            "deletewebhook": self.delete_webhook,
            "getwebhookinfo": self.get_webhook_info,
            "sendmessage": self.send_message,
            "editmessagetext": self.edit_text,
            "editmessagereplymarkup": self.edit_reply_markup,
            "deletemessage": self.delete_message,
            "deletemessages": self.delete_messages,
            "setmessagereaction": self.set_reaction,
            "answercallbackquery": self.answer_callback_query,
            "sendchataction": self.send_chat_action,
            **self.profile.named(),
            **self.forum.named(),
        }.get(name.lower())

    async def get_me(self, given: Parameters) -> Any:
        return BOT

    async def get_updates(self, given: Parameters) -> Any:
        self.updates.allow(given.json("allowed_updates"))
        seconds = given.number("timeout")
        return await self.updates.poll(given.number("offset"), given.number("limit", 100), seconds)

    async def set_webhook(self, given: Parameters) -> Any:
        url, secret = given.text("url"), given.text("secret_token")
        if not SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        if url and not url.startswith(("https://", "http://127.0.0.1:")):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if given.flag("drop_pending_updates"):
            self.updates.pending.clear()
        self.updates.allow(given.json("allowed_updates"))
        connections = given.number("max_connections", 40)
        self.updates.set_webhook(Webhook(url, secret, connections) if url else None)
        return True

    async def delete_webhook(self, given: Parameters) -> Any:
        if given.flag("drop_pending_updates"):
            self.updates.pending.clear()
        self.updates.set_webhook(None)
        return True

    async def get_webhook_info(self, given: Parameters) -> Any:
        webhook = self.updates.webhook
        return {
            "url": webhook.url if webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.pending),
        }

    async def send_message(self, given: Parameters) -> Any:
        chat = self._chat(given)
        seen, sent = read_text(given)
        keyboard = read_keyboard(given, private=chat.is_private)
        post = self.chats.post(
            chat,
            seen,
            html=sent,
            by_bot=True,
            keyboard=keyboard,
            protected=given.flag("protect_content"),
            silent=given.flag("disable_notification"),
            topic=self.forum.place(chat, given),
            answers=_answered(chat, given),
        )
        return self.chats.bot_post(chat, post)

    async def set_reaction(self, given: Parameters) -> Any:
        """A bot gives at most one sign, and of those alone that everybody has."""
        chat, reactions = self._chat(given), given.json("reaction") or []
        post = chat.posts.get(given.number("message_id"))
        if post is None or post.deleted:
            raise bad_request("message to react not found")
        signs = [str(reaction.get("emoji", "")) for reaction in reactions]
        if len(signs) > 1 or not REACTIONS.issuperset(signs):
            raise bad_request("REACTION_INVALID")
        self.chats.change(chat, post, reaction="".join(signs))
        return True

    async def edit_text(self, given: Parameters) -> Any:
        chat, post = self._own(given)
        seen, sent = read_text(given)
        return self._edit(
            chat, post, text=seen, html=sent, keyboard=read_keyboard(given, private=chat.is_private)
        )

    async def edit_reply_markup(self, given: Parameters) -> Any:
        chat, post = self._own(given)
        return self._edit(chat, post, keyboard=read_keyboard(given, private=chat.is_private))

    def _edit(self, chat: Chat, post: Post, **changes: Any) -> Any:
        if all(getattr(post, name) == value for name, value in changes.items()):
            raise bad_request(
                "message is not modified: specified new message content and reply markup "
                "are exactly the same as a current content and reply markup of the message"
            )
        return self.chats.bot_post(chat, self.chats.change(chat, post, edited=True, **changes))

    def _own(self, given: Parameters) -> tuple[Chat, Post]:
        chat = self._chat(given)
        post = chat.posts.get(given.number("message_id"))
        if post is None or post.deleted:
            raise bad_request("message to edit not found")
        if not post.by_bot:
            raise bad_request("message can't be edited")
        return chat, post

    async def delete_message(self, given: Parameters) -> Any:
        chat = self._chat(given)
        post = chat.posts.get(given.number("message_id"))
        if post is None or post.deleted:
            raise bad_request("message to delete not found")
        if not (post.by_bot or chat.is_private):
            raise bad_request("message can't be deleted")
        self.chats.change(chat, post, deleted=True)
        return True

    async def delete_messages(self, given: Parameters) -> Any:
        chat, ids = self._chat(given), given.json("message_ids") or []
        if not 0 < len(ids) <= MAX_DELETED_AT_ONCE:
            raise bad_request("wrong number of message identifiers specified")
        for post in [chat.posts[one] for one in ids if one in chat.posts]:
            self.chats.change(chat, post, deleted=True)
        return True

    async def answer_callback_query(self, given: Parameters) -> Any:
        query = given.text("callback_query_id")
        if len(given.text("text")) > MAX_TOAST:
            raise bad_request("MESSAGE_TOO_LONG")
        if self.open_queries.pop(query, None) is None:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        self.answered.append((query, given.text("text")))
        return True

    async def send_chat_action(self, given: Parameters) -> Any:
        chat, action = self._chat(given), given.text("action")
        if action not in ACTIONS:
            raise bad_request("wrong parameter action in request")
        self.chats.acted(chat, action)
        return True

    def _chat(self, given: Parameters) -> Chat:
        if "chat_id" not in given.values:
            raise bad_request("chat_id is empty")
        return self.chats.find(given.number("chat_id"))


def _answered(chat: Chat, given: Parameters) -> int | None:
    """The message that is answered; one that is gone may be done without."""
    answered = given.json("reply_parameters")
    if not answered:
        return None
    post = chat.posts.get(int(answered["message_id"]))
    if (post is None or post.deleted) and not answered.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return post.id if post and not post.deleted else None
