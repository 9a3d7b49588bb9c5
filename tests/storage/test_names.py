"""Which names are accepted, and what is derived from the secret key."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import InvalidName
from storage.keys import Keys
from storage.names import clean_name, folded


@pytest.mark.parametrize(
    "name", ["Marie-Ève", "O'Neil", "D’Arcy", "Jean  Luc", "J. R.", "Nguyễn", "李", "Zoe\u0301"]
)
def test_names_of_real_people_are_accepted(name: str) -> None:
    assert clean_name(f" {name} ") == unicodedata.normalize("NFC", " ".join(name.split()))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \t\n", "empty"),
        ("x" * 61, "too_long"),
        ("---", "characters"),
        ("R2D2", "characters"),
        ("<b>Bob</b>", "characters"),
        ("a@example.com", "characters"),
        ("Call 514", "characters"),
        ("👍", "characters"),
        ("Bob\0", "characters"),
        ("\u202eBob", "characters"),
    ],
)
def test_what_is_no_name_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidName) as refusal:
        clean_name(text)
    assert refusal.value.reason == reason


@given(st.text(max_size=80))
def test_a_cleaned_name_is_short_and_stays_as_it_is(text: str) -> None:
    try:
        name = clean_name(text)
    except InvalidName:
        return
    assert 1 <= len(name) <= 60
    assert clean_name(name) == name


@pytest.mark.parametrize("other", ["ÉLODIE", " élodie ", "E\u0301lodie", "éｌｏｄｉｅ"])
def test_spellings_of_one_name_compare_as_equal(other: str) -> None:
    assert folded(other) == folded("élodie")


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_what_is_sealed_opens_again_and_shows_nothing(text: str) -> None:
    keys = Keys("a secret key for tests only")
    sealed = keys.seal(text)
    assert keys.open(sealed) == text
    assert len(text) < 8 or text not in sealed


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 16"):
        Keys("short")
