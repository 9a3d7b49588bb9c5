"""Passkeys: added by who is signed in, used without a name, removed after a day."""

import html
import re
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from storage.database import Database
from storage.households.households import Household
from tests.fakes.authenticator import PRESENT, VERIFIED, Authenticator
from tests.fakes.clock import ManualClock
from tests.fakes.households import acting, start_chat, verify
from tests.web.test_chat_links import asked as asked_link
from tests.web.test_chat_links import number_on, typed
from tests.web.visits import PASSWORD, Browser

LEO, HOLDER = "second1-90210003", "holder-90210003"
MINE, ENTRANCE = "/account/passkeys", "/sign-in/passkey"
OTHER_WAY = re.compile(r'href="([^"]*sign-in/passkey\?link=[a-p]{32})"')
OPTIONS = re.compile(r'data-options="([^"]+)"')
CHALLENGE = re.compile(r'name="challenge" value="([^"]+)"')
NUMBER = re.compile(r'action="[^"]*account/passkeys/(\d+)/')


def asked(page: httpx.Response) -> tuple[str, str]:
    """The options that a page's script gives to the browser, and their challenge."""
    options, challenge = OPTIONS.search(page.text), CHALLENGE.search(page.text)
    assert options is not None
    assert challenge is not None
    return html.unescape(options[1]), html.unescape(challenge[1])


def add(browser: Browser, device: Authenticator, name: str = "my phone") -> httpx.Response:
    options, challenge = asked(browser.get(MINE))
    answer = device.create(options)
    return browser.send(MINE, challenge=challenge, answer=answer, passkey_name=name)


def enter(browser: Browser, device: Authenticator) -> httpx.Response:
    options, challenge = asked(browser.get(ENTRANCE))
    return browser.send(ENTRANCE, challenge=challenge, answer=device.get(options))


@pytest.fixture
def leo(browser: Browser, people: Household) -> Browser:
    browser.sign_in(LEO, PASSWORD)
    return browser


@pytest.fixture
def device(leo: Browser) -> Authenticator:
    made = Authenticator()
    assert add(leo, made).status_code == 303
    return made


def kinds(database: Database) -> list[str]:
    with database.read() as uow:
        return [row.template for row in uow.outbox.due_mails(1000)]


def test_a_passkey_signs_in_without_a_name_or_a_password(
    leo: Browser, device: Authenticator
) -> None:
    other = Browser(leo.app)
    assert enter(other, device).status_code == 303
    assert LEO in other.get("/account").text


def test_a_passkey_is_the_pages_proof_for_a_chat_that_asks(
    leo: Browser, device: Authenticator, database: Database
) -> None:
    other, chat = Browser(leo.app), start_chat(database)
    link = asked_link(database, chat)
    way = OTHER_WAY.search(other.get(link).text)
    assert way is not None
    entrance = way[1].replace("../", "/")
    options, challenge = asked(other.get(entrance))
    entered = other.send(entrance, challenge=challenge, answer=device.get(options))
    assert entered.headers["location"] == f"..{link}"
    other.send(link)
    number = number_on(other, link)
    assert number is not None
    assert typed(database, chat, number).outcome == "verified"


@pytest.mark.parametrize("where", ["//evil.example", "https://evil.example", "../../x", "a" * 33])
def test_a_passkey_leads_to_no_other_site(leo: Browser, device: Authenticator, where: str) -> None:
    entrance = f"{ENTRANCE}?link={where}"
    other = Browser(leo.app)
    options, challenge = asked(other.get(entrance))
    entered = other.send(entrance, challenge=challenge, answer=device.get(options))
    assert entered.headers["location"] == "../account"


def test_who_adds_or_removes_one_is_told_by_mail(
    leo: Browser, device: Authenticator, database: Database
) -> None:
    (number,) = NUMBER.findall(leo.get(MINE).text)
    leo.send_from(MINE, f"{MINE}/{number}/remove")
    assert kinds(database) == ["passkey_added", "passkey_removed"]


