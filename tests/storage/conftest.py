"""What several tests of the system of record start from."""

import pytest

from storage.database import Database
from tests.fakes.changes import Desk
from tests.fakes.clock import ManualClock


@pytest.fixture
def desk(database: Database, clock: ManualClock) -> Desk:
    return Desk.make(database, clock)
