"""`kill -9` at random moments: nothing is lost, and nothing happens twice."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from tests.e2e.busy_people import PATIENCE, Addition, BusyPeople
from tests.e2e.ledger import Ledger, open_database
from tests.e2e.mailbox import Mailbox
from tests.e2e.rest import connect
from tests.e2e.server import Server
from tests.fakes.households import OPERATOR, record_of
from tests.fakes.scale import SCALE

pytestmark = [pytest.mark.slow, pytest.mark.soak]

KILLS = max(1, round(100 * SCALE))
SEED = 20260302
CHATS = 6
LIFE = (0.0, 2.0)
"""Seconds between being ready and being killed; the first of them go to what was left over."""
HOUSEHOLDS_PER_LIFE = 25

UNFINISHED_MAIL = "SELECT count(*) FROM outbox WHERE sent_at IS NULL"
UNFINISHED_TURNS = "SELECT count(*) FROM inbox WHERE done_at IS NULL"
DRAINED_WITHIN = 90.0
"""Seconds; a mail whose sender was killed is taken up again after fifteen, then thirty."""


def test_killed_at_random_moments_nothing_is_lost_and_nothing_happens_twice(
    tmp_path: Path, sqlite_url: str, mailbox: Mailbox
) -> None:
    accounts = [f"{9000000 + n}" for n in range(KILLS * HOUSEHOLDS_PER_LIFE)]
    move_in(sqlite_url, accounts)
    ledger = Ledger(sqlite_url)
    server = Server(tmp_path, sqlite_url, mailbox.port)
    with server, connect(server.address) as http:
        people = BusyPeople(http, mailbox, iter(accounts), SEED)
        with ThreadPoolExecutor(CHATS) as pool:
            working = [pool.submit(people.work) for _ in range(CHATS)]
            try:
                live_and_die(server, KILLS)
            finally:
                people.enough.set()
            for one in working:
                one.result(PATIENCE)
        wait_until(lambda: ledger.number(UNFINISHED_MAIL) == 0, seconds=DRAINED_WITHIN)
        server.stop()
    assert "Traceback" not in server.log
    assert people.cut_off >= KILLS, "every kill cut somebody off"
    check_turns(ledger, people.messages)
    check_members(ledger, people.additions)
    check_audit(sqlite_url, ledger, people.additions)
    check_mails(ledger, mailbox, people.additions)


def move_in(url: str, accounts: Sequence[str]) -> None:
    database = open_database(url)
    with database.write() as uow:
        uow.importing.apply(OPERATOR, [record_of(account) for account in accounts])
    database.close()


def live_and_die(server: Server, times: int) -> None:
    random = Random(SEED)
    for _ in range(times):
        time.sleep(random.uniform(*LIFE))
        server.kill()
        server.start()


def wait_until(is_so: Callable[[], bool], *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.1)


def check_turns(ledger: Ledger, messages: int) -> None:
    """Every message was stored once and had one turn."""
    assert ledger.number(UNFINISHED_TURNS) == 0
    assert ledger.number("SELECT count(*) FROM inbox") == messages
    heard = "SELECT count(*) FROM conversation_event WHERE json_extract(event, '$.event') = 'user'"
    assert ledger.number(heard) == messages


def check_members(ledger: Ledger, additions: Sequence[Addition]) -> None:
    """One user for each yes, none for a no."""
    confirmed = Counter((one.account, one.email) for one in additions if one.receipt)
    there = Counter(
        ledger.rows(
            "SELECT h.account_number, m.email FROM member m "
            "JOIN household h ON h.id = m.household_id WHERE m.role = 'secondary'"
        )
    )
    assert there == confirmed
    assert set(there.values()) == {1}


def check_audit(url: str, ledger: Ledger, additions: Sequence[Addition]) -> None:
    """One entry for each receipt that somebody was given, and every chain whole."""
    given = [one.receipt for one in additions if one.receipt]
    assert len(set(given)) == len(given)
    created = "SELECT receipt FROM audit WHERE action = 'create' AND outcome = 'done'"
    assert sorted(ledger.column(created)) == sorted(given)
    database = open_database(url)
    with database.read() as uow:
        for account in {one.account for one in additions}:
            household = uow.households.find(account)
            assert household is not None
            assert uow.audit.verify(household.id), account
    database.close()


def check_mails(ledger: Ledger, mailbox: Mailbox, additions: Sequence[Addition]) -> None:
    """Every mail arrived; one that was sent twice is the same mail."""
    assert ledger.number("SELECT count(*) FROM outbox WHERE dead_at IS NOT NULL") == 0
    invited = {one.email for one in additions if one.receipt}
    assert {mail.to for mail in mailbox.mails("activation")} == invited
    queued = Counter(ledger.column("SELECT template FROM outbox WHERE kind = 'mail'"))
    codes = ledger.number("SELECT count(*) FROM one_time_code WHERE allowed")
    sessions = ledger.number("SELECT count(*) FROM verified_session")
    expected = {
        "activation": len(invited),
        "one_time_code": codes,
        "verification_notice": sessions,
    }
    assert queued == expected
    arrived = {kind: len({mail.message_id for mail in mailbox.mails(kind)}) for kind in expected}
    assert arrived == expected