def test_a_removed_one_works_for_a_day_more_and_then_no_longer(
    leo: Browser, device: Authenticator, clock: ManualClock
) -> None:
    (number,) = NUMBER.findall(leo.get(MINE).text)
    leo.send_from(MINE, f"{MINE}/{number}/remove")
    assert "it stops working on March 3, 2026" in leo.get(MINE).text
    clock.advance(hours=23)
    assert enter(Browser(leo.app), device).status_code == 303
    clock.advance(hours=2)
    assert enter(Browser(leo.app), device).status_code == 422
    again = Browser(leo.app)
    again.sign_in(LEO, PASSWORD)
    assert "my phone" not in again.get(MINE).text


def test_what_a_thief_removed_can_be_kept(
    leo: Browser, device: Authenticator, clock: ManualClock
) -> None:
    (number,) = NUMBER.findall(leo.get(MINE).text)
    leo.send_from(MINE, f"{MINE}/{number}/remove")
    leo.send_from(MINE, f"{MINE}/{number}/keep")
    clock.advance(days=3)
    assert enter(Browser(leo.app), device).status_code == 303


def test_nobody_touches_the_passkeys_of_somebody_else(
    leo: Browser, device: Authenticator, clock: ManualClock
) -> None:
    (number,) = NUMBER.findall(leo.get(MINE).text)
    holder = Browser(leo.app)
    holder.sign_in(HOLDER, PASSWORD)
    assert "my phone" not in holder.get(MINE).text
    assert holder.send_from(MINE, f"{MINE}/{number}/remove").status_code == 303
    clock.advance(days=3)
    assert enter(Browser(leo.app), device).status_code == 303


def test_one_passkey_belongs_to_one_person(leo: Browser, device: Authenticator) -> None:
    holder = Browser(leo.app)
    holder.sign_in(HOLDER, PASSWORD)
    assert add(holder, device).status_code == 422
    enter(other := Browser(leo.app), device)
    assert LEO in other.get("/account").text


WAYS_TO_LIE: dict[str, Callable[[Authenticator], Authenticator]] = {
    "for another site": lambda device: replace(device, rp_id="evil.example"),
    "from a false page": lambda device: replace(device, origin="http://localhost.evil.example"),
    "from another port": lambda device: replace(device, origin="http://localhost:9999"),
    "without its owner": lambda device: replace(device, flags=PRESENT),
    "without anybody": lambda device: replace(device, flags=VERIFIED),
    "with another key": lambda device: replace(device, key=Authenticator().key),
    "as another passkey": lambda device: replace(device, credential_id=b"0123456789abcdef"),
    "from a copy that was left behind": lambda device: replace(device, count=-1),
}


@pytest.mark.parametrize("lie", WAYS_TO_LIE)
def test_an_answer_that_is_not_the_devices_own_opens_nothing(
    leo: Browser, device: Authenticator, lie: str
) -> None:
    other = Browser(leo.app)
    enter(Browser(leo.app), device)
    assert enter(other, WAYS_TO_LIE[lie](device)).status_code == 422
    assert not other.is_signed_in


@pytest.mark.parametrize("lie", ["for another site", "from a false page", "without its owner"])
def test_no_such_device_is_added_either(leo: Browser, lie: str) -> None:
    assert add(leo, WAYS_TO_LIE[lie](Authenticator())).status_code == 422
    assert NUMBER.search(leo.get(MINE).text) is None


@pytest.mark.parametrize(
    "answer", ["", "null", "[]", "{}", '{"id": 7}', '{"id": "AAAA"}', "ﷺ" * 500, '{"id":"é"}']
)
def test_what_is_no_answer_is_refused_with_a_sentence(
    leo: Browser, device: Authenticator, answer: str
) -> None:
    other = Browser(leo.app)
    _, challenge = asked(other.get(ENTRANCE))
    page = other.send(ENTRANCE, challenge=challenge, answer=answer)
    assert page.status_code == 422
    assert "This passkey did not work here" in page.text
    _, challenge = asked(leo.get(MINE))
    assert leo.send(MINE, challenge=challenge, answer=answer, passkey_name="x").status_code == 422


