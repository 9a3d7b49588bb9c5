"""What holds for every address of the whole application, and for all that are none of ours."""

from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.web.app import INTERFACES
from bot.web.hosts import ANY_HOST
from tests.fakes.scale import examples
from tests.web.addresses import TOKEN, routes
from tests.web.visits import ORIGIN, Browser

EVIL = "evil.example"
FALSE_HOSTS = [
    EVIL,
    "",
    f"127.0.0.1@{EVIL}",
    f"{EVIL}:8080",
    f"127.0.0.1.{EVIL}",
    f"{EVIL}#127.0.0.1",
    f"127.0.0.1:{EVIL}",
    "[::2]",
    "[",
    "127.0.0.1/",
]


@pytest.fixture(scope="module")
def visitor(whole: FastAPI) -> Browser:
    return Browser(whole)


@pytest.mark.parametrize("host", FALSE_HOSTS)
def test_no_route_answers_to_a_false_host(visitor: Browser, host: str) -> None:
    for method, path in routes(visitor.app):
        if path in ANY_HOST:
            continue
        for address in (path, f"{path}/", f"{path}//"):
            answer = visitor.ask(method, address, headers={"Host": host})
            assert answer.status_code == 421, (method, address)
            assert EVIL not in f"{answer.text}{answer.headers}"
            assert TOKEN not in f"{answer.text}{answer.headers}"


def test_a_second_host_beside_the_true_one_is_false(visitor: Browser) -> None:
    hosts = [("Host", "127.0.0.1"), ("Host", EVIL)]
    for method, path in routes(visitor.app):
        if path not in ANY_HOST:
            assert visitor.ask(method, path, headers=hosts).status_code == 421


def test_who_looks_after_the_process_may_call_it_what_they_like(visitor: Browser) -> None:
    for path in ANY_HOST:
        assert visitor.get(path, headers={"Host": "10.0.3.7:8080"}).status_code == 200


def test_no_route_leads_on_for_a_slash_too_many(visitor: Browser) -> None:
    for method, path in routes(visitor.app):
        answer = visitor.ask(method, f"{path}/")
        assert "location" not in answer.headers, (method, path)


class Page(HTMLParser):
    """The language of a page, and what it wants to load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.language: str | None = None
        self.sheet: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.language = dict(attrs)["lang"]
        if tag == "link":
            self.sheet = dict(attrs)["href"]


SEGMENT = st.text(st.sampled_from("abcXYZ019-_.~%é/ "), min_size=1, max_size=12)
WORDS = {"en": "There is no such page", "fr": "Cette page n’existe pas"}


@pytest.mark.soak
@settings(
    max_examples=examples(80),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    path=st.lists(SEGMENT, min_size=1, max_size=20).map("/".join),
    below=st.sampled_from(["", "/account", "/password/x", "/static", *INTERFACES]),
    language=st.sampled_from(["en", "fr"]),
)
def test_an_unknown_address_gets_a_page_of_ours_and_a_machine_gets_json(
    visitor: Browser, path: str, below: str, language: str
) -> None:
    headers = {"Accept-Language": f"{language}-CA"}
    answer = visitor.get(f"{below}/nowhere/{path}", headers=headers)
    assert answer.status_code in {401, 404}
    assert "set-cookie" not in answer.headers
    if below in INTERFACES:
        assert "detail" in answer.json()
        return
    assert Page(answer.text).language == language
    assert WORDS[language].replace("’", "&#39;") in answer.text


@pytest.mark.parametrize("path", ["/nowhere", "/a/b/c", "/account/", f"/link/{TOKEN}/x"])
def test_the_page_for_an_unknown_address_finds_its_style(visitor: Browser, path: str) -> None:
    sheet = Page(visitor.get(path).text).sheet
    assert sheet is not None
    assert visitor.get(urljoin(f"{ORIGIN}{path}", sheet)).status_code == 200


def test_an_address_that_pretends_to_be_deep_makes_no_long_page(visitor: Browser) -> None:
    assert len(visitor.get("/x" * 20_000).content) < 10_000


def test_a_form_sent_where_there_is_none_gets_the_same_page(visitor: Browser) -> None:
    answer = visitor.post("/account", data={"username": "x"})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"
    assert Page(answer.text).language == "en"


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/docs/oauth2-redirect"])
def test_customers_are_shown_no_description_of_the_interface(visitor: Browser, path: str) -> None:
    assert visitor.get(path).status_code == 404
    assert "/webhooks/rest/webhook" in visitor.app.openapi()["paths"]
