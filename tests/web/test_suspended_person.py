"""The pages, for somebody whom the holder suspends while they are signed in."""

import pytest
from fastapi import FastAPI

from storage.database import Database
from storage.households.households import Household
from storage.households.members import Member
from tests.fakes.households import acting, start_chat, verify
from tests.web.addresses import routes
from tests.web.visits import PASSWORD, Browser, Guest


def by_holder(database: Database, holder: Member, change: str, member_id: int) -> None:
    """The holder does it, in a chat."""
    session = verify(database, str(holder.username), start_chat(database, "the holder's chat"))
    with database.write() as uow:
        getattr(uow.changes, change)(acting(session), member_id)


@pytest.fixture
def someone(people: Household) -> Member:
    return people.members[1]


@pytest.fixture
def signed_in(browser: Browser, someone: Member) -> Browser:
    browser.sign_in(str(someone.username), PASSWORD)
    assert browser.is_signed_in
    return browser


def test_every_page_treats_them_as_a_stranger(  # noqa: PLR0917 -- what pages are made of
    app: FastAPI,
    whole: FastAPI,
    database: Database,
    people: Household,
    someone: Member,
    signed_in: Browser,
) -> None:
    by_holder(database, people.holder, "suspend", someone.id)
    stranger = Browser(app)
    for method, path in routes(whole):
        answers = [
            browser.get(path) if method == "GET" else browser.post(path, data={"username": "x"})
            for browser in (signed_in, stranger)
        ]
        assert answers[0].status_code == answers[1].status_code, path
        assert answers[0].headers.get("location") == answers[1].headers.get("location"), path
        assert str(someone.first_name) not in answers[0].text, path


def test_the_page_of_sign_in_says_the_same_to_them_as_to_nobody_and_whom_to_ask(
    app: FastAPI, database: Database, people: Household, someone: Member
) -> None:
    by_holder(database, people.holder, "suspend", someone.id)
    names = (str(someone.username), "nobody-at-all")
    refused = [Browser(app).sign_in(name, PASSWORD) for name in names]
    assert refused[0].status_code == refused[1].status_code
    said = [answer.text.replace(name, "") for answer, name in zip(refused, names, strict=True)]
    assert "only they can let you back in" in said[0]
    assert "only they can let you back in" in said[1]


def test_let_back_in_they_sign_in_as_before_with_the_same_password(
    browser: Browser, database: Database, people: Household, someone: Member
) -> None:
    for change in ("suspend", "resume"):
        by_holder(database, people.holder, change, someone.id)
    browser.sign_in(str(someone.username), PASSWORD)
    assert browser.is_signed_in


def test_an_invitation_opens_nothing_while_they_are_suspended_and_the_same_page_afterwards(
    browser: Browser, database: Database, household: Household, guest: Guest
) -> None:
    before = browser.get(guest.path).status_code
    by_holder(database, household.holder, "suspend", guest.member.id)
    unknown = browser.get("/password/an-unknown-token").status_code
    assert browser.get(guest.path).status_code == unknown != before
    by_holder(database, household.holder, "resume", guest.member.id)
    assert browser.get(guest.path).status_code == before