def test_no_answer_is_taken_twice(leo: Browser, device: Authenticator, clock: ManualClock) -> None:
    thief = Browser(leo.app)
    options, challenge = asked(thief.get(ENTRANCE))
    answer = device.get(options)
    cookies = httpx.Cookies(thief.cookies)
    assert thief.send(ENTRANCE, challenge=challenge, answer=answer).status_code == 303
    clock.advance(seconds=1)
    thief.cookies = cookies
    assert thief.send(ENTRANCE, challenge=challenge, answer=answer).status_code == 422


def test_an_answer_counts_for_five_minutes_and_in_its_own_browser(
    leo: Browser, device: Authenticator, clock: ManualClock
) -> None:
    other, third = Browser(leo.app), Browser(leo.app)
    options, challenge = asked(other.get(ENTRANCE))
    answer = device.get(options)
    assert third.send(ENTRANCE, challenge=challenge, answer=answer).status_code == 422
    clock.advance(minutes=6)
    assert other.send(ENTRANCE, challenge=challenge, answer=answer).status_code == 422


@pytest.mark.parametrize(
    "challenge", ["", "|", "||", "2026-03-02T15:00:00+00:00|salt|" + "0" * 64, "é|ﷺ|1"]
)
def test_a_challenge_that_we_did_not_make_is_none(
    leo: Browser, device: Authenticator, challenge: str
) -> None:
    other = Browser(leo.app)
    options, _ = asked(other.get(ENTRANCE))
    answer = device.get(options)
    assert other.send(ENTRANCE, challenge=challenge, answer=answer).status_code == 422


def test_a_name_is_asked_for_and_kept_as_text(leo: Browser) -> None:
    assert add(leo, Authenticator(), name=" ").status_code == 422
    assert add(leo, Authenticator(), name="x" * 61).status_code == 422
    assert add(leo, Authenticator(), name="<b>clé</b>").status_code == 303
    assert "&lt;b&gt;clé&lt;/b&gt;" in leo.get(MINE).text


def test_nobody_has_more_than_ten(leo: Browser) -> None:
    for number in range(10):
        assert add(leo, Authenticator(), name=f"device {number}").status_code == 303
    page = leo.get(MINE)
    assert "as many as there can be" in page.text
    assert OPTIONS.search(page.text) is None


def test_who_was_deleted_enters_no_more(
    leo: Browser, device: Authenticator, people: Household, database: Database
) -> None:
    holder = acting(verify(database, HOLDER, start_chat(database)))
    with database.write() as uow:
        uow.changes.delete(holder, people.members[-1].id)
    assert enter(Browser(leo.app), device).status_code == 422


def test_without_a_session_there_is_nothing_to_see_or_to_do(
    leo: Browser, device: Authenticator
) -> None:
    stranger = Browser(leo.app)
    assert stranger.get(MINE).headers["location"] == "../sign-in"
    for path in (MINE, f"{MINE}/1/remove", f"{MINE}/1/keep"):
        assert stranger.send_from("/sign-in", path).status_code == 303
    assert "it stops working" not in leo.get(MINE).text


def test_the_script_runs_on_two_pages_and_nowhere_else(leo: Browser) -> None:
    scripted = {
        path
        for path in ("/sign-in", ENTRANCE, "/account", MINE, "/account/password", "/forgot")
        if "script-src" in leo.get(path).headers["Content-Security-Policy"]
    }
    assert scripted == {ENTRANCE, MINE}
    assert "script-src 'self'" in leo.get(MINE).headers["Content-Security-Policy"]
