from hypothesis import given
from hypothesis import strategies as st

from intents.cleaning import LONGEST, clean

ANY_TEXT = st.text(st.characters(codec=None))


@given(ANY_TEXT)
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
