"""Which names are accepted, and what is derived from the secret key."""

import unicodedata
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import InvalidName
from storage.keys import Keys
from storage.names import called, clean_name, folded


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
    keys = Keys("a secret key for the tests alone")
    sealed = keys.seal(text)
    assert keys.open(sealed) == text
    assert len(text) < 8 or text not in sealed


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 16"):
        Keys("short")


@dataclass(frozen=True)
class Person:
    id: int
    first_name: str
    last_name: str
    email: str
    username: str | None


LEA = Person(1, "Léa", "Roy", "lea@example.com", "lea77")
TOM = Person(2, "Tom", "Roy", "tom@example.com", "tom")
LEA_TRAN = Person(3, "Lea", "Tran", "tran@example.com", None)
OTHER_LEA = Person(4, "LÉA", "roy", "other@example.com", None)


def test_a_first_name_is_enough_where_nobody_else_has_it() -> None:
    assert called(LEA, [LEA, TOM]) == "Léa"
    assert called(LEA, [LEA, TOM], whole=True) == "Léa Roy"


def test_the_last_name_tells_two_of_one_first_name_apart() -> None:
    assert called(LEA, [LEA, LEA_TRAN]) == "Léa Roy"
    assert called(LEA_TRAN, [LEA, LEA_TRAN]) == "Lea Tran"


def test_the_address_tells_two_of_one_name_apart_however_they_are_spelt() -> None:
    people = [LEA, TOM, OTHER_LEA]
    assert called(LEA, people) == called(LEA, people, whole=True) == "Léa Roy (lea@example.com)"
    assert called(OTHER_LEA, people) == "LÉA roy (other@example.com)"


def test_where_no_address_may_be_read_the_user_name_tells_them_apart() -> None:
    assert called(LEA, [LEA, OTHER_LEA], private=True) == "Léa Roy (lea77)"
    assert called(OTHER_LEA, [LEA, OTHER_LEA], private=True) == "LÉA roy"
