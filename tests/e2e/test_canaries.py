"""A canary password, code, number and token stand nowhere: files, log, tracker, metrics."""

import re
from pathlib import Path

import httpx
import pytest
import yaml

from tests.e2e.mailbox import Mailbox
from tests.e2e.rest import RestChat, connect
from tests.e2e.server import Server, foyer

pytestmark = pytest.mark.slow

PASSWORD = "canari-jaune-4711-au-soleil"
WRONG = "canari-bleu-0815-dans-la-nuit"
NEW = "canari-vert-1234-sur-la-branche"
FORM_TOKEN = re.compile(r'name="form_token" value="(\w+)"')
ADDRESS = re.compile(r"http://\S+/link/(\w+)")
NUMBER = re.compile(r'class="number">(\d{3}) (\d{3})<')


@pytest.fixture
def loud(tmp_path: Path, sqlite_url: str, mailbox: Mailbox) -> Server:
    household = {
        "account_number": "90210001",
        "language": "en",
        "members": [
            {
                "role": "holder",
                "username": "diane",
                "first_name": "Diane",
                "last_name": "Tremblay",
                "email": "diane@example.com",
                "password": PASSWORD,
            }
        ],
    }
    file = tmp_path / "households.yml"
    file.write_text(yaml.safe_dump({"households": [household]}), "utf-8")
    done = foyer("import", str(file), folder=tmp_path, database_url=sqlite_url)
    assert done.returncode == 0, done.stderr
    file.unlink()
    return Server(tmp_path, sqlite_url, smtp_port=mailbox.port, settings={"log_level": "DEBUG"})


def send(browser: httpx.Client, path: str, page: str = "", **typed: str) -> httpx.Response:
    found = FORM_TOKEN.search(browser.get(page or path).text)
    assert found is not None
    return browser.post(path, data={"form_token": found[1], **typed})


def everything(server: Server, sender: str) -> bytes:
    files = [one.read_bytes() for one in server.folder.rglob("*") if one.is_file()]
    with connect(server.address) as http:
        tracker = http.get(f"/conversations/{sender}/tracker").content
        seen = [http.get(path).content for path in ("/metrics", "/health", "/openapi.json")]
    return b"".join([*files, tracker, *seen])


def test_no_secret_is_ever_written_down(loud: Server, mailbox: Mailbox) -> None:
    secrets = [PASSWORD, WRONG, NEW]
    with (
        loud,
        connect(loud.address) as http,
        httpx.Client(base_url=loud.address, trust_env=False) as browser,
    ):
        chat = RestChat(http, "canary", patience=30)
        chat.say("sign me in")
        chat.say("diane")
        code = mailbox.wait_for("one_time_code", "diane@example.com").code
        chat.say(f"my code is {code}")
        chat.say("sign me out")
        chat.say("sign me in")
        chat.tap("Sign in on our page")
        link = ADDRESS.search(chat.texts[0])
        assert link is not None
        send(browser, f"/link/{link[1]}", username="diane", password=WRONG)
        send(browser, f"/link/{link[1]}", username="diane", password=PASSWORD)
        number = NUMBER.search(browser.get(f"/link/{link[1]}").text)
        assert number is not None
        chat.say(f"{number[1]} {number[2]}")
        assert chat.texts[0].startswith("Thank you, Diane")
        send(browser, "/forgot", username="diane")
        reset = mailbox.wait_for("password_reset", "diane@example.com").link
        browser.post(reset, data={"password": NEW, "password_again": NEW})
        send(browser, "/sign-out", page="/account")
        send(browser, "/sign-in", username="diane", password=NEW)
        secrets += [code, code.replace(" ", ""), link[1], reset.rpartition("/")[2]]
        secrets += [value for name, value in browser.cookies.items() if name == "foyer"]
        written = everything(loud, "canary")
        assert b" INFO " in written, "the log is there"
        assert loud.stop() == 0
    for secret in secrets:
        assert secret.encode() not in written, secret[:6]
