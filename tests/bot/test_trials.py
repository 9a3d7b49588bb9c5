"""Under a moved clock nothing is erased, unless the database was made for that."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.running import sweep
from bot.settings import Settings
from tests.fakes.chats import World
from tests.fakes.operators import Operator
from tests.fakes.records import Records

HOUSEHOLDS = Path(__file__).parents[2] / "bot/demo_households.yml"


def later(world: World, testing: str, offset: float = 1.0) -> Settings:
    return world.app.settings.model_copy(update={"testing": testing, "clock_offset": offset})


def swept(world: World, settings: Settings) -> bool:
    """Whether what was said long ago is gone after a sweep."""
    world.chat().say("hello")
    world.clock.advance(days=400)
    sweep(replace(world.app, settings=settings))
    return Records(world).rows("SELECT count(*) FROM conversation_event") == [(0,)]


def mark(world: World) -> None:
    with world.app.database.write() as uow:
        uow.known_keys.mark_for_tests()


@pytest.mark.parametrize("testing", ["1", "erase"])
def test_nothing_of_real_people_is_erased_under_a_moved_clock(world: World, testing: str) -> None:
    assert not swept(world, later(world, testing))


def test_nothing_is_erased_in_a_trial_that_may_not_erase(world: World) -> None:
    mark(world)
    assert not swept(world, later(world, "1"))


def test_a_trial_from_the_start_that_may_erase_erases(world: World) -> None:
    mark(world)
    assert swept(world, later(world, "erase"))


def test_under_the_clock_on_the_wall_everything_is_as_it_always_is(world: World) -> None:
    assert swept(world, later(world, "1", 0.0))


def test_a_request_still_ends_under_a_moved_clock(world: World, records: Records) -> None:
    lea = next(it for it in records.household().members if it.username == "lea")
    with world.app.database.write() as uow:
        uow._connection.exec_driver_sql(
            "INSERT INTO access_request (member_id, status, created_at, expires_at) VALUES"
            f" ({lea.id}, 'open', '2026-03-01 00:00:00', '2026-03-08 00:00:00')"
        )
    assert not swept(world, later(world, "1"))
    assert records.rows("SELECT status FROM access_request") == [("expired",)]


@pytest.mark.parametrize(("testing", "marks"), [("", 0), ("1", 1), ("erase", 1)])
def test_only_a_database_that_begins_in_a_trial_is_marked(
    tmp_path: Path, testing: str, marks: int, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "new.db"
    operator = Operator(f"sqlite:///{file}")
    assert operator.foyer("import", str(HOUSEHOLDS), FOYER_TESTING=testing).exit_code == 0
    assert count_marks(file) == marks
    assert ("THIS IS A TRIAL" in caplog.text) == bool(testing)


def test_a_database_of_real_people_is_never_marked_afterwards(tmp_path: Path) -> None:
    file = tmp_path / "real.db"
    operator = Operator(f"sqlite:///{file}")
    assert operator.foyer("import", str(HOUSEHOLDS), FOYER_TESTING="").exit_code == 0
    assert operator.foyer("import", str(HOUSEHOLDS), FOYER_TESTING="erase").exit_code == 0
    assert count_marks(file) == 0


def count_marks(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM made_for_tests").fetchone()[0])
