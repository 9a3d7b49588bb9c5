"""A browser that once proved to be somebody's has tries of its own, and proves nothing."""

import pytest

from storage.database import Database
from storage.households.households import Household
from tests.fakes.clock import ManualClock
from tests.fakes.households import start_chat, verify
from tests.web.visits import PASSWORD, Browser, mailed_path

LEO = "second1-90210003"
HOLDER = "holder-90210003"
COOKIE = "foyer-browser"


def lock(browser: Browser, username: str = LEO) -> None:
    stranger = Browser(browser.app)
    for _ in range(6):
        stranger.sign_in(username, "a guess")


@pytest.fixture
def known(browser: Browser, people: Household) -> Browser:
    """A browser in which Léo was signed in, while a stranger has locked his sign-in since."""
    browser.sign_in(LEO, PASSWORD)
    browser.sign_out()
    lock(browser)
    return browser


def test_a_known_browser_signs_in_while_a_stranger_keeps_the_page_locked(known: Browser) -> None:
    assert Browser(known.app).sign_in(LEO, PASSWORD).status_code == 422
    assert known.sign_in(LEO, PASSWORD).status_code == 303


def test_it_needs_the_password_all_the_same(known: Browser) -> None:
    assert known.sign_in(LEO, "a guess").status_code == 422
    assert not known.is_signed_in


def test_five_wrong_ones_in_a_row_make_it_unknown(known: Browser) -> None:
    for _ in range(4):
        known.sign_in(LEO, "a guess")
    assert known.sign_in(LEO, PASSWORD).status_code == 303
    known.sign_out()
    for _ in range(5):
        known.sign_in(LEO, "a guess")
    assert known.sign_in(LEO, PASSWORD).status_code == 422


def test_its_own_wrong_ones_lock_nobody(browser: Browser, people: Household) -> None:
    browser.sign_in(LEO, PASSWORD)
    browser.sign_out()
    for _ in range(4):
        browser.sign_in(LEO, "a guess")
    assert Browser(browser.app).sign_in(LEO, PASSWORD).status_code == 303


def test_it_is_known_for_those_alone_who_signed_in_there(known: Browser) -> None:
    lock(known, HOLDER)
    assert known.sign_in(HOLDER, PASSWORD).status_code == 422
    assert known.sign_in(LEO, PASSWORD).status_code == 303


@pytest.mark.parametrize("token", ["", "made-up", "x" * 200])
def test_a_made_up_cookie_is_of_no_use(known: Browser, token: str) -> None:
    stranger = Browser(known.app)
    stranger.cookies.set(COOKIE, token, "127.0.0.1")
    assert stranger.sign_in(LEO, PASSWORD).status_code == 422


def test_whoever_says_that_a_verification_was_not_theirs_makes_every_browser_unknown(
    known: Browser, database: Database
) -> None:
    verify(database, LEO, start_chat(database))
    known.post(mailed_path(database, "verification_notice", "not_me_url"))
    assert known.sign_in(LEO, PASSWORD).status_code == 422


def test_it_is_forgotten_after_four_hundred_days(known: Browser, clock: ManualClock) -> None:
    clock.advance(days=400)
    assert known.sign_in(LEO, PASSWORD).status_code == 422


def test_the_cookie_is_given_only_to_who_signed_in_and_no_script_reads_it(
    secured: Browser, people: Household
) -> None:
    secured.sign_in(LEO, "a guess")
    assert f"__Host-{COOKIE}" not in secured.cookies
    given = secured.sign_in(LEO, PASSWORD).headers.get_list("set-cookie")
    (cookie,) = [line for line in given if COOKIE in line]
    for flag in ("__Host-", "HttpOnly", "Secure", "SameSite=lax", "Max-Age=34560000"):
        assert flag in cookie


def test_no_token_of_a_browser_stands_in_the_database(known: Browser, database: Database) -> None:
    with database.read() as uow:
        rows = uow.outbox._connection.exec_driver_sql("SELECT * FROM known_browser").all()
    assert rows
    assert known.cookies[COOKIE] not in str(rows)
