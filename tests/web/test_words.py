"""The words of the pages, in two languages."""

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages import LANGUAGES
from bot.texts import placeholders
from bot.web.passwords import MAX_LENGTH, MIN_LENGTH, PasswordRules
from bot.web.words import PageWords, language_of

BY_PYTHON = ("change_", "chat_", "problem_", "notice_", "service_", "stands_", "erased_person")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("en;q=0.3, fr;q=0.7", "fr"),
        ("en-GB", "en"),
        ("de, en;q=0.1", "en"),
        ("fr;q=0, en", "en"),
        ("fr;q=nonsense", "en"),
        ("de", "en"),
        ("*", "en"),
        ("", "en"),
    ],
)
def test_the_page_speaks_the_language_that_the_browser_prefers(header: str, language: str) -> None:
    assert language_of(header) == language


@given(st.text())
def test_no_header_can_break_a_page(header: str) -> None:
    assert language_of(header) in LANGUAGES


def test_every_phrase_stands_in_both_languages_with_the_same_values(words: PageWords) -> None:
    for name, phrase in words.phrases.items():
        assert set(phrase) == set(LANGUAGES), name
        assert set(placeholders(phrase["en"])) == set(placeholders(phrase["fr"])), name


def test_every_phrase_is_used_and_every_used_phrase_exists(words: PageWords) -> None:
    templates = [
        one.read_text("utf-8")
        for one in files("bot.web").joinpath("templates").iterdir()
        if one.name.endswith(".html")
    ]
    source = "\n".join(templates)
    used = set(re.findall(r'(?:say\(|title = |hint=|label=)"(\w+)"', source))
    used |= {f"{name}_label" for name in re.findall(r'field\(say, "(\w+)"', source)}
    assert used <= words.phrases.keys()
    assert {n for n in words.phrases if not n.startswith(BY_PYTHON)} <= used


@pytest.fixture(scope="module")
def rules() -> PasswordRules:
    return PasswordRules.load()


@pytest.mark.parametrize(
    "password", ["password", "12345678", "PASSWORD1", "iloveyou", "azertyuiop"]
)
def test_a_common_password_is_refused(rules: PasswordRules, password: str) -> None:
    assert rules.refusal(password) == "common"


def test_a_password_is_measured_in_characters_with_both_ends_allowed(
    rules: PasswordRules,
) -> None:
    assert rules.refusal("é" * (MIN_LENGTH - 1)) == "too_short"
    assert rules.refusal("é" * MIN_LENGTH) is None
    assert rules.refusal("é" * MAX_LENGTH) is None
    assert rules.refusal("é" * (MAX_LENGTH + 1)) == "too_long"


def test_ones_own_name_is_no_password_however_it_is_spelled(rules: PasswordRules) -> None:
    assert rules.refusal("MARIE-E\u0300VE", "marie-ève") == "own_name"


def test_the_list_of_common_passwords_is_as_long_as_the_standard_asks(
    rules: PasswordRules,
) -> None:
    assert len(rules.common) >= 3000
    assert all(len(one) >= MIN_LENGTH for one in rules.common)
