"""Two processes on one PostgreSQL, as far as the engine can tell."""

from collections.abc import Iterator

import pytest

from storage.database import Database
from storage.keys import Keys
from tests.fakes.clock import ManualClock


@pytest.fixture
def databases(postgresql_url: str, clock: ManualClock, keys: Keys) -> Iterator[list[Database]]:
    opened = [Database(postgresql_url, clock=clock, keys=keys) for _ in range(2)]
    yield opened
    for database in opened:
        database.close()
