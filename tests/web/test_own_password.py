"""The own password: changed on the account page, forgotten, chosen anew by a mailed link."""

import re
from http import HTTPStatus

import pytest

from storage.database import Database
from storage.households.households import Household
from tests.fakes.clock import ManualClock
from tests.fakes.households import PERSON, acting, look_up, start_chat, verify
from tests.web.visits import PASSWORD, Browser, mailed_path

LEO = "second1-90210003"
NEW = "battery staple 9"


def change(browser: Browser, present: str = PASSWORD, new: str = NEW, again: str = NEW) -> int:
    page = browser.send(
        "/account/password", present_password=present, password=new, password_again=again
    )
    return page.status_code


def kinds(database: Database) -> list[str]:
    look_up(database)
    with database.read() as uow:
        return [row.template for row in uow.outbox.due_mails(1000)]


def choose(browser: Browser, path: str, new: str = NEW) -> int:
    return browser.post(path, data={"password": new, "password_again": new}).status_code


@pytest.fixture
def signed_in(browser: Browser, people: Household) -> Browser:
    browser.sign_in(LEO, PASSWORD)
    return browser


@pytest.fixture
def reset(browser: Browser, people: Household, database: Database) -> str:
    browser.send("/forgot", username=LEO)
    return mailed_path(database, "password_reset", "reset_url")


def test_the_new_password_works_and_the_old_one_does_not(
    signed_in: Browser, database: Database
) -> None:
    assert change(signed_in) == 200
    assert signed_in.is_signed_in
    assert kinds(database) == ["password_changed"]
    other = Browser(signed_in.app)
    assert other.sign_in(LEO, PASSWORD).status_code == 422
    assert other.sign_in(LEO, NEW).status_code == 303


def test_a_change_ends_every_other_session_and_renews_this_one(
    signed_in: Browser, database: Database
) -> None:
    other = Browser(signed_in.app)
    other.sign_in(LEO, PASSWORD)
    chat = start_chat(database)
    verify(database, LEO, chat)
    before = signed_in.cookies["foyer"]
    change(signed_in)
    assert signed_in.cookies["foyer"] != before
    assert not other.is_signed_in
    with database.read() as uow:
        assert uow.sessions.live(chat, PERSON, touch=False) is None


def test_who_does_not_know_the_present_password_changes_nothing(
    signed_in: Browser, database: Database
) -> None:
    for _ in range(10):
        assert change(signed_in, present="a guess of a thief") == 422
    assert change(signed_in) == 422, "five are the browser's own; five more lock here too"
    assert kinds(database) == ["locked"]


@pytest.mark.parametrize(
    ("new", "because"),
    [
        ("shorty1", "too short"),
        ("x" * 129, "too long"),
        ("password1", "most common"),
        (LEO, "your own name"),
        ("Gagnon", "too short"),
    ],
)
def test_a_bad_new_password_says_why(signed_in: Browser, new: str, because: str) -> None:
    page = signed_in.send(
        "/account/password", present_password=PASSWORD, password=new, password_again=new
    )
    assert page.status_code == 422
    assert because in page.text
    assert f'value="{new}"' not in page.text


def test_nobody_changes_a_password_without_a_session(browser: Browser) -> None:
    assert browser.get("/account/password").headers["location"] == "../sign-in"


def test_forgot_answers_the_same_for_everybody(
    browser: Browser, people: Household, database: Database
) -> None:
    answers = {
        re.sub(r'value="[^"]*"', "", browser.send("/forgot", username=name).text)
        for name in (LEO, "nobody-at-all", str(people.holder.username), "", "a b c", LEO)
    }
    assert len(answers) == 1
    assert kinds(database) == ["password_reset"] * 3


def test_a_mailed_link_chooses_a_new_password_once(
    browser: Browser, reset: str, database: Database
) -> None:
    assert LEO in browser.get(reset).text
    assert choose(browser, reset) == 200
    assert choose(browser, reset) == 404
    assert browser.is_signed_in, "by the mailed link"
    browser.sign_out()
    assert browser.sign_in(LEO, PASSWORD).status_code == 422
    assert browser.sign_in(LEO, NEW).status_code == 303
    assert kinds(database)[-1] == "password_changed"


def test_a_new_password_opens_a_locked_sign_in(
    browser: Browser, reset: str, people: Household, database: Database
) -> None:
    for _ in range(5):
        browser.sign_in(LEO, "wrong password")
    assert choose(browser, reset) == 200
    assert Browser(browser.app).sign_in(LEO, NEW).status_code == 303
    with database.read() as uow:
        assert uow.audit.verify(people.id)


def test_a_reset_link_works_for_an_hour(browser: Browser, reset: str, clock: ManualClock) -> None:
    clock.advance(minutes=60)
    assert choose(browser, reset) == 404


def test_looking_at_the_link_does_not_use_it(browser: Browser, reset: str) -> None:
    for _ in range(3):
        assert browser.get(reset).status_code == 200
    assert choose(browser, reset) == 200


def test_a_bad_password_leaves_the_link_good(browser: Browser, reset: str) -> None:
    assert choose(browser, reset, "short") == 422
    assert choose(browser, reset) == 200


def test_a_stranger_in_a_loop_fills_no_mailbox_and_keeps_nobody_out(
    browser: Browser, reset: str, database: Database
) -> None:
    for _ in range(20):
        browser.send("/forgot", username=LEO)
    assert kinds(database).count("password_reset") == 3
    assert choose(browser, reset) == 200, "the first link is still good"
    browser.send("/forgot", username=LEO)
    assert kinds(database).count("password_reset") == 4


def test_a_reset_goes_to_a_new_address_once_its_page_was_confirmed(
    browser: Browser, people: Household, database: Database
) -> None:
    """The address that the link does not go to hears of it, without the link."""
    old, new = "second1@90210003.example.com", "new@example.com"
    session = verify(database, str(people.holder.username), start_chat(database))
    with database.write() as uow:
        uow.changes.edit_profile(acting(session), people.members[1].id, email=new)
    with database.read() as uow:
        [mail] = [m for m in uow.outbox.due_mails(1000) if m.template == "email_confirmation"]
    page = "/confirm/" + mail.secrets["confirm_url"].rpartition("/")[2]

    assert "Léo" in browser.get(page).text
    assert resets(browser, database) == [
        ("password_reset", old, True),
        ("password_reset_notice", new, False),
    ], "looking at the page confirms nothing"
    assert browser.post(page).status_code == HTTPStatus.OK
    assert resets(browser, database)[2:] == [
        ("password_reset", new, True),
        ("password_reset_notice", old, False),
    ]
    assert browser.post(page).status_code == HTTPStatus.NOT_FOUND, "it works once"


def resets(browser: Browser, database: Database) -> list[tuple[str, str | None, bool]]:
    """The mails about new passwords after Léo asked for one more."""
    browser.send("/forgot", username=LEO)
    look_up(database)
    with database.read() as uow:
        return [
            (row.template, row.recipient, bool(row.secrets))
            for row in uow.outbox.due_mails(1000)
            if row.template.startswith("password_reset")
        ]
