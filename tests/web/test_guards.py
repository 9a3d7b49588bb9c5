"""What surrounds the pages: headers, foreign forms, logs, sizes, health."""

import logging

import pytest
from fastapi import FastAPI

from bot.web.guards import TokenMask
from bot.web.health import Health, health_router
from storage.database import Database
from storage.keys import Keys
from storage.migrating import Schema
from tests.fakes.clock import ManualClock
from tests.fakes.schemas import CURRENT, FUTURE, schema_of
from tests.web.visits import Browser, Guest

FORM = {"username": "zoe.roy", "password": "maple syrup on snow", "password_again": "x"}


@pytest.mark.parametrize("path", ["/password/unknown", "/not-me/unknown", "/health", "/nowhere"])
def test_every_answer_is_strict_about_what_a_browser_may_do(browser: Browser, path: str) -> None:
    headers = browser.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_the_stylesheet_is_served_where_the_pages_look_for_it(
    browser: Browser, guest: Guest
) -> None:
    assert 'href="../static/foyer.css"' in browser.get(guest.path).text
    sheet = browser.get("/static/foyer.css")
    assert sheet.status_code == 200
    assert sheet.headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:8080.evil.example"},
    ],
)
def test_a_form_from_another_site_is_refused(
    browser: Browser, database: Database, notice: str, headers: dict[str, str]
) -> None:
    assert browser.post(notice, headers=headers).status_code == 403
    assert browser.get(notice).status_code == 200, "the link is still unused"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://127.0.0.1:8080"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    ],
)
def test_a_form_of_our_own_is_taken_whatever_the_browser_tells(
    browser: Browser, notice: str, headers: dict[str, str]
) -> None:
    assert browser.post(notice, headers=headers).status_code == 200


def test_an_enormous_form_is_refused(browser: Browser, guest: Guest) -> None:
    page = browser.post(guest.path, data={**FORM, "username": "x" * 100_000})
    assert page.status_code == 413


@pytest.mark.parametrize(
    ("message", "args"),
    [
        ('%s - "%s %s HTTP/%s" %d', ("127.0.0.1", "POST", "/password/s3cret?x=1", "1.1", 200)),
        ("went to /not-me/s3cret", ()),
    ],
)
def test_a_log_with_the_mask_never_shows_a_token(message: str, args: tuple[object, ...]) -> None:
    record = logging.LogRecord("uvicorn.access", logging.INFO, "", 0, message, args, None)
    assert TokenMask().filter(record)
    assert "s3cret" not in record.getMessage()
    assert "/…" in record.getMessage()


def test_health_tells_how_long_messages_and_mails_have_waited(
    browser: Browser, database: Database, clock: ManualClock
) -> None:
    quiet = browser.get("/health").json()
    assert quiet["inbox"] == {"waiting_chats": 0, "oldest_seconds": None}
    with database.write() as uow:
        uow.inbox.put("rest", "rest", "s1", "1", "s1", {"text": "hello"})
        uow.outbox.mail("locked", to="a@example.com", language="en", parameters={})
    clock.advance(seconds=90)
    with database.write() as uow:
        uow.inbox.put("rest", "rest", "s2", "1", "s2", {"text": "hello"})

    report = browser.get("/health").json()

    assert report["status"] == "ok"
    assert report["inbox"] == {"waiting_chats": 2, "oldest_seconds": 90}
    assert report["outbox"] == {"waiting": 1, "dead": 0, "oldest_seconds": 90}


def test_ready_says_no_until_the_schema_is_there(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, clock: ManualClock, keys: Keys
) -> None:
    assert browser.get("/ready").status_code == 200
    file = tmp_path_factory.mktemp("empty") / "empty.db"
    empty = Database(f"sqlite:///{file}", clock=clock, keys=keys)
    bare = FastAPI()
    bare.include_router(health_router(Health(empty, clock)))
    assert Browser(bare).get("/ready").status_code == 503
    failing = {"status": "failing", "schema": Schema.OLDER.value}
    assert Browser(bare).get("/health").json() == failing
    empty.close()


@pytest.mark.parametrize("path", ["/health", "/ready"])
@pytest.mark.parametrize(
    ("floor", "status", "schema"),
    [(CURRENT, 200, Schema.NEWER), (FUTURE, 503, Schema.TOO_NEW)],
)
def test_a_newer_schema_is_ready_only_where_it_says_so(
    browser: Browser, database: Database, path: str, *, floor: str, status: int, schema: Schema
) -> None:
    with schema_of(database, FUTURE, floor):
        answer = browser.get(path)
    assert (answer.status_code, answer.json()["schema"]) == (status, schema.value)
