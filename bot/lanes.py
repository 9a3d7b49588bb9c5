"""What there is to do in a process that works: turns, replies to be sent, mails."""

import asyncio
import json
from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.channels.dispatcher import Dispatcher
from bot.channels.line import Line
from bot.channels.typing import while_typing
from bot.chats import ChatKey
from bot.mail.sender import MailSender
from bot.rounds import rounds
from bot.work.port import Lane
from storage.database import Database
from storage.work import CHATS, MAILS, TURNS, turns_of

LEFT_OVER_SECONDS = 1.0
"""How often the only process looks through the inbox for what was left undone."""


def turns_lane(dispatcher: Dispatcher, lines: Sequence[Line]) -> Lane:
    """Return the messages that wait to be worked off, by chat."""
    messengers = {line.messenger.name: line.messenger for line in lines}

    async def work(key: str, until: int | None) -> timedelta | None:
        chat = ChatKey(*json.loads(key))
        turns = dispatcher.work_through(chat, until=until)
        messenger = messengers.get(chat.channel)
        return await (turns if messenger is None else while_typing(messenger, chat, turns))

    def left_over() -> Iterable[str]:
        return [turns_of(*chat).key for chat in dispatcher.waiting()]

    async def alone(stop: asyncio.Event) -> None:
        await rounds(dispatcher.run_waiting, LEFT_OVER_SECONDS, stop)

    return Lane(TURNS, work, left_over, alone)


def chats_lane(database: Database, lines: Sequence[Line]) -> Lane:
    """Return the replies that wait to be sent, and what agents are shown, by conversation."""
    by_bot = {(line.messenger.name, line.messenger.bot_id): line for line in lines}

    def line_of(conversation: int) -> Line | None:
        """Return its line; None: of a channel that fetches its replies, or that is not here."""
        with database.read() as uow:
            chat = uow.conversations.chat_of(conversation)
        return None if chat is None else by_bot.get(chat[:2])

    async def work(key: str, _: int | None) -> timedelta | None:
        line = await asyncio.to_thread(line_of, int(key))
        return None if line is None else await line.sender.send(int(key))

    def left_over() -> Iterable[str]:
        return [str(conversation) for line in lines for conversation in line.sender.due()]

    async def alone(stop: asyncio.Event) -> None:
        await asyncio.gather(*(line.sender.run(stop) for line in lines))

    return Lane(CHATS, work, left_over, alone)


def mails_lane(sender: MailSender) -> Lane:
    """Return the mails that wait to be sent, by shard."""

    async def work(key: str, _: int | None) -> timedelta | None:
        return await sender.work(key)

    return Lane(MAILS, work, sender.due_shards, sender.run, sender.end)
