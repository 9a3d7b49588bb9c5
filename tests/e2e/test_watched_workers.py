"""`foyer worker` says on `FOYER_ADMIN_PORT` what it does, and without one listens to nothing."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http import HTTPStatus
from pathlib import Path

import httpx
import psutil
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.e2e.rest import WEBHOOK, RestChat, connect
from tests.e2e.server import DOWN_WITHIN, Server, free_port
from tests.e2e.test_kill_nine import wait_until

pytestmark = pytest.mark.slow

WORKERS = 3
PEOPLE = 6
MESSAGES = 8
"""Of each of them."""
WORDS = ("hi there", "How many users can I have?", "who is on my account?", "cancel")
SOON = 10.0


def watched(folder: Path, url: str, command: str) -> Server:
    return Server(folder, url, settings={"admin_port": str(free_port())}, command=command)


def counted(server: Server, name: str) -> float:
    told = httpx.get(f"{server.admin}/metrics", timeout=SOON, trust_env=False).text
    samples = (each for family in text_string_to_metric_families(told) for each in family.samples)
    return next(each.value for each in samples if each.name == name)


def write(address: str, sender: str) -> None:
    with connect(address) as http:
        chat = RestChat(http, sender)
        for number in range(MESSAGES):
            assert chat.say(WORDS[number % len(WORDS)])


@pytest.mark.postgresql
def test_all_workers_together_look_once_at_each_message_and_work_it_off_once(
    tmp_path: Path, postgresql_url: str
) -> None:
    workers = [watched(tmp_path, postgresql_url, "worker") for _ in range(WORKERS)]
    front = watched(tmp_path, postgresql_url, "serve")
    processes = [front, *workers]

    def total(name: str) -> float:
        return sum(counted(server, name) for server in processes)

    with ExitStack() as running, ThreadPoolExecutor(PEOPLE) as people:
        for server in processes:
            running.enter_context(server)
        for sent in [people.submit(write, front.admin, f"p{n}") for n in range(PEOPLE)]:
            sent.result()
        wait_until(lambda: total("foyer_turns_total") >= PEOPLE * MESSAGES, seconds=SOON)
        assert total("foyer_turns_total") == total("foyer_looks_total") == PEOPLE * MESSAGES
        assert counted(front, "foyer_looks_total") == 0, "it only takes in"
        assert {counted(server, "foyer_messages_total") for server in processes} == {
            PEOPLE * MESSAGES
        }, "of all processes, whichever is asked"
        assert [server.stop() for server in processes] == [0] * len(processes)
    assert "Traceback" not in "".join(server.log for server in processes)


def test_a_worker_says_how_it_does_and_takes_nothing_in(tmp_path: Path, database_url: str) -> None:
    with watched(tmp_path, database_url, "worker") as worker, connect(worker.admin) as http:
        assert http.get("/health").json()["outbox"]["waiting"] == 0
        assert http.get("/ready").json()["status"] == "ok"
        assert "foyer_looks_total 0.0" in http.get("/metrics").text
        for method, path in (("GET", "/sign-in"), ("POST", WEBHOOK), ("POST", "/model/parse")):
            answer = http.request(method, path, json={"sender": "ana", "message": "hello"})
            assert answer.status_code == HTTPStatus.NOT_FOUND, path
        assert worker.stop() == 0
    assert "Traceback" not in worker.log


def test_a_worker_without_such_a_port_listens_to_nothing(tmp_path: Path, sqlite_url: str) -> None:
    worker = Server(tmp_path, sqlite_url, command="worker")
    worker.launch()
    try:
        process = psutil.Process(worker.pid)
        wait_until(lambda: "no mail server is set" in worker.log, seconds=60)
        time.sleep(1)
        listens = [each for each in process.net_connections() if each.status == psutil.CONN_LISTEN]
        assert not listens
        worker.ask_to_end()
        assert worker.wait(DOWN_WITHIN) == 0
    finally:
        worker.kill()


def test_a_worker_whose_port_somebody_has_does_not_start(tmp_path: Path, sqlite_url: str) -> None:
    with watched(tmp_path, sqlite_url, "worker") as first:
        second = Server(tmp_path, sqlite_url, settings=first.settings, command="worker")
        second.launch()
        assert second.wait() == 1
        assert "address already in use" in second.log
        assert first.stop() == 0
    assert "Traceback" not in first.log + second.log
