"""Where somebody is signed in, and ending it one by one."""

import re

import pytest

from storage.database import Database
from storage.households.households import Household
from tests.fakes.clock import ManualClock
from tests.fakes.households import PERSON, start_chat, verify
from tests.web.visits import PASSWORD, Browser

LEO = "second1-90210003"
HOLDER = "holder-90210003"
PAGE = "/account/sessions"
ENDS = re.compile(r'name="end" value="(chat|page) (\d+)"')


def ends(browser: Browser) -> list[tuple[str, str]]:
    return ENDS.findall(browser.get(PAGE).text)


def end(browser: Browser, kind: str, number: str, password: str = PASSWORD) -> int:
    return browser.send(PAGE, present_password=password, end=f"{kind} {number}").status_code


def is_live(database: Database, chat: int) -> bool:
    with database.read() as uow:
        return uow.sessions.live(chat, PERSON, touch=False) is not None


@pytest.fixture
def browser(browser: Browser, people: Household) -> Browser:
    browser.sign_in(LEO, PASSWORD)
    return browser


def test_each_chat_and_each_browser_is_seen_and_ends_alone(
    browser: Browser, database: Database
) -> None:
    first, second = start_chat(database, "41"), start_chat(database, "42")
    verify(database, LEO, first)
    verify(database, LEO, second)
    other = Browser(browser.app)
    other.sign_in(LEO, PASSWORD)
    page = browser.get(PAGE).text
    assert "(reference 41)" in page
    assert "(reference 42)" in page
    assert page.count("It is signed in right now") == 2
    assert [kind for kind, _ in ends(browser)] == ["chat", "chat", "page", "page"]

    oldest = [number for kind, number in ends(browser) if kind == "chat"][-1]
    assert end(browser, "chat", oldest) == 303
    assert (is_live(database, first), is_live(database, second)) == (False, True)
    newest = next(number for kind, number in ends(browser) if kind == "page")
    assert end(browser, "page", newest) == 303
    assert (other.is_signed_in, browser.is_signed_in) == (False, True)
    assert [kind for kind, _ in ends(browser)] == ["chat", "page"]


def test_a_chat_that_was_ended_hears_nothing_any_more(browser: Browser, database: Database) -> None:
    chat = start_chat(database, "41")
    verify(database, LEO, chat)
    end(browser, *ends(browser)[0])
    with database.write() as uow:
        member_id = uow.sign_in.candidate(LEO).member_id
        assert member_id is not None
        uow.chat_events.tell(member_id, "pattern_access_decided", {})
        assert uow.inbox.next("terminal", "bot", "41") is None


def test_the_own_browser_can_be_ended_too(browser: Browser) -> None:
    end(browser, *ends(browser)[-1])
    assert not browser.is_signed_in


def test_without_the_present_password_nothing_ends(browser: Browser, database: Database) -> None:
    chat = start_chat(database)
    verify(database, LEO, chat)
    for kind, number in ends(browser):
        assert end(browser, kind, number, "a guess") == 422
    assert is_live(database, chat)
    assert browser.is_signed_in


def test_nobody_ends_what_is_anothers(browser: Browser, database: Database) -> None:
    chat = start_chat(database)
    verify(database, HOLDER, chat)
    holder = Browser(browser.app)
    holder.sign_in(HOLDER, PASSWORD)
    theirs = ends(holder)
    assert {kind for kind, _ in theirs} == {"chat", "page"}
    assert not set(theirs) & set(ends(browser))
    for kind, number in theirs:
        end(browser, kind, number)
    assert is_live(database, chat)
    assert holder.is_signed_in


@pytest.mark.parametrize(
    "which", ["", "chat", "chat x", "page -1", "page ²", "member 1", "chat 99"]
)
def test_nonsense_ends_nothing(browser: Browser, which: str) -> None:
    answer = browser.send(PAGE, present_password=PASSWORD, end=which)
    assert answer.status_code == 303
    assert browser.is_signed_in


def test_a_chat_is_listed_for_a_month_after_its_last_proof(
    browser: Browser, database: Database, clock: ManualClock
) -> None:
    verify(database, LEO, start_chat(database))
    clock.advance(days=29)
    browser.sign_in(LEO, PASSWORD)
    assert "It is not signed in" in browser.get(PAGE).text
    clock.advance(days=1)
    browser.sign_in(LEO, PASSWORD)
    assert "No chat is linked" in browser.get(PAGE).text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_speaks_both_languages(
    browser: Browser, database: Database, language: str
) -> None:
    verify(database, LEO, start_chat(database))
    page = browser.get(f"{PAGE}?language={language}").text
    assert f'<html lang="{language}">' in page
    assert "{" not in page
