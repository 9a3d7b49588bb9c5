"""The account's page in a real browser: a household in every state, and somebody of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from storage.database import Database
from tests.browser.scene import PASSWORD, visiting
from tests.e2e.ledger import open_database
from tests.e2e.server import Server, foyer
from tests.e2e.telegram.scene import server_for
from tests.fakes.households import OPERATOR, acting, newcomer, record_of, start_chat, verify
from tests.fakes.telegram.server import BotApi

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOLDER, KEVIN = "holder-90210007", "second1-90210007"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`foyer run` with a messenger, so that there is a way to the chat."""
    folder = tmp_path_factory.mktemp("account")
    url = f"sqlite:///{folder / 'foyer.db'}"
    assert foyer("migrate", folder=folder, database_url=url).returncode == 0
    database = open_database(url)
    live_in(database)
    database.close()
    with BotApi() as api, server_for(folder, url, "polling", api.url) as server:
        yield server


def live_in(database: Database) -> None:
    """One who has something for a while, one suspended, one locked, one invited, one who asks."""
    record = record_of("90210007", secondaries=3, password=PASSWORD)
    names = ("Hélène", "Kevin", "Jo", "Tyler")
    members = tuple(
        replace(member, first_name=name, status="locked" if name == "Tyler" else member.status)
        for name, member in zip(names, record.members, strict=True)
    )
    with database.write() as uow:
        uow.importing.apply(OPERATOR, [replace(record, members=members)])
        home = uow.households.find("90210007")
    assert home is not None
    _, kevin, jo, _ = home.members
    holder = acting(verify(database, HOLDER, start_chat(database, "41")))
    asking = verify(database, KEVIN, start_chat(database, "42"))
    with database.write() as uow:
        until = uow.clock() + timedelta(days=3)
        ends = {"pay_bill": until}
        uow.changes.change_rights(holder, kevin.id, grant=["pay_bill"], ends=ends)
        uow.households.create_member(holder, newcomer())
        uow.requests.ask(asking, ["usage", "data_addons"])
        uow.changes.suspend(holder, jo.id, until=until)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("username", [HOLDER, KEVIN])
def test_the_account_is_shown_without_a_barrier(
    chromium: Browser, axe: str, served: Server, username: str, language: str, *, scripts: bool
) -> None:
    with visiting(chromium, language, scripts=scripts, axe=axe) as visitor:
        visitor.open(f"{served.address}/sign-in")
        visitor.fill(username, PASSWORD)
        visitor.page.locator("figure svg").wait_for()
        visitor.sees(visitor.say("our_chat"), visitor.say("way_to_chat"))
        visitor.inspects(f"account-of-{username.partition('-')[0]}")
