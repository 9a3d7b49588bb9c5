"""The page behind "this wasn't me": it puts a chat out of the account."""

from storage.database import Database
from storage.households.households import Household
from tests.fakes.households import PERSON, make_household, start_chat, verify
from tests.web.visits import Browser, mailed_path


def is_verified(database: Database) -> bool:
    with database.read() as uow:
        chat = uow.conversations.find("terminal", "bot", "chat-1")
        assert chat is not None
        return uow.sessions.live(chat.id, PERSON, touch=False) is not None


def test_looking_at_the_page_ends_nothing(
    browser: Browser, database: Database, notice: str
) -> None:
    page = browser.get(notice)
    assert page.status_code == 200
    assert "verified as Hélène" in page.text
    assert is_verified(database)


def test_the_button_ends_the_session_and_shows_what_was_changed(
    browser: Browser, database: Database, notice: str
) -> None:
    page = browser.post(notice)
    assert page.status_code == 200
    assert not is_verified(database)
    assert "Zoé was added" in page.text
    assert "10:00\u202fa.m. on March 2, 2026" in page.text
    assert "611" in page.text


def test_the_changes_are_told_in_french_too(browser: Browser, notice: str) -> None:
    page = browser.post(notice, headers={"Accept-Language": "fr"})
    assert "Zoé\u00a0: ajout" in page.text
    assert "le 2 mars 2026 à 10 h 00" in page.text.replace("\u00a0", " ")


def test_a_session_without_changes_says_so(browser: Browser, database: Database) -> None:
    household = make_household(database)
    verify(database, str(household.holder.username), start_chat(database))
    notice = mailed_path(database, "verification_notice", "not_me_url")
    assert "Nothing was changed from there" in browser.post(notice).text


def test_the_link_works_once(browser: Browser, notice: str) -> None:
    browser.post(notice)
    unknown = browser.get("/not-me/no-such-token")
    for page in (browser.get(notice), browser.post(notice)):
        assert (page.status_code, page.text) == (unknown.status_code, unknown.text)


def test_the_holder_hears_of_a_secondary_user_by_name(
    browser: Browser, database: Database, household: Household
) -> None:
    verify(database, str(household.members[1].username), start_chat(database))
    notice = mailed_path(database, "verification_notice", "not_me_url")
    assert "verified as Léo" in browser.get(notice).text
