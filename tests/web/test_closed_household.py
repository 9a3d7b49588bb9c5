"""The pages, for somebody whose household was closed while they were signed in."""

import pytest
from fastapi import FastAPI

from storage.database import Database
from storage.households.actors import Operator
from storage.households.households import Household
from tests.web.addresses import routes
from tests.web.visits import PASSWORD, Browser, Guest, mailed_path


def close(database: Database, account_number: str) -> None:
    with database.write() as uow:
        uow.closing.close(Operator("foyer close"), account_number)


@pytest.fixture
def signed_in(browser: Browser, people: Household) -> Browser:
    browser.sign_in(str(people.holder.username), PASSWORD)
    assert browser.is_signed_in
    return browser


def test_every_page_treats_them_as_a_stranger(
    app: FastAPI, whole: FastAPI, database: Database, people: Household, signed_in: Browser
) -> None:
    close(database, people.account_number)
    stranger = Browser(app)
    for method, path in routes(whole):
        answers = [
            browser.get(path) if method == "GET" else browser.post(path, data={"username": "x"})
            for browser in (signed_in, stranger)
        ]
        assert answers[0].status_code == answers[1].status_code, path
        assert answers[0].headers.get("location") == answers[1].headers.get("location"), path
        assert str(people.holder.first_name) not in answers[0].text, path


def test_nobody_signs_in_or_asks_for_a_new_password_any_more(
    browser: Browser, database: Database, people: Household
) -> None:
    username = str(people.holder.username)
    close(database, people.account_number)
    refused = browser.sign_in(username, PASSWORD)
    assert refused.status_code == browser.sign_in("nobody-at-all", PASSWORD).status_code
    assert not browser.is_signed_in
    browser.send("/forgot", username=username)
    with database.write() as uow:
        uow.forgotten.answer(10)
        assert {row.template for row in uow.outbox.due_mails(10)} == {"closed"}


def test_what_was_mailed_before_leads_nowhere(
    browser: Browser, database: Database, household: Household, guest: Guest
) -> None:
    disowning = mailed_path(database, "verification_notice", "not_me_url")
    before = {path: browser.get(path).status_code for path in (guest.path, disowning)}
    assert set(before.values()) == {200}
    close(database, household.account_number)
    assert {browser.get(path).status_code for path in before} == {
        browser.get("/password/an-unknown-token").status_code
    }
