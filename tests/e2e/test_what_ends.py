"""Access that ends while no process lives, and the processes that come to it at once."""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from storage.database import Database
from tests.e2e.ledger import open_database
from tests.e2e.mailbox import Mailbox
from tests.e2e.server import Server
from tests.fakes.households import acting, make_household, start_chat, verify

pytestmark = pytest.mark.slow

TV = "tv_channels"
SOON = timedelta(seconds=2)
HOMES = tuple(f"9021000{number}" for number in range(1, 7))
LATER = "90210009"
"""A household whose access ends last: once it is told, every process has been through the rest."""


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()


@contextmanager
def processes(
    number: int, folder: Path, database_url: str, mailbox: Mailbox
) -> Iterator[Sequence[Server]]:
    """So many at once: all are launched before the first of them is up."""
    servers = [Server(folder, database_url, smtp_port=mailbox.port) for _ in range(number)]
    with ExitStack() as running:
        for server in servers:
            server.launch()
            running.callback(server.kill)
        for server in servers:
            server.wait_until_up()
        yield servers


def give_until_soon(database: Database, *accounts: str) -> None:
    """Each holder gives somebody the TV; waits until that is over."""
    for account in accounts:
        household = make_household(database, account, secondaries=1)
        session = verify(database, f"holder-{account}", start_chat(database, account))
        with database.write() as uow:
            ends, member = uow.clock() + SOON, household.members[1]
            uow.changes.change_rights(acting(session), member.id, grant=[TV], until=ends)
        assert has_tv(database, account)
    while any(has_tv(database, account) for account in accounts):
        time.sleep(0.1)


def has_tv(database: Database, account: str) -> bool:
    with database.read() as uow:
        household = uow.households.find(account)
    assert household is not None
    return TV in household.members[1].services


def told(mailbox: Mailbox, account: str) -> tuple[int, int]:
    """How many mails the holder had about the end, and how many the person had about access."""
    ended = mailbox.mails("access_ended", f"holder@{account}.example.com")
    changed = mailbox.mails("rights_changed", f"second1@{account}.example.com")
    return len(ended), len(changed)


ONCE_EACH = (1, 2)
"""Of two mails the person had one when it was given."""


def test_what_ended_while_nothing_ran_is_told_once_whoever_starts_then_and_however_often(
    tmp_path: Path, database: Database, database_url: str, mailbox: Mailbox
) -> None:
    number = 1 if database_url.startswith("sqlite") else 2
    give_until_soon(database, *HOMES)
    assert not mailbox.mails("access_ended")
    with processes(number, tmp_path, database_url, mailbox) as servers:
        for account in HOMES:
            mailbox.wait_for("access_ended", f"holder@{account}.example.com")
            assert not has_tv(database, account)
        end(servers)
    give_until_soon(database, LATER)
    with processes(number, tmp_path, database_url, mailbox) as servers:
        mailbox.wait_for("access_ended", f"holder@{LATER}.example.com")
        end(servers)
    assert {account: told(mailbox, account) for account in (*HOMES, LATER)} == dict.fromkeys(
        (*HOMES, LATER), ONCE_EACH
    )


def end(servers: Sequence[Server]) -> None:
    """As an operator does: what has left is noted, or it would leave again."""
    for server in servers:
        assert server.stop() == 0
