"""`foyer keys rotate` between two lives of a server: what people have in their hands goes on."""

import re
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest

from tests.e2e.mailbox import Mailbox
from tests.e2e.rest import RestChat, connect
from tests.e2e.server import SECRET, Server, foyer

pytestmark = pytest.mark.slow

HOUSEHOLDS = Path(__file__).parents[2] / "bot/demo_households.yml"
BOTH = f"1:quite another key that nobody will guess,0:{SECRET}"
FORM_TOKEN = re.compile(r'name="form_token" value="(\w+)"')
ADDRESS = "diane@example.com"


def send(browser: httpx.Client, token: str) -> int:
    """Ask for a new password by a form of ours; the status of the answer."""
    return browser.post("/forgot", data={"form_token": token, "username": "diane"}).status_code


def test_a_code_a_link_and_a_form_of_before_count_after(
    tmp_path: Path, database_url: str, mailbox: Mailbox
) -> None:
    done = foyer("import", str(HOUSEHOLDS), folder=tmp_path, database_url=database_url)
    assert done.returncode == 0, done.stderr
    server = Server(tmp_path, database_url, smtp_port=mailbox.port)
    with server, connect(server.address) as http, connect(server.address, None) as browser:
        chat = RestChat(http, "s1")
        chat.say("sign in")
        chat.say("diane")
        code = mailbox.wait_for("one_time_code", ADDRESS).code
        [token] = FORM_TOKEN.findall(browser.get("/forgot").text)
        assert send(browser, token) != HTTPStatus.FORBIDDEN
        link = mailbox.wait_for("password_reset", ADDRESS).link
        assert server.stop() == 0
        done = foyer("keys", "rotate", folder=tmp_path, database_url=database_url, secret_key=BOTH)
        assert done.returncode == 0, done.stderr
        assert "Everything is sealed with key 1" in done.stdout
        server.settings = {"secret_key": BOTH}
        server.start()
        assert chat.say(code)[0].startswith("Thank you, Diane: it is you.")
        assert browser.get(link).status_code == HTTPStatus.OK
        assert send(browser, token) != HTTPStatus.FORBIDDEN
    assert "Traceback" not in server.log
