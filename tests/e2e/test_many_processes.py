"""Several processes on one PostgreSQL: each message once and in order, whoever dies."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from random import Random

import httpx
import pytest

from bot.dialogue.message import Message
from tests.e2e.crowd import PATIENCE, Crowd
from tests.e2e.ledger import Ledger, open_database
from tests.e2e.mailbox import Mailbox
from tests.e2e.rest import RestChat, connect
from tests.e2e.server import Server
from tests.e2e.test_kill_nine import wait_until
from tests.fakes.scale import SCALE, WHOLE

pytestmark = [pytest.mark.slow, pytest.mark.postgresql]

PROCESSES = 3
PEOPLE = 6 if WHOLE else 3
KILLS = max(2, round(100 * SCALE))
LIFE = (0.5, 2.0)
"""Seconds between two kills."""
GOES_ON_WITHIN = 10.0
"""Seconds in which what a killed process had in hand is done by another."""

CHATS = 8
"""As many as two processes have in hand at once."""
IN_HAND = "SELECT count(*) FROM procrastinate.procrastinate_jobs WHERE status = 'doing'"
WAITING_IN_CHATS = "SELECT chat_id, count(*) FROM inbox WHERE done_at IS NULL GROUP BY chat_id"
OUT_OF_ORDER = (
    "SELECT count(*) FROM (SELECT id, lag(id) OVER (PARTITION BY chat_id ORDER BY done_at, id)"
    " AS before FROM inbox) AS told WHERE before > id"
)
WAITING = "SELECT count(*) FROM inbox WHERE done_at IS NULL"
JOBS = "SELECT count(*) FROM procrastinate.procrastinate_jobs WHERE task_name = 'turns'"


@pytest.mark.soak
def test_whichever_process_is_killed_every_message_has_its_one_turn_in_order(
    tmp_path: Path, postgresql_url: str
) -> None:
    random = Random(20260302)
    ledger = Ledger(postgresql_url)
    servers = [Server(tmp_path, postgresql_url) for _ in range(PROCESSES)]
    with ExitStack() as running, ThreadPoolExecutor(PEOPLE) as pool:
        for server in servers:
            running.enter_context(server)
        crowd = Crowd(servers)
        writing = [pool.submit(crowd.work, number) for number in range(PEOPLE)]
        try:
            for _ in range(KILLS):
                time.sleep(random.uniform(*LIFE))
                victim = random.choice(servers)
                victim.kill()
                victim.start()
        finally:
            crowd.enough.set()
        for each in writing:
            each.result()
        wait_until(lambda: ledger.number(WAITING) == 0, seconds=GOES_ON_WITHIN)
        crowd.check(ledger)
        wait_until(lambda: ledger.number(JOBS) == 0, seconds=GOES_ON_WITHIN)
        logs = [server.log for server in servers]
    assert not [log for log in logs if "Traceback" in log]
    assert crowd.cut_off


def test_what_a_killed_process_had_in_hand_goes_on_within_ten_seconds(
    tmp_path: Path, postgresql_url: str
) -> None:
    ledger = Ledger(postgresql_url)
    first, second = (Server(tmp_path, postgresql_url) for _ in range(2))
    with first, second:
        fill(postgresql_url, chats=CHATS, messages=60)
        wait_until(lambda: ledger.number(IN_HAND) == CHATS, seconds=GOES_ON_WITHIN)
        first.kill()
        waited = dict(ledger.rows(WAITING_IN_CHATS))
        wait_until(
            lambda: has_gone_on(waited, dict(ledger.rows(WAITING_IN_CHATS))),
            seconds=GOES_ON_WITHIN,
        )
        wait_until(lambda: ledger.number(WAITING) == 0, seconds=PATIENCE)
        assert second.stop() == 0
    assert ledger.number(OUT_OF_ORDER) == 0


def has_gone_on(waited: dict[str, int], waits: dict[str, int]) -> bool:
    """Has every chat in which something waited had a turn since?"""
    return all(waits.get(chat, 0) < number for chat, number in waited.items())


def fill(url: str, *, chats: int, messages: int) -> None:
    database = open_database(url)
    for number in range(messages):
        with database.write() as uow:
            for chat in range(chats):
                name = f"chat-{chat}"
                uow.inbox.put("rest", "rest", name, str(number), name, Message("hi").to_json())
    database.close()


def test_those_who_serve_and_those_who_work_may_run_apart(
    tmp_path: Path, postgresql_url: str, mailbox: Mailbox
) -> None:
    worker = Server(tmp_path, postgresql_url, mailbox.port, command="worker")
    with (
        Server(tmp_path, postgresql_url, command="serve") as server,
        connect(server.address) as http,
    ):
        worker.launch()
        chat = RestChat(http, "ana")
        assert chat.say("How many users can I have?")
        assert http.get("/sign-in").status_code == httpx.codes.OK
        assert "foyer_turns_total 0.0" in http.get("/metrics").text
        assert (worker.stop(), server.stop()) == (0, 0)
    assert "Traceback" not in server.log + worker.log
