"""What a transaction leaves to be done is written down with it, once, for one process."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from importlib.resources import files
from itertools import permutations
from pathlib import Path

import psycopg
import pytest

import storage
from storage.database import Database
from storage.keys import Keys
from storage.work import TURNS, Taken, Work, turns_of
from tests.fakes.clock import ManualClock
from tests.fakes.threads import in_parallel

pytestmark = pytest.mark.postgresql

ANA = ("rest", "rest", "ana")
JOBS = "SELECT lock, status::text FROM procrastinate.procrastinate_jobs ORDER BY id"


@pytest.fixture
def database(postgresql_url: str, clock: ManualClock, keys: Keys) -> Iterator[Database]:
    opened = Database(postgresql_url, clock=clock, keys=keys)
    yield opened
    opened.close()


class _GoneError(Exception):
    """The connection broke."""


@dataclass(slots=True)
class TwoHands:
    """A process that would do everything itself."""

    worker: int
    taken: list[Taken] = field(default_factory=list)

    def worker_for(self, lane: str) -> int | None:
        return self.worker

    def job_over_with(self, row: int) -> int | None:
        return next((each.job_id for each in self.taken if each.row == row), None)

    def take(self, taken: Sequence[Taken]) -> None:
        self.taken += taken

    def over(self, row: int) -> None:
        self.taken = [each for each in self.taken if each.row != row]


@pytest.fixture
def hands(database: Database, postgresql_url: str) -> TwoHands:
    new = "INSERT INTO procrastinate.procrastinate_workers DEFAULT VALUES RETURNING id"
    with psycopg.connect(postgresql_url) as connection:
        [worker] = connection.execute(new).fetchone() or (0,)
    hired = TwoHands(worker)
    database.hire(hired)
    return hired


def jobs(url: str) -> list[tuple[str, str]]:
    with psycopg.connect(url) as connection:
        return [(lock, status) for lock, status in connection.execute(JOBS)]


def say(database: Database, number: int, chat: tuple[str, str, str] = ANA) -> int:
    with database.write() as uow:
        row, _ = uow.inbox.put(*chat, str(number), chat[2], {"text": "hello"})
    return row


def test_a_message_is_stored_with_its_job(database: Database, postgresql_url: str) -> None:
    say(database, 1)
    assert jobs(postgresql_url) == [(turns_of(*ANA).lock, "todo")]


def test_what_is_rolled_back_leaves_no_job(database: Database, postgresql_url: str) -> None:
    with suppress(_GoneError), database.write() as uow:
        uow.inbox.put(*ANA, "1", "ana", {"text": "hello"})
        raise _GoneError
    assert jobs(postgresql_url) == []


def test_however_much_waits_in_a_chat_one_job_does(database: Database, postgresql_url: str) -> None:
    for number in range(5):
        say(database, number)
    assert len(jobs(postgresql_url)) == 1


def test_a_name_of_any_length_and_any_letters_has_its_job(
    database: Database, postgresql_url: str
) -> None:
    for number, name in enumerate(("ana\0", "a\ud800", "é" * 5000, "😀" * 255)):
        say(database, number, ("rest", "rest", name))
    assert len(jobs(postgresql_url)) == 4


def test_a_free_hand_takes_on_what_its_own_transaction_leaves(
    database: Database, postgresql_url: str, hands: TwoHands
) -> None:
    row = say(database, 1)
    assert jobs(postgresql_url) == [(turns_of(*ANA).lock, "doing")]
    assert [(each.work, each.row) for each in hands.taken] == [(turns_of(*ANA), row)]


def test_what_is_in_hand_is_not_taken_on_twice(
    database: Database, postgresql_url: str, hands: TwoHands
) -> None:
    say(database, 1)
    say(database, 2)
    say(database, 3)
    assert [status for _, status in jobs(postgresql_url)] == ["doing", "todo"]
    assert len(hands.taken) == 1


def test_a_turn_ends_its_job_in_its_own_transaction(
    database: Database, postgresql_url: str, hands: TwoHands
) -> None:
    row = say(database, 1)
    with suppress(_GoneError), database.write(request_id=row) as uow:
        uow.inbox.finish(row)
        raise _GoneError
    assert [status for _, status in jobs(postgresql_url)] == ["doing"]
    with database.write(request_id=row) as uow:
        uow.inbox.finish(row)
    assert jobs(postgresql_url) == []
    assert hands.taken == []


def test_a_worker_that_was_forgotten_takes_nothing_on_and_nothing_is_lost(
    database: Database, postgresql_url: str, hands: TwoHands
) -> None:
    hands.worker += 1
    say(database, 1)
    assert [status for _, status in jobs(postgresql_url)] == ["todo"]


@pytest.mark.parametrize("waits_already", [False, True])
def test_what_a_silent_process_had_in_hand_is_free_for_others_once(
    database: Database, postgresql_url: str, hands: TwoHands, waits_already: bool
) -> None:
    say(database, 1)
    if waits_already:
        say(database, 2)
    with database.write() as uow:
        assert uow.jobs.recover(timedelta(minutes=1)) == 0
    with psycopg.connect(postgresql_url) as connection:
        connection.execute(
            "UPDATE procrastinate.procrastinate_workers"
            " SET last_heartbeat = now() - interval '5 seconds'"
        )
    with database.write() as uow:
        uow.jobs.recover(timedelta(seconds=4))
    assert [status for _, status in jobs(postgresql_url)] == ["todo"]


def test_rows_without_a_job_get_one_and_the_others_no_second(
    database: Database, postgresql_url: str
) -> None:
    say(database, 1)
    with database.write() as uow:
        uow.jobs.leave_what_has_none([turns_of(*ANA), Work(TURNS, "ben")])
    assert [lock for lock, _ in jobs(postgresql_url)] == [turns_of(*ANA).lock, "turns ben"]


def test_what_can_wait_is_wanted_as_early_as_anybody_wants_it(
    database: Database, postgresql_url: str
) -> None:
    for minutes in (5, 1, 3):
        with database.write() as uow:
            uow.jobs.leave(Work(TURNS, "ana"), timedelta(minutes=minutes))
    with psycopg.connect(postgresql_url) as connection:
        query = "SELECT scheduled_at - now() FROM procrastinate.procrastinate_jobs"
        [[wait]] = connection.execute(query).fetchall()
    assert timedelta(seconds=50) < wait <= timedelta(minutes=1)


def test_those_who_write_in_any_order_never_wait_for_each_other(database: Database) -> None:
    orders = list(permutations(range(4)))

    def write(number: int) -> None:
        for _ in range(10):
            with database.write() as uow:
                for chat in orders[number]:
                    uow.jobs.leave(Work(TURNS, str(chat)))

    in_parallel(8, write)


def test_the_tables_of_the_engine_are_those_of_the_installed_package() -> None:
    """A newer one that brings others needs a migration of ours, which runs its scripts."""
    kept = Path(storage.__file__ or "").parent / "migrations" / "engine"
    shipped = files("procrastinate.sql").joinpath("schema.sql").read_text("utf-8")
    assert (kept / "procrastinate_3_10.sql").read_text("utf-8") == shipped
