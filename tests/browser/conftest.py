"""A real browser, and `foyer run` with four households for it to visit.

Chromium and axe-core are no Python packages: where they are missing these tests say so and are
skipped, and in CI that is a failure (`.ci/run` installs both).
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
import yaml
from playwright.sync_api import Browser, sync_playwright

from tests.browser.scene import HOLDERS, PASSWORD, House
from tests.e2e.mailbox import Mailbox
from tests.e2e.server import Server, foyer

CHROMIUM = Path(os.environ.get("TEST_FOYER_CHROMIUM", "/usr/bin/chromium"))
AXE = Path(
    os.environ.get(
        "TEST_FOYER_AXE", Path(__file__).parents[2] / "scratch/node_modules/axe-core/axe.min.js"
    )
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Closed with its module: until then Playwright's event loop runs, and no other can."""
    if not CHROMIUM.exists():
        missing(f"no Chromium at {CHROMIUM} (apt-get install chromium, or set TEST_FOYER_CHROMIUM)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which looks for what keeps people out (WCAG)."""
    if not AXE.exists():
        missing(f"no axe-core at {AXE} (npm install --prefix scratch axe-core)")
    return AXE.read_text("utf-8")


def missing(what: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="module")
def house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Served once for the tests of a module: every test has a household of its own."""
    folder = tmp_path_factory.mktemp("browser")
    database_url = f"sqlite:///{folder / 'foyer.db'}"
    file = folder / "households.yml"
    file.write_text(yaml.safe_dump({"households": households()}, allow_unicode=True), "utf-8")
    done = foyer("migrate", folder=folder, database_url=database_url)
    done = foyer("import", str(file), folder=folder, database_url=database_url)
    assert done.returncode == 0, done.stderr
    with Mailbox() as mailbox, Server(folder, database_url, smtp_port=mailbox.port) as server:
        yield House(server.address, mailbox)


def households() -> list[dict[str, object]]:
    return [
        {
            "account_number": f"9021000{number}",
            "language": language,
            "members": [
                {
                    "role": "holder",
                    "username": username,
                    "first_name": "Hélène",
                    "last_name": "Tremblay",
                    "email": f"{username}@example.com",
                    "password": PASSWORD,
                }
            ],
        }
        for number, (username, language) in enumerate(HOLDERS.items())
    ]
