"""A code overtakes the notices of a closed household, through the engine of either database."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from storage.unit_of_work import UnitOfWork
from tests.e2e.ledger import open_database
from tests.e2e.mailbox import Mailbox
from tests.e2e.server import Server
from tests.e2e.test_kill_nine import wait_until

pytestmark = pytest.mark.slow

NOTICES = 1600
EACH = 0.2
"""Seconds that the mail server takes for one."""
SOON = 5.0
"""An interval, the mails under way, and what a busy machine adds; the notices take far longer."""


class SlowMailbox(Mailbox):
    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        await asyncio.sleep(EACH)
        return await super().handle_DATA(server, session, envelope)


def put(uow: UnitOfWork, kind: str, to: str, **secrets: str) -> None:
    said = {"first_name": "Ana", "task": "list_users", "chat": "rest s1", "minutes": 10}
    uow.outbox.mail(kind, to=to, language="en", parameters=said, secrets=secrets)


def test_a_code_arrives_while_hundreds_of_notices_wait(tmp_path: Path, database_url: str) -> None:
    database = open_database(database_url)

    with database.write() as uow:
        for number in range(NOTICES):
            put(uow, "unlocked", f"person{number}@example.com")
    with SlowMailbox() as mailbox, Server(tmp_path, database_url, mailbox.port) as server:
        wait_until(lambda: bool(mailbox.mails("unlocked")), seconds=SOON)
        with database.write() as uow:
            put(uow, "one_time_code", "ana@example.com", code="12345678")
        assert mailbox.wait_for("one_time_code", "ana@example.com", seconds=SOON).code
        assert server.stop() == 0, "nor does the end of the process"
        assert len(mailbox.mails("unlocked")) < NOTICES, "neither waited for them"
    database.close()
    assert "Traceback" not in server.log
