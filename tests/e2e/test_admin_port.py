"""`FOYER_ADMIN_PORT` on real processes: two ports that begin, answer and end together."""

import socket
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest

from tests.e2e.rest import WEBHOOK, RestChat, connect
from tests.e2e.server import DOWN_WITHIN, LOOPBACK, TOKEN, Server, free_port

pytestmark = pytest.mark.slow

OURS = (
    ("POST", WEBHOOK),
    ("POST", "/model/parse"),
    ("GET", "/conversations/s1/tracker"),
    ("GET", "/metrics"),
)
SOON = 10.0
BODY = b'{"text": "hello"}'
HEAD = (
    "POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
    "Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
)


@pytest.fixture(params=["run", "serve"])
def apart(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Server, str]]:
    """The process, and the address of its other port."""
    url, port = f"sqlite:///{tmp_path / 'foyer.db'}", free_port()
    with Server(tmp_path, url, settings={"admin_port": str(port)}, command=request.param) as server:
        yield server, f"http://{LOOPBACK}:{port}"


def test_what_is_ours_answers_on_our_port_alone(apart: tuple[Server, str]) -> None:
    server, admin = apart
    with connect(server.address) as customer, connect(admin) as operator:
        for method, path in OURS:
            answer = customer.request(method, path, json={"sender": "s1", "message": "hello"})
            assert answer.status_code == HTTPStatus.NOT_FOUND
            assert answer.text == customer.request(method, f"/no{path.removeprefix('/')}").text
        assert customer.get("/health").json() == {"status": "ok"}
        assert customer.get("/sign-in").status_code == HTTPStatus.OK
        assert operator.get("/sign-in").status_code == HTTPStatus.NOT_FOUND
        told = operator.get("/health", headers={"Host": "foyer-admin.internal"}).json()
        assert told["outbox"] == {"waiting": 0, "dead": 0, "oldest_seconds": None}
        assert "foyer_messages_total" in operator.get("/metrics").text
        assert operator.post("/model/parse", json={"text": "hello"}).json()["intent"]
        if server.command == "run":
            chat = RestChat(operator, "s1")
            assert chat.say("hello")
            assert operator.get("/conversations/s1/tracker").json()["sender_id"] == "s1"
    assert server.stop() == 0
    assert "Traceback" not in server.log


def begun(address: str, path: str) -> socket.socket:
    """A request that is under way: its head is here, its body is not."""
    line = socket.create_connection(host_and_port(address), timeout=SOON)
    line.sendall(HEAD.format(path=path, token=TOKEN, length=len(BODY)).encode())
    return line


def host_and_port(address: str) -> tuple[str, int]:
    url = httpx.URL(address)
    assert url.port is not None
    return url.host, url.port


def closes(address: str) -> None:
    """Wait until nobody is let in any more."""
    deadline = time.monotonic() + SOON
    while time.monotonic() < deadline:
        try:
            socket.create_connection(host_and_port(address)).close()
        except ConnectionRefusedError:
            return
        time.sleep(0.05)
    raise TimeoutError(f"{address} still lets people in")


def ended(line: socket.socket) -> bytes:
    """Send the rest; the first line of the answer."""
    with line:
        line.sendall(BODY)
        return line.recv(4096).split(b"\r\n")[0]


def test_both_ports_close_at_once_and_answer_what_is_under_way(apart: tuple[Server, str]) -> None:
    server, admin = apart
    on_customers, on_ours = begun(server.address, "/forgot"), begun(admin, "/model/parse")
    time.sleep(0.5)
    server.ask_to_end()
    closes(server.address)
    closes(admin)
    assert ended(on_customers) == b"HTTP/1.1 403 Forbidden", "no form of ours"
    assert ended(on_ours) == b"HTTP/1.1 200 OK"
    assert server.wait(DOWN_WITHIN) == 0
    assert "Traceback" not in server.log


@pytest.mark.parametrize("name", ["port", "admin_port"])
def test_a_port_that_somebody_has_stops_the_start_and_is_named(tmp_path: Path, name: str) -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        url = f"sqlite:///{tmp_path / 'foyer.db'}"
        server = Server(tmp_path, url, settings={"admin_port": str(free_port()), name: port})
        server.launch()
        assert server.wait() == 1
    assert "address already in use" in server.log
    assert port in server.log
    assert "Traceback" not in server.log
