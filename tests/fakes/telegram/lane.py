"""The agents' group on a Bot API of the tests, and the sender that speaks to it step by step."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import SecretStr

from bot.channels.sending import Sender
from bot.channels.telegram.channel import TelegramChannel
from bot.handoff.desk import DeskKey
from bot.handoff.message import DeskMessage
from storage.limits import DESK_PAUSE
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.clock import ManualClock
from tests.fakes.telegram.chats import Post
from tests.fakes.telegram.server import TOKEN, BotApi
from tests.fakes.texts import shipped_texts

GROUP = -1_001_234_567
KEY = DeskKey("telegram", TOKEN.partition(":")[0], str(GROUP))
MOST_INTERVALS = 200
NADIA = "8000001"
PEOPLE = {NADIA: "Nadia", "8000002": "Tom & Co"}


@dataclass(slots=True)
class Lane:
    """The group, and the sender that speaks to it whenever the clock has moved."""

    world: World
    agents: Agents
    api: BotApi
    channel: TelegramChannel
    sender: Sender
    runner: asyncio.Runner

    @property
    def desk(self) -> int:
        with self.world.app.database.write() as uow:
            return uow.conversations.ensure(*KEY)

    def look(self) -> None:
        """Have the bot look at the group, as it does when somebody joins."""
        assert self.channel.agents is not None
        self.runner.run(self.channel.agents.read({"update_id": 1, "chat_member": {}}))

    def posts(self) -> list[Post]:
        """What the bot has said to the agents, in order."""
        return [post for post in self.api.chats.find(GROUP).posts.values() if post.by_bot]

    def interval(self) -> list[Post]:
        """Let one sending interval pass; what the agents see then that they did not see before."""
        before = self.posts()
        self.runner.run(self.sender.send(self.desk))
        self.world.clock.advance(seconds=DESK_PAUSE.total_seconds())
        return [post for post in self.posts() if post not in before]

    def quiet(self) -> list[Post]:
        """Let everything leave; what came meanwhile."""
        before = self.posts()
        for _ in range(MOST_INTERVALS):
            waits = self.runner.run(self.sender.send(self.desk))
            self.world.clock.advance(seconds=DESK_PAUSE.total_seconds())
            if waits is None:
                break
        return [post for post in self.posts() if post not in before]

    def chat(self, name: str) -> Chat:
        shape = {"id": int(name), "type": "private", "first_name": "Diane"}
        self.api.chats.add(int(name), shape)
        return self.world.chat(name, channel="telegram")

    def case_of(self, chat: Chat) -> tuple[int, str]:
        with self.world.app.database.read() as uow:
            case = uow.handoffs.newest_of(chat.row.id)
        assert case is not None
        return case.id, case.topic_id or ""

    def claimed(self, name: str) -> Chat:
        """A chat that Nadia has claimed."""
        chat = self.chat(name)
        chat.say("I want to talk to a person")
        self.quiet()
        self.from_nadia(chat, DeskMessage("", button="claim"))
        self.quiet()
        return chat

    def from_nadia(self, chat: Chat, message: DeskMessage) -> None:
        _, topic = self.case_of(chat)
        self.agents.receive(NADIA, message, topic)
        self.agents.work_off(topic)


@contextmanager
def lane_of(world: World, clock: ManualClock) -> Iterator[Lane]:
    """The group of that Foyer, on a Bot API whose minutes are those of the clock."""
    with BotApi() as api, asyncio.Runner() as runner:
        api.methods.forum.open(GROUP, {int(person): name for person, name in PEOPLE.items()})
        api.methods.forum.now = lambda: clock().timestamp()
        settings = world.app.settings.model_copy(
            update={
                "telegram_api_url": api.url,
                "telegram_token": SecretStr(TOKEN),
                "telegram_support_group": GROUP,
            }
        )
        database = world.app.database
        channel = TelegramChannel(
            settings, database, token=TOKEN, secrets=["s"], menu=(), texts=shipped_texts()
        )
        agents = Agents(world, key=KEY)
        agents.are(PEOPLE)
        yield Lane(world, agents, api, channel, Sender(database, channel, world.app.agents), runner)
        runner.run(channel.close())
        assert api.methods.forum.refused == 0, "the group's limit was kept"
