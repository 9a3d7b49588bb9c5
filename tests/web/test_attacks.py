"""What somebody with bad intentions tries on the pages."""

import pytest

from storage.database import Database
from storage.households.households import Household
from tests.fakes.households import look_up
from tests.web.visits import FORM_TOKEN, ORIGIN, PASSWORD, Browser, mailed_path

LEO = "second1-90210003"


@pytest.fixture
def victim(browser: Browser, people: Household) -> Browser:
    browser.sign_in(LEO, PASSWORD)
    return browser


def form_token(browser: Browser, page: str) -> str:
    found = FORM_TOKEN.search(browser.get(page).text)
    assert found is not None
    return found[1]


FORMS = ["/sign-in", "/sign-out", "/account/password", "/forgot"]


@pytest.mark.parametrize("path", FORMS)
def test_a_form_without_its_token_does_nothing(victim: Browser, path: str) -> None:
    assert victim.post(path, data={"username": LEO}).status_code == 403
    assert victim.is_signed_in


@pytest.mark.parametrize("path", FORMS)
def test_a_token_of_another_browser_is_worth_nothing(victim: Browser, path: str) -> None:
    attacker = Browser(victim.app)
    stolen = form_token(attacker, "/sign-in")
    assert victim.post(path, data={"form_token": stolen}).status_code == 403
    assert victim.is_signed_in


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
    ],
)
def test_a_form_from_another_site_does_nothing_even_with_the_token(
    victim: Browser, headers: dict[str, str]
) -> None:
    token = form_token(victim, "/account")
    answer = victim.post("/sign-out", data={"form_token": token}, headers=headers)
    assert answer.status_code == 403
    assert victim.is_signed_in


def test_a_session_that_was_put_into_the_browser_before_signing_in_is_nobodys(
    browser: Browser, people: Household
) -> None:
    attacker = Browser(browser.app)
    attacker.get("/sign-in")
    planted = attacker.cookies["foyer"]
    browser.cookies.set("foyer", planted, "127.0.0.1")
    browser.sign_in(LEO, PASSWORD)
    assert not attacker.is_signed_in
    assert planted not in browser.cookies["foyer"]


def test_a_made_up_cookie_is_no_session(browser: Browser, people: Household) -> None:
    for value in ("x", "x" * 5000, "' OR 1=1 --", "\x7f"):
        attacker = Browser(browser.app)
        answer = attacker.get("/account", headers={"Cookie": f"foyer={value}"})
        assert answer.status_code == 303


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    cookie = browser.get("/sign-in").headers["set-cookie"]
    assert cookie.startswith("foyer=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


@pytest.mark.parametrize(
    "query", ["next=https://evil.example", "next=//evil.example", "return_to=/\\evil.example"]
)
def test_no_address_leads_from_here_to_another_site(
    browser: Browser, people: Household, query: str
) -> None:
    token = form_token(browser, f"/sign-in?{query}")
    data = {"form_token": token, "username": LEO, "password": PASSWORD}
    answer = browser.post(f"/sign-in?{query}", data=data)
    assert answer.headers["location"] == "account"


def test_a_false_host_header_gets_into_no_mail_and_no_redirect(
    browser: Browser, people: Household, database: Database
) -> None:
    """One that is not ours is refused everywhere (`tests/web/test_every_route.py`)."""
    evil = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    token = form_token(browser, "/forgot")
    browser.post("/forgot", data={"form_token": token, "username": LEO}, headers=evil)
    look_up(database)
    with database.read() as uow:
        [mail] = [row for row in uow.outbox.due_mails(10) if row.template == "password_reset"]
    assert mail.secrets["reset_url"].startswith(f"{ORIGIN}/password/")
    token = form_token(browser, "/sign-in")
    data = {"form_token": token, "username": LEO, "password": PASSWORD}
    assert browser.post("/sign-in", data=data, headers=evil).headers["location"] == "account"


def test_no_page_lets_its_address_out(
    browser: Browser, people: Household, database: Database
) -> None:
    browser.send("/forgot", username=LEO)
    path = mailed_path(database, "password_reset", "reset_url")
    page = browser.get(path)
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "script-src" not in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    assert "http" not in page.text.replace(ORIGIN, ""), "nothing is loaded from elsewhere"
    assert path.rpartition("/")[2] not in page.text


HOSTILE = ['"><script>alert(1)</script>', ">{{7*7}}<", "{brand}", "' onfocus=alert(1) x='"]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_stays_text(browser: Browser, people: Household, text: str) -> None:
    page = browser.sign_in(text, "wrong password").text
    assert "<script" not in page
    assert ">49<" not in page
    assert "onfocus=alert(1) x='\"" not in page


def test_a_name_with_markup_in_the_database_is_shown_as_it_is_written(
    browser: Browser, people: Household, database: Database
) -> None:
    """No name with such signs gets in; if one ever did, no page would run it."""
    with database.write() as uow:
        uow.households._members.change(
            people.holder.id, first_name=HOSTILE[0], last_name="<b>{brand}</b>"
        )
    browser.sign_in(LEO, PASSWORD)
    page = browser.get("/account").text
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;b&gt;{brand}&lt;/b&gt;" in page


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/password/..%2f..%2fetc%2fpasswd",
        "/not-me/%00",
        "/link/%2e%2e",
    ],
)
def test_no_path_leads_out_of_the_pages(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code in {404, 405}
    assert "import" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize("path", [*FORMS, "/password/some-token", "/not-me/some-token"])
def test_a_body_that_is_far_too_big_is_refused(browser: Browser, path: str) -> None:
    assert browser.post(path, data={"username": "x" * 40_000}).status_code == 413


def test_a_flood_gets_a_page_that_asks_for_patience(flooded: Browser) -> None:
    told = [flooded.get("/sign-in").status_code for _ in range(31)]
    assert told == [*[200] * 30, 429]
    page = flooded.get("/forgot")
    assert page.headers["retry-after"] == "10"
    assert "Too many requests" in page.text


def test_over_https_cookies_cannot_be_planted_and_browsers_stay_there(
    secured: Browser, people: Household
) -> None:
    page = secured.get("/sign-in")
    cookie = page.headers["set-cookie"]
    assert cookie.startswith("__Host-foyer=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert "max-age=63072000" in page.headers["strict-transport-security"]
    assert secured.sign_in(LEO, PASSWORD).status_code == 303
    assert secured.is_signed_in
