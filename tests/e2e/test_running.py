"""How `foyer run` begins and ends."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tests.e2e.rest import RestChat, connect
from tests.e2e.server import Server, foyer

pytestmark = pytest.mark.slow

CHATS = 3
AN_OLDER_SCHEMA = "0003_identity"


def test_sigterm_ends_it_in_time_and_every_message_still_has_its_one_turn(tmp_path: Path) -> None:
    enough = Event()
    server = Server(tmp_path, f"sqlite:///{tmp_path / 'foyer.db'}")
    with server, connect(server.address) as http, ThreadPoolExecutor(CHATS) as pool:
        chats = [RestChat(http, f"chat-{n}", patience=60) for n in range(CHATS)]
        talking = [pool.submit(talk, chat, enough) for chat in chats]
        try:
            for _ in range(2):
                time.sleep(1)
                assert server.stop() == 0
                server.start()
        finally:
            enough.set()
        for chat, one in zip(chats, talking, strict=True):
            said = one.result(60)
            heard = [e["text"] for e in chat.tracker()["events"] if e["event"] == "user"]
            assert heard == said[-len(heard) :]
            assert said
    assert "Traceback" not in server.log


def talk(chat: RestChat, enough: Event) -> list[str]:
    """Say one thing after the other; what was said and answered."""
    said: list[str] = []
    while not enough.is_set():
        said.append(f"hello {len(said)}")
        assert chat.say(said[-1])
    return said


@pytest.fixture
def empty_postgresql_url(postgresql_url: str) -> Iterator[str]:
    """A database of the test's own, for its schema is what is tested."""
    name = f"foyer_test_{uuid4().hex}"
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield urlsplit(postgresql_url)._replace(path=f"/{name}").geturl()
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.mark.postgresql
def test_it_refuses_a_schema_that_is_missing_or_old_until_foyer_migrate_has_run(
    tmp_path: Path, empty_postgresql_url: str
) -> None:
    refuses(Server(tmp_path, empty_postgresql_url))
    migrated = foyer("migrate", folder=tmp_path, database_url=empty_postgresql_url)
    assert migrated.returncode == 0, migrated.stderr
    with Server(tmp_path, empty_postgresql_url) as server, connect(server.address) as http:
        assert RestChat(http, "somebody").say("hello")
    with psycopg.connect(empty_postgresql_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = %s", [AN_OLDER_SCHEMA])
    refuses(Server(tmp_path, empty_postgresql_url))


def refuses(server: Server) -> None:
    server.launch()
    assert server.wait() != 0
    assert "foyer migrate" in server.log
