"""A long file: taken in chunk after chunk, stopped anywhere, and run again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from threading import Event
from time import sleep
from typing import Any

import pytest
from sqlalchemy import text

from bot.importing import load_file
from bot.importing.loading import CHUNK
from bot.importing.report import LINES, Report
from storage.audit.linking import _OVERLAP
from storage.database import Database
from storage.households.importing.records import HouseholdRecord, MemberRecord
from storage.keys import Keys
from tests.fakes.clock import ManualClock
from tests.fakes.households import OPERATOR, record_of
from tests.fakes.threads import in_parallel
from tests.importing.conftest import HOUSEHOLDS, records, write

TABLES = ("household", "member", "credential", "access_right", "audit", "outbox")
SMALL = 6
"""Two households of a holder and a secondary user."""


class KilledError(Exception):
    """Stands for `kill -9`: nothing is done after it."""


class Killer:
    """Waits for an import, and ends it after so many steps."""

    def __init__(self, after: int) -> None:
        self.left = after

    def begin(self, doing: str, households: int | None, done: int) -> None:
        self.go_on(0)

    def go_on(self, households: int) -> None:
        self.left -= 1
        if self.left < 0:
            raise KilledError


def load(database: Database, file: Path, **options: Any) -> Report:
    return load_file(database, file, chunk=SMALL, **options)


def counts(database: Database) -> dict[str, int]:
    with database._engine.connect() as connection:
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in TABLES
        }


def people(database: Database) -> list[tuple[Any, ...]]:
    statement = (
        "SELECT account_number, username, role, seat, status, email FROM member "
        "JOIN household ON household.id = household_id ORDER BY account_number, seat"
    )
    with database._engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def audit_is_whole(database: Database) -> bool:
    with database.read() as uow:
        return not uow.audit_verifying.verify().flaws


@pytest.mark.parametrize("killed_after", range(10))
def test_killed_anywhere_and_run_again_it_is_as_if_nothing_had_happened(
    database: Database, file: Path, killed_after: int
) -> None:
    try:
        load(database, file, watch=Killer(killed_after))
    except KilledError:
        before = counts(database)
        assert before["household"] % 2 == 0, "a chunk is there whole or not at all"
    report = load(database, file)
    assert report.counts["created"] + report.counts["kept"] == 3 * HOUSEHOLDS
    assert counts(database) == {
        "household": HOUSEHOLDS,
        "member": 2 * HOUSEHOLDS,
        "credential": 0,
        "access_right": HOUSEHOLDS,
        "audit": 3 * HOUSEHOLDS,
        "outbox": 0,
    }
    assert audit_is_whole(database)


def test_it_goes_on_where_it_was_and_looks_at_nothing_twice(database: Database, file: Path) -> None:
    with pytest.raises(KilledError):
        load(database, file, watch=Killer(6))
    done = counts(database)["household"]
    assert 0 < done < HOUSEHOLDS
    report = load(database, file)
    assert len(report.lines) == 3 * (HOUSEHOLDS - done)
    assert report.counts["created"] == 3 * HOUSEHOLDS


def test_what_was_left_long_ago_is_looked_at_from_the_beginning(
    database: Database, clock: ManualClock, file: Path
) -> None:
    with pytest.raises(KilledError):
        load(database, file, watch=Killer(6))
    done = counts(database)["household"]
    clock.advance(days=1)
    report = load(database, file)
    assert (report.counts["kept"], report.counts["created"]) == (3 * done, 3 * (HOUSEHOLDS - done))


def test_another_file_does_not_go_on_where_the_first_was_stopped(
    database: Database, file: Path, tmp_path: Path
) -> None:
    with pytest.raises(KilledError):
        load(database, file, watch=Killer(6))
    longer = write(tmp_path / "longer.jsonl", [record_of("90219999"), *records()])
    load(database, longer)
    assert counts(database)["household"] == HOUSEHOLDS + 1


def test_the_same_file_again_writes_nothing(database: Database, file: Path) -> None:
    load(database, file)
    with database._engine.connect() as connection:
        dump = [connection.execute(text(f"SELECT * FROM {name}")).all() for name in TABLES]
    report = load(database, file)
    assert report.counts == {"kept": 3 * HOUSEHOLDS}
    with database._engine.connect() as connection:
        assert dump == [connection.execute(text(f"SELECT * FROM {name}")).all() for name in TABLES]


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_a_file_and_the_size_of_its_chunks_make_no_difference(
    database: Database, file: Path, seed: int
) -> None:
    """All houses are full and somebody of each moves one on: who comes first finds no seat."""
    there = [record_of(f"9021{number:04d}", secondaries=5) for number in range(HOUSEHOLDS)]
    load(database, write(file, there))
    moved = [
        replace(record, members=(*record.members[:5], there[index - 1].members[5]))
        for index, record in enumerate(there)
    ]
    chance = Random(seed)
    report = load_file(
        database,
        write(file, chance.sample(moved, HOUSEHOLDS)),
        overwrite=["household"],
        chunk=chance.randint(1, 40),
    )
    assert not report.refused
    now = {(row[0], row[1]) for row in people(database)}
    assert now == {(home.account_number, it.username) for home in moved for it in home.members}
    assert audit_is_whole(database)


def latecomer(home: HouseholdRecord) -> MemberRecord:
    """A seventh."""
    name = f"late-{home.account_number}"
    return replace(home.members[1], username=name, email="late@example.com")


def test_what_does_not_fit_is_refused_alone_with_its_line(database: Database, file: Path) -> None:
    full = record_of("90210002", secondaries=5)
    load(database, write(file, [full]))
    seven = replace(full, members=(full.members[0], latecomer(full)))
    report = load(database, write(file, [*records(2), seven, *records(6)[3:]]))
    assert [problem.describe(Path("people.jsonl")) for problem in report.refused] == [
        "people.jsonl:3: members[1].role: no place is left for this role in that household"
    ]
    assert counts(database)["household"] == HOUSEHOLDS
    assert report.summary()[-1] == "15 created, 0 changed, 0 left, 0 kept, 1 refused"


def test_twenty_that_do_not_fit_keep_out_nobody_else(database: Database, file: Path) -> None:
    full = [record_of(f"9{number}", secondaries=5) for number in range(100, 130)]
    load(database, write(file, full))
    late = [replace(home, members=(home.members[0], latecomer(home))) for home in full]
    report = load_file(database, write(file, [*late, *records()]))
    assert len(report.refused) == len(full)
    assert report.counts["created"] == 3 * HOUSEHOLDS


def test_only_so_many_changes_are_told_one_by_one(database: Database, file: Path) -> None:
    report = load_file(database, write(file, records(LINES)))
    assert report.summary()[LINES:] == [
        f"and {2 * LINES} more",
        f"{3 * LINES} created, 0 changed, 0 left, 0 kept",
    ]


@pytest.mark.postgresql
def test_two_imports_at_once_make_every_household_once(
    postgresql_url: str, clock: ManualClock, keys: Keys, file: Path
) -> None:
    database = Database(postgresql_url, clock=clock, keys=keys)
    reports = in_parallel(2, lambda _: load(database, file))
    assert counts(database)["member"] == 2 * HOUSEHOLDS
    told = [sum(report.counts.values()) for report in reports]  # whoever made them
    assert told == [3 * HOUSEHOLDS] * 2
    assert audit_is_whole(database)
    database.close()


@pytest.mark.postgresql
def test_who_is_made_elsewhere_at_the_same_moment_is_there_and_not_in_the_way(
    postgresql_url: str, clock: ManualClock, keys: Keys, file: Path
) -> None:
    database = Database(postgresql_url, clock=clock, keys=keys)
    written = Event()

    def elsewhere() -> None:
        with database.write() as uow:
            uow.importing.apply(OPERATOR, records()[2:3])
            written.set()
            sleep(0.3)  # the import waits for what becomes of it

    def here() -> Report:
        written.wait(5)
        return load(database, file)

    works: list[Callable[[], Report | None]] = [elsewhere, here]
    _, report = in_parallel(2, lambda number: works[number]())
    assert report is not None
    assert report.counts == {"created": 3 * (HOUSEHOLDS - 1), "kept": 3}
    assert counts(database)["member"] == 2 * HOUSEHOLDS
    assert audit_is_whole(database)
    database.close()


def test_a_chunk_is_within_what_the_chain_over_all_households_looks_at_again() -> None:
    """Else entries that were numbered early and committed late would never be linked."""
    assert 2 * CHUNK <= _OVERLAP
