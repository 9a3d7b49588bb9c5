"""A household on SQLite, its holder and Léo, in chats in which nobody types."""

import pytest

from storage.database import Database
from storage.keys import Keys
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock
from tests.fakes.households import start_chat, verify
from tests.fakes.playing import Player


@pytest.fixture
def database(sqlite_url: str, clock: ManualClock, keys: Keys) -> Database:
    return Database(sqlite_url, clock=clock, keys=keys)


@pytest.fixture
def desk(database: Database, clock: ManualClock) -> Desk:
    return Desk.make(database, clock)


@pytest.fixture
def holder(desk: Desk) -> Player:
    assert desk.holder
    return Player(desk.database, desk.account)


@pytest.fixture
def leo(desk: Desk) -> Player:
    verify(desk.database, f"second1-{desk.account}", start_chat(desk.database, "Léo's chat"))
    return Player(desk.database, "Léo's chat")
