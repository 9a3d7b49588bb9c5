"""What a setting of keys says, and what a key is worth."""

import re
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.keyring.strength import weakness
from storage.keys import Keys, named_keys
from tests.conftest import SECRET

LETTERS = st.text(st.characters(codec="ascii", exclude_characters=",:"), min_size=16, max_size=40)


@given(st.dictionaries(st.from_regex(r"[A-Za-z0-9_-]{1,16}", fullmatch=True), LETTERS, min_size=1))
def test_keys_have_names_and_the_first_one_seals(keys: dict[str, str]) -> None:
    given_keys = {name: f"{key.strip()}{'x' * 16}" for name, key in keys.items()}
    setting = ", ".join(f"{name}:{key}" for name, key in given_keys.items())
    assert named_keys(setting) == given_keys
    assert Keys(setting).names == tuple(given_keys)


@given(st.text(st.characters(codec="utf-8", exclude_characters=":"), min_size=16))
def test_a_bare_key_may_have_commas_and_is_called_0(key: str) -> None:
    assert named_keys(key) == {"0": key}


@pytest.mark.parametrize(
    "setting",
    ["short", "1:short", f"1:{SECRET},1:{SECRET}x", f"{SECRET},0:{SECRET}x", f"1:{SECRET},", ""],
)
def test_keys_that_are_too_short_or_have_one_name_are_refused(setting: str) -> None:
    with pytest.raises(ValueError, match="secret key"):
        Keys(setting)


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("x" * 31, "short"),
        ("Z8#kqPw0-vT2!mLd9@sRb4&cYe6^uJn", "short"),
        ("x" * 100, "guessable"),
        ("abcd" * 20, "guessable"),
        ("0123456789" * 4, "guessable"),
        ("change-me-change-me-change-me-please", "published"),
        ("an EXAMPLE key that somebody has copied from a page", "published"),
        (SECRET, None),
    ],
)
def test_what_a_key_is_worth(key: str, why: str | None) -> None:
    assert weakness(key) == why


def test_no_page_shows_a_key_that_could_be_copied() -> None:
    """An example is made on the spot, or is refused."""
    root = Path(__file__).parents[2]
    pages = [root / "README.md", *root.glob("docs/**/*.md")]
    shown = [
        value
        for page in pages
        for value in re.findall(
            r"FOYER_(?:SECRET_KEY|API_TOKEN)=([^\s`]+)", page.read_text("utf-8")
        )
    ]
    assert any(value.startswith("$(openssl") for value in shown)
    for value in shown:
        keys = (key.rpartition(":")[2] for key in value.split(","))
        assert value.startswith("$(") or all(map(weakness, keys)), value


@pytest.mark.parametrize("make", [lambda: secrets.token_hex(16), lambda: secrets.token_urlsafe(32)])
def test_random_keys_are_worth_something(make: Callable[[], str]) -> None:
    assert {weakness(make()) for _ in range(2000)} == {None}
