"""Updates that come in side by side, as webhook calls do, whatever the messenger is."""

import asyncio
from pathlib import Path
from typing import Any, cast

from sqlalchemy.exc import OperationalError

from bot.channels.intake import Intake
from bot.channels.masking import Masks
from bot.channels.receiving import Receiver
from bot.channels.sending import Sender
from bot.chats import ChatKey
from bot.dialogue.inbox import Done
from bot.work.port import Engine
from intents.secrets.private import Private
from storage.database import Database
from storage.keys import Keys
from tests.fakes.clock import ManualClock
from tests.fakes.pigeon import CHANNEL, Pigeon

BURST = 40


class NobodyAtWork:
    """What is stored stays to be worked off."""

    async def work_off(self, chat: ChatKey) -> Done | None:
        return None


def nothing_private(typed: str) -> list[Private]:
    return []


def receiver_on(database: Database, keys: Keys) -> Receiver:
    pigeon, engine = Pigeon(), cast("Engine", NobodyAtWork())
    intake = Intake(database, Masks(keys, nothing_private))
    return Receiver(pigeon, intake, engine, Sender(database, pigeon))


def update(number: int) -> dict[str, Any]:
    return {"from": number, "number": number, "words": "hi", "kind": "text", "drawing": None}


def waiting(database: Database) -> set[int]:
    with database.read() as uow:
        return {int(chat) for channel, _, chat in uow.inbox.waiting() if channel == CHANNEL}


def test_what_comes_at_once_is_stored_although_some_callers_hang_up(
    database: Database, keys: Keys
) -> None:
    async def burst() -> list[Any]:
        receiver = receiver_on(database, keys)
        calls = [asyncio.create_task(receiver.receive([update(n)])) for n in range(1, BURST + 1)]
        await asyncio.sleep(0)
        for call in calls[::2]:
            call.cancel()
        return await asyncio.gather(*calls, return_exceptions=True)

    heard = asyncio.run(burst())
    assert [one for one in heard[1::2] if one is not None] == []
    assert waiting(database) == set(range(1, BURST + 1))


def test_when_nothing_can_be_stored_every_caller_hears_so_and_the_next_try_works(
    tmp_path: Path, clock: ManualClock, keys: Keys
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'not-yet-there.db'}", clock=clock, keys=keys)

    async def try_twice() -> list[Any]:
        receiver = receiver_on(database, keys)
        calls = [receiver.receive([update(number)]) for number in range(1, 6)]
        heard = await asyncio.gather(*calls, return_exceptions=True)
        database.migrate()
        await receiver.receive([update(number) for number in range(1, 6)])
        return heard

    heard = asyncio.run(try_twice())
    assert [one for one in heard if not isinstance(one, OperationalError)] == []
    assert waiting(database) == set(range(1, 6))
    database.close()
