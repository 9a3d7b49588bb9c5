"""A mailbox, and `foyer run` on a scratch database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.mailbox import Mailbox
from tests.e2e.server import Server


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as opened:
        yield opened


@pytest.fixture
def server(tmp_path: Path, database_url: str, mailbox: Mailbox) -> Iterator[Server]:
    """Up and running, with REST and mail; the test runs once on each kind of database."""
    with Server(tmp_path, database_url, smtp_port=mailbox.port) as running:
        yield running
