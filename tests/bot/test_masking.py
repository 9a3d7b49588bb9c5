"""Masking at the intake: no code is ever written down as it was typed."""

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.masking import ascii_digits, mask
from bot.dialogue.message import CODE, Message
from storage.keys import Keys

KEYS = Keys("a secret key for the tests alone")
CODES = st.from_regex(r"[0-9]{8}", fullmatch=True)
GAPS = st.sampled_from(["", " ", "-", ".", "–", "\N{NO-BREAK SPACE}", "_", "·"])
ZEROS = st.sampled_from([chr(c) for c in range(0x10000) if unicodedata.decimal(chr(c), None) == 0])
PROSE = st.text(st.characters(exclude_categories=["Nd", "Cs", "No", "Nl"]), max_size=30)


def in_script(digits: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(digit)) for digit in digits)


@given(before=PROSE, after=PROSE, code=CODES, gap=GAPS, zero=ZEROS)
def test_a_code_in_any_script_and_sentence_is_replaced_by_its_digest(
    before: str, after: str, code: str, gap: str, zero: str
) -> None:
    typed = in_script(code[:4], zero) + gap + in_script(code[4:], zero)
    masked = mask(f"{before} {typed} {after}", KEYS)
    assert code not in ascii_digits(masked.replace(KEYS.code_digest(code), ""))
    assert Message(masked).codes == (KEYS.code_digest(code),)


@given(code=CODES, gap=st.sampled_from(["", " ", "-", ".", " - ", "  ", "\n"]))
def test_a_code_alone_is_masked_while_one_is_awaited(code: str, gap: str) -> None:
    masked = mask(f"{code[:4]}{gap}{code[4:]}", KEYS, code_awaited=True)
    assert Message(masked).codes == (KEYS.code_digest(code),)


@given(digits=st.from_regex(r"[0-9]{4,7}", fullmatch=True))
def test_halves_and_slips_are_sealed_while_a_code_is_awaited(digits: str) -> None:
    sealed = Message(mask(digits, KEYS, code_awaited=True)).sealed_digits
    assert sealed is not None
    assert KEYS.open(sealed) == digits


@given(digits=st.from_regex(r"[0-9]{1,7}|[0-9]{9,12}", fullmatch=True))
def test_other_numbers_stay_while_no_code_is_awaited(digits: str) -> None:
    assert mask(f"I have {digits} users", KEYS) == f"I have {digits} users"


@given(text=PROSE)
def test_words_stay_what_they_are_but_for_their_form(text: str) -> None:
    plain = unicodedata.normalize("NFKC", text).translate(str.maketrans("⟨⟩", "<>"))
    if not any(char.isdecimal() for char in plain):
        assert mask(text, KEYS) == plain


@given(text=st.text())
@example("⟨code:abc⟩")
@example("⟨digits:abc⟩")
@example("⟨code:⟨code:abc⟩⟩")
def test_nobody_can_type_a_mask(text: str) -> None:
    real = {KEYS.code_digest(ascii_digits(found[0])) for found in codes_of(text)}
    assert set(CODE.findall(mask(text, KEYS))) <= real


def codes_of(text: str) -> list[re.Match[str]]:
    plain = unicodedata.normalize("NFKC", text)
    return list(re.finditer(r"\d{4}\D?\d{4}", plain))


def test_two_codes_are_two_masks() -> None:
    masked = mask("1234 5678 or 8765-4321?", KEYS)
    digests = (KEYS.code_digest("12345678"), KEYS.code_digest("87654321"))
    assert Message(masked).codes == digests
    assert Message(masked).words == "or ?"


def test_a_phone_number_and_a_date_stay() -> None:
    for text in ("1-877-380-2611", "514 555-0199", "2026-03-02", "the 611"):
        assert mask(text, KEYS) == text
