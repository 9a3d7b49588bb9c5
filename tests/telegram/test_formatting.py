"""A reply's text as Telegram's HTML, and the sizes of its messages."""

import html
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.formatting import LONGEST, as_html
from tests.fakes.tdlib import HtmlRefusedError, needs_tdlib, shown, visible

FAMILY = "👩\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧"
CHARACTERS = ["a", "é", "x\u0301", "<", "&", "😀", "👍🏽", FAMILY, "❤\ufe0f"]
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069\u030a\u0333\u033f]")

anything = st.text(
    st.one_of(st.characters(), st.characters(categories=["Cc", "Cs", "Mn", "Cf", "Zs"])),
    max_size=200,
)
"""Lone surrogates, marks and control characters too, more often than by chance."""

pieces = st.sampled_from(["x", "é", "&", "😀", " ", "\n", "\n\n", "- ", "word", "<b>", FAMILY])
long_texts = st.lists(
    st.builds(lambda piece, times: piece * times, pieces, st.integers(1, 3000)), max_size=12
).map("".join)
clusters = st.lists(st.sampled_from(CHARACTERS), min_size=2, max_size=40).map(tuple)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def words(text: str) -> str:
    """What a reader would miss: no white space, no control characters; list marks alike."""
    composed = unicodedata.normalize("NFC", UNSEEN.sub("", "".join(text.split())))
    return UNSEEN.sub("", composed).replace("•", "-")


def test_a_short_text_stays_one_message() -> None:
    assert as_html("Hello Zoé.\n\nHow are you?") == ("Hello Zoé.\n\nHow are you?",)


def test_what_a_person_wrote_stays_words() -> None:
    assert as_html("Add <b>x</b> & co?") == ("Add &lt;b&gt;x&lt;/b&gt; &amp; co?",)


def test_a_list_has_round_marks_and_numbers_stay() -> None:
    assert as_html("Call:\n\n- Zoé - home\n- Léo\n\n1. first\n2. second") == (
        "Call:\n\n• Zoé - home\n• Léo\n\n1. first\n2. second",
    )


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "\x00\x07", "\ud83d", "\u200b\u200d", "\u2800", "\ufe0f"]
)
def test_a_text_that_shows_nothing_is_no_message(text: str) -> None:
    assert as_html(text) == ()


def test_control_characters_and_lone_surrogates_are_left_out() -> None:
    assert as_html("a\x00b\ud83d c\r\nd\te\u202ef") == ("ab c\nd ef",)


def test_the_halves_of_an_emoji_are_joined() -> None:
    assert as_html("\ud83d\ude00") == ("😀",)


def test_a_letter_keeps_the_ring_that_telegram_would_drop() -> None:
    assert as_html("A\u030ase") == ("Åse",)


def test_exactly_the_longest_text_is_one_message_and_one_more_unit_is_two() -> None:
    assert as_html("&" * LONGEST) == ("&amp;" * LONGEST,)
    assert as_html("😀" * (LONGEST // 2)) == ("😀" * (LONGEST // 2),)
    assert as_html("x" + "😀" * (LONGEST // 2)) == ("x" + "😀" * (LONGEST // 2 - 1), "😀")


@pytest.mark.parametrize("gap", ["\n\n", "\n", " "])
def test_a_gap_right_behind_the_longest_text_is_where_it_is_cut(gap: str) -> None:
    assert as_html("x" * LONGEST + gap + "y") == ("x" * LONGEST, "y")


def test_a_long_text_is_cut_between_paragraphs_first_then_lines_then_words() -> None:
    half = "x" * 2045
    assert as_html(f"{half}\n\ny\ny {half} z") == (half, f"y\ny {half} z")
    assert as_html(f"{half}\ny y {half} {half}") == (half, f"y y {half} {half}")
    assert as_html(f"{half} {half} {half}") == (f"{half} {half}", half)


def test_an_accent_without_end_is_still_sent() -> None:
    parts = as_html("x" + "\u0301" * LONGEST)
    assert "".join(parts) == "x" + "\u0301" * LONGEST


@given(clusters)
def test_a_cut_anywhere_is_never_inside_a_character(characters: tuple[str, ...]) -> None:
    text = "".join(characters) * (2 * LONGEST // units("".join(characters)))
    whole = [unicodedata.normalize("NFC", one) for one in CHARACTERS]
    for part in as_html(text):
        rest = html.unescape(part)
        while rest:
            first = next((one for one in sorted(whole, key=len)[::-1] if rest.startswith(one)), "")
            assert first, f"part of a character: {rest[:5]!a}"
            rest = rest.removeprefix(first)


@given(st.one_of(anything, long_texts))
def test_every_message_is_neither_blank_nor_too_long_and_nothing_is_lost(text: str) -> None:
    parts = [html.unescape(part) for part in as_html(text)]
    assert all(0 < units(part) <= LONGEST for part in parts)
    assert all(part.strip() == part for part in parts)
    if parts:
        assert words("".join(parts)) == words(text)


@needs_tdlib
@given(st.one_of(anything, long_texts))
def test_telegram_reads_every_message_as_it_was_meant(text: str) -> None:
    for part in as_html(text):
        assert visible(part) == html.unescape(part)
        assert shown(part).strip()


@needs_tdlib
def test_the_parser_of_these_tests_refuses_what_telegram_refuses() -> None:
    with pytest.raises(HtmlRefusedError, match="Unclosed start tag"):
        visible("<x")
