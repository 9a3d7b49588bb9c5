"""One address that asks for pages without end: all processes count it together."""

import time

import pytest
from sqlalchemy import text

from bot.web.rate_limit import RateLimit
from bot.web.visits import Visits
from bot.web.words import PageWords
from storage.database import Database
from storage.keys import Keys
from storage.limits import PAGE_SHARES, PAGE_WINDOW, PROOFS_KEPT
from tests.conftest import SECRET
from tests.fakes.clock import ManualClock
from tests.web.conftest import served
from tests.web.visits import Browser

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]

PATIENCE = 10
"""Seconds; whoever waits for a writer of SQLite does so for thirty."""


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


def process(database: Database, words: PageWords, clock: ManualClock, share: int = 1) -> Browser:
    """A visitor of a process that has just begun."""
    visits = Visits(Keys("for tests only " * 2), secure=False)
    return Browser(served(database, words, clock, visits, RateLimit(database, share)))


def asks(browser: Browser, times: int) -> list[int]:
    return [browser.get("/forgot").status_code for _ in range(times)]


def rows(database: Database) -> int:
    with database.read() as uow:
        counted = uow._connection.execute(text("SELECT count(*) FROM page_flood"))
        return int(counted.scalar_one())


def test_what_was_asked_of_one_process_counts_in_all_of_them(
    database: Database, words: PageWords, clock: ManualClock
) -> None:
    some, others = process(database, words, clock), process(database, words, clock)
    assert asks(some, 20) + asks(others, 10) == [200] * PAGE_SHARES
    assert (asks(some, 1), asks(others, 1)) == ([429], [429])
    assert asks(process(database, words, clock), 1) == [429], "a restart forgets nothing"
    clock.advance(seconds=PAGE_WINDOW.total_seconds())
    assert asks(process(database, words, clock), 1) == [200]


def test_a_flood_writes_a_row_for_each_share_and_none_while_it_is_held_off(
    database: Database, words: PageWords, clock: ManualClock
) -> None:
    browser = process(database, words, clock, share=3)
    assert asks(browser, 92) == [200] * 92
    assert rows(database) == PAGE_SHARES
    assert asks(browser, 20) == [429] * 20
    assert rows(database) == PAGE_SHARES


@pytest.mark.parametrize("elsewhere", [False, True], ids=["here", "another process"])
def test_a_page_waits_for_nobody_who_writes_and_a_flood_is_held_off_all_the_same(
    database: Database, database_url: str, words: PageWords, clock: ManualClock, *, elsewhere: bool
) -> None:
    writer = Database(database_url, clock=clock, keys=Keys(SECRET)) if elsewhere else database
    began = time.monotonic()
    with writer.write() as uow:
        uow.conversations.locked("rest", "rest", "ana")
        answers = asks(process(database, words, clock), PAGE_SHARES + 2)
    assert answers == [200] * PAGE_SHARES + [429] * 2
    assert time.monotonic() - began < PATIENCE
    if elsewhere:
        writer.close()
    with database.write_if_free() as free:
        assert free is not None, "whoever gave up stands in nobody's way"


def test_no_address_is_written_down_and_all_is_soon_forgotten(
    database: Database, clock: ManualClock
) -> None:
    with database.write() as uow:
        assert uow.page_floods.enter("203.0.113.9")
        [kept] = uow._connection.execute(text("SELECT source_digest FROM page_flood")).scalars()
    assert "203.0.113.9" not in kept
    clock.advance(seconds=PAGE_WINDOW.total_seconds() + 1)
    with database.write() as uow:
        uow.sweeping.sweep_messages(keep=PROOFS_KEPT)
    assert rows(database) == 0
