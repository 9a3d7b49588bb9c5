"""The page behind a link that a chat asked for."""

import re

import pytest

from storage.database import Database
from storage.households.households import Household
from storage.identity.verification import Redemption
from tests.fakes.clock import ManualClock
from tests.fakes.households import PERSON, start_chat
from tests.web.visits import ORIGIN, PASSWORD, Browser

LEO = "second1-90210003"
NUMBER = re.compile(r'class="number">(\d{3}) (\d{3})<')


@pytest.fixture
def chat(database: Database, people: Household) -> int:
    return start_chat(database)


@pytest.fixture
def link(database: Database, chat: int) -> str:
    return asked(database, chat)


def asked(database: Database, chat: int) -> str:
    """The page of the link that the chat gets."""
    with database.write() as uow:
        offered = uow.sign_in_links.offer(
            conversation_id=chat, person_id=PERSON, chat="telegram 42", task="create_user"
        )
        address = uow.outbox._addresses.filled_in(offered.page)
    assert address is not None
    return address.removeprefix(ORIGIN)


def number_on(browser: Browser, path: str) -> str | None:
    found = NUMBER.search(browser.get(path).text)
    return found[1] + found[2] if found else None


def typed(database: Database, chat: int, number: str) -> Redemption:
    with database.write() as uow:
        digest = uow.keys.code_digest(number)
        return uow.sign_in_links.redeem(digest, conversation_id=chat, person_id=PERSON)


def test_the_page_names_the_chat_and_the_task_and_signing_in_shows_the_number(
    browser: Browser, link: str, database: Database, chat: int
) -> None:
    page = browser.get(link).text
    assert "A Telegram chat (reference 42)" in page
    assert "Add a person" in page
    assert number_on(browser, link) is None
    answer = browser.send(link, username=LEO, password=PASSWORD)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"..{link}"
    number = number_on(browser, link)
    assert number is not None
    assert typed(database, chat, number).outcome == "verified"


def test_who_is_signed_in_already_says_that_it_is_their_chat(browser: Browser, link: str) -> None:
    browser.sign_in(LEO, PASSWORD)
    assert "You are signed in as Léo" in browser.get(link).text
    assert number_on(browser, link) is None
    browser.send(link)
    assert number_on(browser, link)


def test_a_wrong_password_shows_no_number_and_counts(browser: Browser, link: str) -> None:
    for _ in range(5):
        page = browser.send(link, username=LEO, password="wrong password")
        assert page.status_code == 422
        assert "wrong, or this sign-in is locked" in page.text
    assert browser.send(link, username=LEO, password=PASSWORD).status_code == 422


def test_links_that_are_old_used_unknown_or_anothers_get_one_kind_page(
    browser: Browser, link: str, database: Database, chat: int, clock: ManualClock
) -> None:
    stranger = Browser(browser.app)
    unknown = stranger.get("/link/" + "a" * 32)
    assert unknown.status_code == 404
    browser.send(link, username=LEO, password=PASSWORD)
    assert stranger.get(link).text == unknown.text, "somebody else has signed in behind it"
    number = number_on(browser, link)
    assert number is not None
    typed(database, chat, number)
    assert browser.get(link).text == unknown.text, "it is used"
    late = asked(database, chat)
    clock.advance(minutes=10)
    assert stranger.get(late).text == unknown.text, "it is old"


def test_a_void_link_does_nothing_when_its_form_is_sent_all_the_same(
    browser: Browser, link: str, clock: ManualClock
) -> None:
    form = browser.get(link).text
    found = re.search(r'name="form_token" value="([0-9a-f]+)"', form)
    assert found is not None
    clock.advance(minutes=10)
    data = {"form_token": found[1], "username": LEO, "password": PASSWORD}
    assert browser.post(link, data=data).status_code == 404
    assert not browser.is_signed_in


def test_the_number_can_be_looked_at_again_in_that_browser_alone(
    browser: Browser, link: str
) -> None:
    browser.send(link, username=LEO, password=PASSWORD)
    assert number_on(browser, link) == number_on(browser, link) is not None
    other = Browser(browser.app)
    other.sign_in(LEO, PASSWORD)
    assert number_on(other, link) is None


def test_looking_changes_nothing(browser: Browser, link: str, database: Database) -> None:
    before = browser.get(link).text
    for _ in range(3):
        Browser(browser.app).get(link)
    assert NUMBER.search(before) is None
    assert browser.send(link, username=LEO, password=PASSWORD).status_code == 303


def test_a_forged_form_claims_no_link(browser: Browser, link: str) -> None:
    """An attacker's link, posted from the attacker's page into the victim's session."""
    browser.sign_in(LEO, PASSWORD)
    assert browser.post(link).status_code == 403
    assert number_on(browser, link) is None


def test_the_page_speaks_french_too(browser: Browser, link: str) -> None:
    browser.headers["Accept-Language"] = "fr"
    page = browser.get(link).text
    assert "Un clavardage Telegram (référence 42)" in page
    assert '<html lang="fr">' in page
