"""What `/account` shows: the household to its holder, and to anybody else their own alone."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.registry import domain_of
from bot.web.rate_limit import RateLimit
from bot.web.visits import Visits
from bot.web.words import PageWords
from storage.database import Database
from storage.households.households import Household
from storage.identity.sessions import Session
from storage.keys import Keys
from tests.fakes.clock import ManualClock
from tests.fakes.households import OPERATOR, acting, record_of, start_chat, verify
from tests.web.conftest import served
from tests.web.visits import CHAT, PASSWORD, Browser

HOLDER, KEVIN, JO = "holder-90210005", "second1-90210005", "second2-90210005"
TOPIC = re.compile(re.escape(CHAT) + r"\?start=([^\"]*)\"")


@pytest.fixture
def home(database: Database) -> Household:
    """Hélène, Kevin and Jo."""
    record = record_of("90210005", secondaries=2, password=PASSWORD)
    holder, kevin, jo = record.members
    members = (
        holder,
        replace(kevin, first_name="Kevin", last_name="Roy"),
        replace(jo, first_name="Jo", last_name="Tran", rights=("tv_channels",)),
    )
    with database.write() as uow:
        uow.importing.apply(OPERATOR, [replace(record, members=members)])
        found = uow.households.find("90210005")
    assert found is not None
    return found


@pytest.fixture
def holder(database: Database, home: Household) -> Session:
    return verify(database, str(home.holder.username), start_chat(database, "41"))


def signed_in(browser: Browser, username: str, path: str = "/account") -> str:
    browser.sign_in(username, PASSWORD)
    return browser.get(path).text


def test_the_holder_sees_everybody_with_status_access_and_its_end(
    browser: Browser, database: Database, home: Household, holder: Session, clock: ManualClock
) -> None:
    _, kevin, jo = home.members
    until = clock() + timedelta(days=3)
    with database.write() as uow:
        uow.changes.change_rights(
            acting(holder), kevin.id, grant=["pay_bill"], ends={"pay_bill": until}
        )
        uow.changes.suspend(acting(holder), jo.id, until=until)
    page = signed_in(browser, HOLDER)
    kevins, _, jos = page.partition("<h3>Jo Tran</h3>")
    kevins = kevins.partition("<h3>Kevin Roy</h3>")[2]
    assert "Active, can sign in." in kevins
    assert "View the invoice</li>" in kevins
    assert re.search(r"Pay the bill, until \w+, \w+ \d+, at \d+:\d\d", kevins)
    assert re.search(r"Suspended until \w+, \w+ \d+, at \d+:\d\d", jos)
    assert "Change illico" in jos.partition("</section>")[0]
    assert "3 places of 6 are free" in page


def test_the_holder_sees_who_waits_for_what_and_what_was_done(
    browser: Browser, database: Database, home: Household, holder: Session
) -> None:
    kevin = verify(database, KEVIN, start_chat(database, "42"))
    with database.write() as uow:
        uow.requests.ask(kevin, ["usage"])
        receipt = uow.changes.change_rights(acting(holder), home.members[2].id, grant=["usage"])
    page = signed_in(browser, HOLDER)
    waiting = page.partition("Requests that wait for you")[2].partition("People on my account")[0]
    assert "<h3>Kevin Roy</h3>" in waiting
    assert "See Internet and mobile usage" in waiting
    assert "The access of Jo Tran was changed" in page
    assert receipt.number in page
    assert "Kevin Roy asked for more access" in page


def test_the_holder_sees_linked_chats_and_how_many_browsers(
    browser: Browser, holder: Session
) -> None:
    assert holder.role == "holder"
    page = signed_in(browser, HOLDER)
    assert "(reference 41), last verified at" in page
    assert "in this browser alone" in page
    assert "in 2 browsers" in signed_in(Browser(browser.app), HOLDER)


def test_anybody_else_sees_only_their_own(
    browser: Browser, database: Database, home: Household, holder: Session
) -> None:
    kevin, jo = (verify(database, name, start_chat(database, name)) for name in (KEVIN, JO))
    with database.write() as uow:
        uow.requests.ask(kevin, ["usage"])
        uow.requests.ask(jo, ["voicemail"])
        receipt = uow.changes.change_rights(acting(holder), home.members[2].id, grant=["pay_bill"])
    page = signed_in(browser, KEVIN)
    own = page.partition("What you have asked for")[2].partition("</section>")[0]
    assert "See Internet and mobile usage" in own
    assert "Manage voicemail" not in own
    for theirs in ("Jo", "Tran", receipt.number, "Last changes", "places of", "(reference 41)"):
        assert theirs not in page


@pytest.mark.parametrize("username", [HOLDER, KEVIN])
@pytest.mark.usefixtures("home")
def test_a_link_to_the_chat_chooses_a_topic_and_names_nobody(
    browser: Browser, username: str
) -> None:
    topics = TOPIC.findall(signed_in(browser, username))
    assert topics
    assert set(topics) <= set(domain_of().triggers)


@pytest.mark.usefixtures("home")
def test_the_code_to_the_chat_is_drawn_without_script_style_or_other_address(
    browser: Browser,
) -> None:
    page = signed_in(browser, HOLDER)
    drawn = page.partition("<svg")[2].partition("</svg>")[0]
    assert '<path class="qrline"' in drawn
    assert "style=" not in page
    assert "<script" not in page
    assert set(re.findall(r'(?:href|src)="(https?:[^"?]*)', page)) == {CHAT}


@pytest.mark.usefixtures("home")
def test_without_a_messenger_there_is_no_link_and_no_code(
    database: Database, words: PageWords, clock: ManualClock, keys: Keys
) -> None:
    visits = Visits(keys, secure=False)
    app = served(database, words, clock, visits, RateLimit(database), chat_address=lambda: None)
    page = signed_in(Browser(app), HOLDER)
    assert "t.me" not in page
    assert "<svg" not in page
    assert "in the chat, where you see each of them" in page


@pytest.mark.parametrize("username", [HOLDER, KEVIN])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.usefixtures("holder")
def test_the_page_speaks_both_languages(browser: Browser, username: str, language: str) -> None:
    page = signed_in(browser, username, f"/account?language={language}")
    assert f'<html lang="{language}">' in page
    assert "{" not in page
