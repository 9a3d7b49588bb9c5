"""The port of our own machines: what stands there is on no port that customers reach."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import pytest
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.app import App
from bot.faces import admin_app, web_app
from bot.mail.catcher import Catcher
from bot.web.app import OF_OURS
from intents.parser import Parser
from tests.fakes.scale import examples
from tests.fakes.worlds import product_on
from tests.web.addresses import asked_for, stands_on
from tests.web.test_every_route import FALSE_HOSTS
from tests.web.visits import Browser

TOKEN = "a token for tests only"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
HEALTH = {("GET", "/health"), ("GET", "/ready")}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@pytest.fixture(scope="module")
def product(
    parser: Parser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[App]:
    file = tmp_path_factory.mktemp("ports") / "foyer.db"
    file.write_bytes(sqlite_template.read_bytes())
    built = product_on(
        file,
        parser,
        admin_port=9090,
        api_token=SecretStr(TOKEN),
        telegram_token=SecretStr("123:a-token-of-nobody"),
        telegram_mode="webhook",
    )
    yield built
    built.database.close()


@pytest.fixture(scope="module")
def customer(product: App) -> Iterator[Browser]:
    catcher = Catcher()
    catcher.start()
    yield Browser(web_app(product, catcher))
    catcher.stop()


@pytest.fixture(scope="module")
def operator(product: App) -> Browser:
    return Browser(admin_app(product), headers=BEARER)


@contextmanager
def broken(product: App) -> Iterator[None]:
    """The schema is that of a version from long ago."""
    file = product.settings.database_file
    assert file is not None
    with sqlite3.connect(file) as connection:
        [(current,)] = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        connection.execute("UPDATE alembic_version SET version_num = '0003_identity'")
        connection.commit()
        yield
        connection.execute("UPDATE alembic_version SET version_num = ?", [current])


def of_ours(operator: Browser) -> list[str]:
    return [asked_for(path) for method, path in stands_on(operator.app)
            if (method, path) not in HEALTH]  # fmt: skip


def test_every_route_stands_on_exactly_one_port(
    whole: FastAPI, customer: Browser, operator: Browser
) -> None:
    outside, inside = set(stands_on(customer.app)), set(stands_on(operator.app))
    assert outside | inside == set(stands_on(whole))
    assert outside & inside == HEALTH
    assert {path for _, path in inside - HEALTH} == {
        "/webhooks/rest/webhook",
        "/model/parse",
        "/conversations/{sender:path}/tracker",
        "/metrics",
    }


def nowhere_like(path: str) -> str:
    """An address of the same length and depth at which nothing ever was."""
    first, *rest = path.removeprefix("/").split("/")
    return "/".join(["", "n" * len(first), *rest])


def heard(browser: Browser, method: str, path: str, **headers: str) -> tuple[object, ...]:
    answer = browser.ask(method, path, headers={**BEARER, **headers})
    return answer.status_code, answer.text, sorted(answer.headers.items())


def test_customers_cannot_tell_our_routes_from_addresses_where_nothing_is(
    customer: Browser, operator: Browser
) -> None:
    for path in of_ours(operator):
        for method in METHODS:
            for address in (path, f"{path}/", path.upper()):
                answer = heard(customer, method, address)
                assert answer[0] == HTTPStatus.NOT_FOUND
                assert answer == heard(customer, method, nowhere_like(address))
                false = heard(customer, method, address, Host="evil.example")
                assert false == heard(customer, method, nowhere_like(address), Host="evil.example")


STEP = st.text(st.sampled_from("abcxyz019-_.~%é "), min_size=1, max_size=9)


@pytest.mark.soak
@settings(max_examples=examples(80), deadline=None)
@given(st.sampled_from(OF_OURS), st.lists(STEP, max_size=6), st.sampled_from(METHODS))
def test_nothing_below_our_addresses_is_told_from_nothing(
    customer: Browser, below: str, steps: list[str], method: str
) -> None:
    path = "/".join([below, *steps])
    assert heard(customer, method, path) == heard(customer, method, nowhere_like(path))


def test_nothing_of_the_customers_stands_on_our_port(customer: Browser, operator: Browser) -> None:
    for method, path in set(stands_on(customer.app)) - HEALTH:
        answer = operator.ask(method, asked_for(path))
        assert answer.status_code == HTTPStatus.NOT_FOUND, (method, path)
        assert answer.json() == {"detail": "Not Found"}


@pytest.mark.parametrize("host", [*FALSE_HOSTS, "10.0.3.7:9090", "foyer-admin.internal"])
def test_our_own_machines_may_call_us_what_they_like(operator: Browser, host: str) -> None:
    for method, path in stands_on(operator.app):
        answer = operator.ask(method, asked_for(path), headers={"Host": host})
        assert answer.status_code != HTTPStatus.MISDIRECTED_REQUEST, (method, path)
    assert operator.get("/metrics", headers={"Host": host}).status_code == HTTPStatus.OK


def test_our_port_asks_for_the_token_where_the_interface_does(operator: Browser) -> None:
    stranger = Browser(operator.app)
    for method, path in set(stands_on(operator.app)) - HEALTH - {("GET", "/metrics")}:
        assert stranger.ask(method, asked_for(path)).status_code == HTTPStatus.UNAUTHORIZED
    answer = operator.post("/model/parse", json={"text": "hello"})
    assert answer.status_code == HTTPStatus.OK


def test_answers_on_our_port_are_guarded_like_all_others(operator: Browser) -> None:
    for method, path in stands_on(operator.app):
        headers = operator.ask(method, asked_for(path)).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["cache-control"] == "no-store", path


def test_customers_are_told_that_all_is_well_or_not_and_nothing_else(
    product: App, customer: Browser, operator: Browser
) -> None:
    for _, path in sorted(HEALTH):
        assert customer.get(path).json() == {"status": "ok"}
        told = operator.get(path).json()
        assert told["status"] == "ok"
        assert {"schema", "messenger"} <= told.keys()
    assert {"inbox", "outbox", "agents"} <= operator.get("/health").json().keys()
    with broken(product):
        for _, path in sorted(HEALTH):
            answer = customer.get(path)
            assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
            assert answer.json() == {"status": "failing"}
            told = operator.get(path)
            assert told.status_code == HTTPStatus.SERVICE_UNAVAILABLE
            assert told.json().keys() == {"status", "schema"}
