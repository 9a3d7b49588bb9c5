"""Signing in on the pages, signing out, and what a lock does."""

import re

import pytest

from storage.database import Database
from storage.households.households import Household
from tests.fakes.clock import ManualClock
from tests.web.visits import FORM_TOKEN, PASSWORD, Browser

LEO = "second1-90210003"
HOLDER = "holder-90210003"


def told(browser: Browser, username: str, password: str) -> tuple[int, str]:
    """Status and words of an answer, without what is another in every form."""
    page = browser.sign_in(username, password)
    words = re.sub(r'value="[^"]*"', "", page.text)
    return page.status_code, words


def mails(database: Database, kind: str) -> int:
    with database.read() as uow:
        return [row.template for row in uow.outbox.due_mails(1000)].count(kind)


def lock(browser: Browser, username: str = LEO) -> None:
    for _ in range(5):
        browser.sign_in(username, "wrong password")


@pytest.mark.usefixtures("people")
def test_who_signs_in_sees_the_account_and_who_signs_out_does_not(browser: Browser) -> None:
    answer = browser.sign_in(LEO, PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "account")
    assert browser.is_signed_in
    out = browser.send_from("/account", "/sign-out")
    assert (out.status_code, out.headers["location"]) == (303, "sign-in")
    assert browser.get("/account").headers["location"] == "sign-in"


@pytest.mark.usefixtures("people")
def test_a_session_that_was_signed_out_is_worth_nothing_to_whoever_kept_it(
    browser: Browser,
) -> None:
    browser.sign_in(LEO, PASSWORD)
    kept = browser.cookies["foyer"]
    browser.send_from("/account", "/sign-out")
    browser.cookies.set("foyer", kept, "127.0.0.1")
    assert not browser.is_signed_in


def test_a_secondary_user_sees_exactly_the_granted_services_and_whom_to_ask(
    browser: Browser, people: Household
) -> None:
    browser.sign_in(LEO, PASSWORD)
    page = browser.get("/account").text
    may, _, may_not = page.partition("What you cannot use")
    assert "View the invoice" in may
    assert "Pay the bill" not in may
    assert may_not.count("<li>") == 5
    assert f"{people.holder.first_name} {people.holder.last_name}, the account holder" in may_not


@pytest.mark.usefixtures("people")
def test_the_holder_may_use_everything(browser: Browser) -> None:
    browser.sign_in(HOLDER, PASSWORD)
    page = browser.get("/account").text
    assert "you can use every service" in page
    assert "What you cannot use" not in page


@pytest.mark.usefixtures("people")
def test_known_unknown_locked_and_secondary_names_get_the_same_answer(
    browser: Browser, database: Database
) -> None:
    lock(browser, "locked")
    unknown = told(browser, "nobody-at-all", PASSWORD)
    assert told(browser, LEO, "wrong password") == unknown
    assert told(browser, HOLDER, "wrong password") == unknown
    lock(browser)
    assert told(browser, LEO, "wrong password") == unknown
    assert told(browser, LEO, PASSWORD) == unknown
    assert unknown[0] == 422


@pytest.mark.usefixtures("people")
def test_five_wrong_passwords_lock_and_the_person_is_told_by_mail(
    browser: Browser, database: Database
) -> None:
    lock(browser)
    assert browser.sign_in(LEO, PASSWORD).status_code == 422
    assert mails(database, "locked") == 1


@pytest.mark.usefixtures("people")
def test_four_wrong_ones_and_the_right_one_begin_anew(browser: Browser) -> None:
    for _ in range(2):
        for _ in range(4):
            browser.sign_in(LEO, "wrong password")
        assert browser.sign_in(LEO, PASSWORD).status_code == 303
        browser.send_from("/account", "/sign-out")


def test_who_was_freed_signs_in(browser: Browser, database: Database, people: Household) -> None:
    lock(browser)
    with database.write() as uow:
        uow.lockout.free(people.members[1].id)
    assert browser.sign_in(LEO, PASSWORD).status_code == 303


@pytest.mark.usefixtures("people")
def test_a_lock_does_not_end_what_is_open(browser: Browser) -> None:
    browser.sign_in(LEO, PASSWORD)
    lock(Browser(browser.app))
    assert browser.is_signed_in


@pytest.mark.usefixtures("people")
def test_a_session_lapses_when_nobody_is_there_and_ends_however_busy(
    browser: Browser, clock: ManualClock
) -> None:
    browser.sign_in(LEO, PASSWORD)
    clock.advance(minutes=15)
    assert not browser.is_signed_in
    browser.sign_in(LEO, PASSWORD)
    for _ in range(11):
        clock.advance(minutes=10)
        assert browser.is_signed_in
    clock.advance(minutes=10)
    assert not browser.is_signed_in


@pytest.mark.usefixtures("people")
def test_signing_in_again_goes_straight_to_the_account(browser: Browser) -> None:
    browser.sign_in(LEO, PASSWORD)
    assert browser.get("/sign-in").headers["location"] == "account"


@pytest.mark.usefixtures("people")
def test_signing_in_anew_ends_the_session_that_the_browser_had(browser: Browser) -> None:
    browser.sign_in(LEO, PASSWORD)
    before = browser.cookies["foyer"]
    found = FORM_TOKEN.search(browser.get("/account").text)
    assert found is not None
    data = {"form_token": found[1], "username": HOLDER, "password": PASSWORD}
    assert browser.post("/sign-in", data=data).status_code == 303
    assert browser.cookies["foyer"] != before
    browser.cookies.set("foyer", before, "127.0.0.1")
    assert not browser.is_signed_in


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("path", ["/account", "/account/password"])
def test_every_page_behind_the_sign_in_offers_to_sign_out(browser: Browser, path: str) -> None:
    browser.sign_in(LEO, PASSWORD)
    assert browser.send_from(path, "/sign-out").status_code == 303
    assert not browser.is_signed_in


@pytest.mark.usefixtures("people")
def test_a_user_name_is_found_in_any_spelling(browser: Browser) -> None:
    assert browser.sign_in(f" {LEO.upper()} ", PASSWORD).status_code == 303


def test_the_pages_follow_the_browser_and_can_be_switched(browser: Browser) -> None:
    browser.headers["Accept-Language"] = "fr-CA"
    assert '<html lang="fr">' in browser.get("/sign-in").text
    switched = browser.get("/sign-in?language=en").text
    assert '<html lang="en">' in switched
    assert 'href="?language=fr" lang="fr"' in switched
    assert '<html lang="en">' in browser.get("/forgot").text


def test_nonsense_in_the_address_chooses_no_language(browser: Browser) -> None:
    assert '<html lang="en">' in browser.get("/sign-in?language=xx%22%3E").text
