"""Whether Telegram said who opened a page: computed vectors, one of them not by us."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.init_data import MiniApp
from bot.chats import ChatKey
from tests.fakes.telegram.mini_app import init_data
from tests.fakes.telegram.server import TOKEN

AT = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
PUBLISHED_TOKEN = "5768337691:AAH5YkoiEuPk8-FZa32hStHTqXiLPtAEhx8"
PUBLISHED = (
    "query_id=AAHdF6IQAAAAAN0XohDhrOrc&user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22"
    "Vladislav%22%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22%2C%22"
    "language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue%7D&auth_date=1662771648&hash="
    "c501b71e775f74ce10e377dea85a7ea24ecd640b223ea86dfe453e0eaed2e2b2"
)
"""Of the examples of the package `@telegram-apps/init-data-node`."""


def test_a_vector_that_others_have_published_is_right() -> None:
    opening = MiniApp(PUBLISHED_TOKEN).opening(PUBLISHED)
    assert opening is not None
    assert opening.chat == ChatKey("telegram", "5768337691", "279058397")
    assert (opening.person_id, opening.name) == ("279058397", "Vladislav")
    assert opening.opened_at == datetime(2022, 9, 10, 1, 0, 48, tzinfo=UTC)


def test_the_data_of_our_bot_says_who_and_when() -> None:
    opening = MiniApp(TOKEN).opening(init_data(TOKEN, 42, AT))
    assert opening is not None
    assert (opening.chat, opening.person_id) == (ChatKey("telegram", "5550001", "42"), "42")
    assert opening.opened_at == AT


def test_no_two_openings_have_one_key() -> None:
    first, second = (
        MiniApp(TOKEN).opening(init_data(TOKEN, 42, AT, query_id=query)) for query in ("a", "b")
    )
    assert first is not None
    assert second is not None
    assert first.key != second.key


@pytest.mark.parametrize("name", ["query_id", "user", "auth_date", "signature", "hash"])
def test_a_field_that_was_tampered_with_is_noticed(name: str) -> None:
    fields = dict(parse_qsl(init_data(TOKEN, 42, AT)))
    changed = {**fields, name: fields[name].replace("4", "5", 1) + "0"}
    assert MiniApp(TOKEN).opening(urlencode(changed)) is None
    assert MiniApp(TOKEN).opening(urlencode({**fields, "chat": "added"})) is None
    without = {key: value for key, value in fields.items() if key != name}
    assert MiniApp(TOKEN).opening(urlencode(without)) is None


def test_the_data_of_another_bot_is_nothing_here() -> None:
    assert MiniApp(TOKEN).opening(PUBLISHED) is None
    assert MiniApp("5550001:another-token-of-it").opening(init_data(TOKEN, 42, AT)) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"user": "{}"},
        {"user": "[]"},
        {"user": "7"},
        {"user": '{"id":"x"}'},
        {"user": '{"id":null}'},
        {"user": "{"},
        {"auth_date": "soon"},
        {"auth_date": "9" * 30},
        {"auth_date": ""},
    ],
)
def test_signed_data_that_says_nobody_or_no_time_is_none(fields: dict[str, str]) -> None:
    assert MiniApp(TOKEN).opening(init_data(TOKEN, 42, AT, **fields)) is None


def test_a_field_that_stands_there_twice_is_refused() -> None:
    data = init_data(TOKEN, 42, AT)
    for more in ("user=%7B%22id%22%3A43%7D", "auth_date=1", "hash=00"):
        assert MiniApp(TOKEN).opening(f"{data}&{more}") is None
        assert MiniApp(TOKEN).opening(f"{more}&{data}") is None


@given(st.text(max_size=300))
def test_whatever_somebody_sends_nothing_breaks(text: str) -> None:
    assert MiniApp(TOKEN).opening(text) is None


def test_the_token_is_not_shown() -> None:
    assert TOKEN not in repr(MiniApp(TOKEN))
