import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.words.cleaning import LONGEST, clean, clean_part

ANY_TEXT = st.text(st.characters(codec=None))
EXPANDING = st.text(st.sampled_from("\ufdfa\ufdfb㎏㌖㍿﷼ﬃ⑩㋿ab "), max_size=600)
ON_LETTERS = st.text(st.sampled_from("\u0300\u0301\u0316\u0334\u0345\u031b\u200dae"), max_size=600)


@given(ANY_TEXT | EXPANDING | ON_LETTERS)
def test_any_string_comes_out_short_and_encodable(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) <= LONGEST
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned


@given(ANY_TEXT)
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_accents_typed_as_two_characters_become_one() -> None:
    assert clean("Zoe\u0301") == "Zoé"


def test_line_breaks_and_control_characters_become_spaces() -> None:
    assert clean(" add\x00my\r\n\u2028son\t") == "add my son"


def test_invisible_characters_and_lone_surrogates_go() -> None:
    assert clean("un\u200block\ud800 \u202eme") == "unlock me"


def test_a_long_message_keeps_its_beginning() -> None:
    assert clean("add my son " + "x" * 100_000).startswith("add my son x")
    assert len(clean("\ufdfa" * 4096)) <= LONGEST


@given(EXPANDING)
def test_what_grows_beyond_the_clamp_counts_as_cut_off(text: str) -> None:
    whole = " ".join(unicodedata.normalize("NFKC", text).split())
    cleaned, is_cut = clean_part(text)
    assert whole.startswith(cleaned)
    assert is_cut == (len(whole) > LONGEST)


def test_what_was_typed_in_pieces_is_put_together_before_it_is_counted() -> None:
    typed = unicodedata.normalize("NFD", "é" * LONGEST)
    assert clean_part(typed) == ("é" * LONGEST, False)


@pytest.mark.parametrize("joined_by", ["", "\u200d"])
def test_a_letter_bears_no_more_marks_than_any_language_puts_on_it(joined_by: str) -> None:
    stacked = "a" + joined_by.join("\u0301\u0316" * 2000)
    assert len(clean(stacked)) <= 32
    assert clean("Z\u0323\u0301oe\u0301") == "Ẓ\u0301oé"
