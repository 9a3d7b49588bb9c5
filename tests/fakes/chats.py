"""A whole Foyer on a scratch database, and people who chat with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.app import App
from bot.channels.channel import Incoming
from bot.chats import ChatKey
from bot.dialogue.inbox import Done
from bot.dialogue.message import Message
from storage.messages.conversations import ConversationRow
from storage.messages.outbox_rows import OutboxRow
from tests.fakes.clock import ManualClock

CHANNEL = "rest"
ATTEMPTS = 3


@dataclass(slots=True)
class World:
    """The product, its clock, and what was mailed."""

    app: App
    clock: ManualClock
    mailbox: list[OutboxRow] = field(default_factory=list)

    def _repr_pretty_(self, printer: Any, _: bool) -> None:
        """Spelt out, as every example of a property is, it would be a hundred megabytes."""
        printer.text("the world")

    def chat(
        self,
        name: str = "chat-1",
        person: str | None = None,
        *,
        channel: str = CHANNEL,
        bot_id: str = "",
    ) -> "Chat":
        """Return a chat; on another channel than REST its replies wait to be sent."""
        return Chat(self, name, person or name, channel=channel, bot_id=bot_id or channel)

    def collect_mails(self) -> list[OutboxRow]:
        """Take what waits to be mailed, as the mail sender would, and keep it."""
        with self.app.database.write() as uow:
            uow.forgotten.answer(1000)
            fresh = uow.outbox.due_mails(1000)
            for row in fresh:
                uow.outbox.sent(row)
        self.mailbox += fresh
        return fresh

    def newest(self, kind: str) -> OutboxRow:
        self.collect_mails()
        return [row for row in self.mailbox if row.template == kind][-1]

    def code(self) -> str:
        return self.newest("one_time_code").secrets["code"]


@dataclass(slots=True)
class Chat:
    """One person in one chat."""

    world: World
    name: str
    person: str
    replies: list[OutboxRow] = field(default_factory=list)
    channel: str = CHANNEL
    bot_id: str = CHANNEL
    _numbers: Any = field(default_factory=lambda: count(1))

    def say(self, text: str, *, language: str | None = None) -> list[str]:
        """Type a message; the texts of its replies."""
        return self.send(Message(text, language=language))

    def tap(self, title: str) -> list[str]:
        """Tap the newest button whose title begins with `title`."""
        buttons = [button for reply in self.replies for button in reply.buttons]
        chosen = [b["payload"] for b in buttons if b["title"].startswith(title)]
        assert chosen, f"no button {title!r} among {[b['title'] for b in buttons]}"
        return self.post(chosen[-1])

    def post(self, button_id: str) -> list[str]:
        return self.send(Message("", button=button_id))

    def sign_in(self, username: str) -> list[str]:
        """Answer the two questions of the verification."""
        self.say(username)
        return self.say(self.world.code())

    def templates(self) -> list[str]:
        """Which responses the last turn used."""
        return [reply.template for reply in self.replies]

    def titles(self) -> list[str]:
        """The buttons of the last turn."""
        return [button["title"] for reply in self.replies for button in reply.buttons]

    @property
    def row(self) -> ConversationRow:
        with self.world.app.database.read() as uow:
            found = uow.conversations.find(self.channel, self.bot_id, self.name)
        assert found is not None
        return found

    @property
    def slots(self) -> Mapping[str, Any]:
        slots: Mapping[str, Any] = self.row.state["slots"]
        return slots

    def receive(self, message: Message) -> int:
        """Only put a message into the inbox."""
        chat = ChatKey(self.channel, self.bot_id, self.name)
        incoming = Incoming(chat, str(next(self._numbers)), self.person, message)
        inbox_id, _ = self.world.app.intake.receive(incoming)
        return inbox_id

    def receive_text(self, text: str) -> int:
        return self.receive(Message(text))

    def work_off(self) -> None:
        while self.work_off_one():
            pass

    def work_off_one(self) -> bool:
        """Run one turn, if one waits."""
        turns = self.world.app.turns
        return isinstance(turns.run_next(self.channel, self.bot_id, self.name), Done)

    def send(self, message: Message) -> list[str]:
        """Send any message; the texts of its replies."""
        self.world.clock.advance(seconds=1)
        inbox_id = self.receive(message)
        self.work_off()
        with self.world.app.database.read() as uow:
            self.replies = uow.outbox.replies(inbox_id)
        return [reply.text or "" for reply in self.replies]
