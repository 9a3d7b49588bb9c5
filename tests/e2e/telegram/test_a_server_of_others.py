"""The same short dialogue over a Bot API that we did not write."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.e2e.ledger import Ledger
from tests.e2e.mailbox import Mailbox
from tests.e2e.telegram.scene import MODES, Household, move_in, server_for
from tests.e2e.telegram.server_of_others import Guest, server_of_others, wait_until
from tests.fakes.telegram.server import TOKEN

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Stage:
    """Foyer and the server of others, with the tables and mails to look at."""

    http: httpx.Client
    mailbox: Mailbox
    ledger: Ledger
    accounts: Iterator[str]

    def status(self, household: Household) -> list[str]:
        return self.ledger.column(f"SELECT status FROM member WHERE email = '{household.newcomer}'")

    def code(self, household: Household) -> str:
        return self.mailbox.wait_for("one_time_code", household.address).code


@pytest.fixture(params=MODES)
def stage(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_url: str, mailbox: Mailbox
) -> Iterator[Stage]:
    accounts = move_in(sqlite_url, 2)
    with server_of_others() as address, httpx.Client(base_url=address, trust_env=False) as http:
        server = server_for(tmp_path, sqlite_url, request.param, address, smtp_port=mailbox.port)
        with server:
            if request.param == "webhook":
                wait_until(lambda: http.get("/webhooks").json() == [TOKEN])
            yield Stage(http, mailbox, Ledger(sqlite_url), accounts)
        assert "Traceback" not in server.log


def test_the_main_job_by_typing_and_by_tapping(stage: Stage) -> None:
    by_typing_in_english(stage, Household(next(stage.accounts)))
    by_tapping_in_french(stage, Household(next(stage.accounts)))


def by_typing_in_english(stage: Stage, household: Household) -> None:
    diane = Guest(stage.http, TOKEN, 41, "en")
    diane.say("/start")
    diane.reads("Hello! I am")
    diane.say(f"Add Zoé Roy, {household.newcomer}, she only needs to see the bills")
    diane.reads("user name")
    diane.say(household.holder)
    diane.reads("code")
    diane.say(stage.code(household))
    diane.reads(household.newcomer)
    diane.say("yes")
    diane.reads("Receipt F-")
    assert stage.status(household) == ["invited"]


def by_tapping_in_french(stage: Stage, household: Household) -> None:
    omar = Guest(stage.http, TOKEN, 42, "fr")
    omar.say(f"Ajoute Zoé Roy, {household.newcomer}, elle a juste besoin de voir les factures")
    omar.reads("nom d'utilisateur")
    omar.say(household.holder)
    omar.reads("code")
    omar.say(stage.code(household))
    omar.reads(household.newcomer)
    omar.tap("Oui")
    omar.reads("Reçu F-")
    assert stage.status(household) == ["invited"]
