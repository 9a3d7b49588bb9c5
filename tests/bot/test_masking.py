"""Masking at the intake: what is private is never written down, and all else as it was typed."""

import re
import unicodedata
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.masking import Masks
from bot.dialogue.message import CODE, Message
from intents.parser import Parser
from intents.secrets.numbers import Folded, Typed, ascii_digits
from intents.secrets.private import Private, fits_check_digit
from storage.keys import Keys

KEYS = Keys("a secret key for the tests alone")


def nothing_private(typed: str) -> list[Private]:
    return []


MASKS = Masks(KEYS, nothing_private)


def mask(typed: str, masks: Masks = MASKS, *, awaited: bool = False) -> str:
    return masks.mask(masks.look(typed), awaited=awaited)


CODES = st.from_regex(r"[0-9]{8}", fullmatch=True)
GAPS = st.sampled_from(["", " ", "-", ".", "–", "\N{NO-BREAK SPACE}", "_", "·"])
ZEROS = st.sampled_from([chr(c) for c in range(0x10000) if unicodedata.decimal(chr(c), None) == 0])
LETTERS = st.characters(exclude_categories=["Nd", "Cs", "No", "Nl"])
PROSE = st.text(LETTERS, max_size=30)
FEW_DIGITS = st.from_regex(r"[0-9]{1,4}", fullmatch=True)
BETWEEN = st.text(LETTERS, max_size=6)
ANY_DIGITS = st.text(st.characters(categories=["Nd", "No", "Nl", "Zs", "Pd", "Po", "Ll"]))
WRITTEN = st.one_of(st.text(), ANY_DIGITS, st.from_regex(r"[0-9 .,-]{0,40}", fullmatch=True))


def in_script(digits: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(digit)) for digit in digits)


def digits_of(text: str) -> str:
    """All its digits, however they are written; none of those in a mask."""
    bare = re.sub(r"⟨[^⟩]*⟩", " ", text)
    return ascii_digits(unicodedata.normalize("NFKC", bare))


@given(before=PROSE, after=PROSE, code=CODES, gap=GAPS, zero=ZEROS)
def test_a_code_in_any_script_and_sentence_is_replaced_by_its_digest(
    before: str, after: str, code: str, gap: str, zero: str
) -> None:
    typed = in_script(code[:4], zero) + gap + in_script(code[4:], zero)
    masked = mask(f"{before} {typed} {after}")
    assert code not in digits_of(masked)
    assert Message(masked).codes == (KEYS.code_digest(code),)


@given(code=CODES, gap=GAPS)
def test_what_was_typed_is_sealed_beside_its_digest(code: str, gap: str) -> None:
    typed = f"{code[:4]}{gap}{code[4:]}"
    [(digest, sealed)] = re.findall(r"⟨code:([^:⟩]+):([^⟩]+)⟩", mask(f"no. {typed} ok"))
    assert (digest, KEYS.open(sealed)) == (KEYS.code_digest(code), typed)


@given(
    parts=st.lists(st.tuples(BETWEEN, st.from_regex(r"[0-9]{1,4}", fullmatch=True))), end=BETWEEN
)
def test_while_a_code_is_awaited_a_message_with_four_digits_is_sealed_whole(
    parts: list[tuple[str, str]], end: str
) -> None:
    typed = "".join(f"{words}{digits}" for words, digits in parts) + end
    masked = mask(typed, awaited=True)
    if sum(len(digits) for _, digits in parts) >= 4:
        assert re.fullmatch(r"⟨digits:[^⟩]+⟩", masked)
        assert KEYS.open(Message(masked).sealed or "") == typed.translate(BRACKETS)
    else:
        assert len(digits_of(masked)) < 4


@given(code=CODES, cuts=st.sets(st.integers(1, 7)), between=BETWEEN)
def test_eight_digits_in_any_grouping_are_the_code(code: str, cuts: set[int], between: str) -> None:
    edges = [0, *sorted(cuts), 8]
    groups = [code[a:b] for a, b in pairwise(edges)]
    for glue in (" ", " and ", between):
        assert Typed.of(glue.join(groups)).candidate(8) == code


@given(typed=WRITTEN, length=st.sampled_from([6, 8]))
def test_a_message_is_one_candidate_at_most_and_of_the_length_that_is_asked_for(
    typed: str, length: int
) -> None:
    candidate = Typed.of(typed).candidate(length)
    assert candidate is None or (len(candidate), candidate.isascii()) == (length, True)
    assert not any(char.isdecimal() for char in Typed.of(typed).words)


@given(codes=st.lists(CODES, min_size=2, max_size=400), gap=st.sampled_from([" ", ", ", "\n", "-"]))
@example(codes=["12345678"] * 455, gap=" ")
def test_several_codes_in_one_message_are_no_candidate(codes: list[str], gap: str) -> None:
    assert Typed.of(gap.join(codes)).candidate(8) is None


def test_circled_digits_are_no_way_around_that() -> None:
    assert Typed.of("⑩⑪⑫⑬" * 255).candidate(8) is None
    assert Typed.of("⑩⑪⑫⑬").candidate(8) == "10111213"


BRACKETS = str.maketrans("⟨⟩", "<>")


@given(text=st.text())
@example("10²")
@example("Ａｎｎａ, ﬁne")
def test_what_is_not_private_is_kept_as_it_was_typed(text: str) -> None:
    if not Message(mask(text)).has_secret:
        assert mask(text) == text.translate(BRACKETS)


@given(before=PROSE, after=PROSE, code=CODES)
def test_around_a_mask_everything_stays_as_it_was_typed(before: str, after: str, code: str) -> None:
    masked = mask(f"{before} {code} {after}")
    kept = re.sub(r"⟨[^⟩]*⟩", code, masked)
    assert kept == f"{before} {code} {after}".translate(BRACKETS)


@given(text=st.text())
@example("⟨code:abc⟩")
@example("⟨digits:abc⟩")
@example("⟨password⟩")
@example("⟨code:⟨code:abc⟩⟩")
def test_nobody_can_type_a_mask(text: str) -> None:
    runs = re.finditer(r"\d{4}\D{0,3}\d{4}", Folded.of(text).text)
    real = {KEYS.code_digest(ascii_digits(run[0])) for run in runs}
    masked = Message(mask(text))
    assert set(CODE.findall(masked.text)) <= real
    assert masked.sealed is None
    assert not masked.tells_private


def test_two_codes_are_two_masks() -> None:
    masked = mask("1234 5678 or 8765-4321?")
    digests = (KEYS.code_digest("12345678"), KEYS.code_digest("87654321"))
    assert Message(masked).codes == digests
    assert Message(masked).words == "or ?"


def test_a_phone_number_and_a_date_stay(parser: Parser) -> None:
    masks = Masks(KEYS, parser.private)
    for text in ("1-877-380-2611", "514 555-0199", "2026-03-02", "the 611", "I have 1234567 users"):
        assert mask(text, masks) == text


def with_check_digit(digits: str) -> str:
    return next(f"{digits}{last}" for last in "0123456789" if fits_check_digit(f"{digits}{last}"))


def grouped(digits: str, sizes: tuple[int, ...], gap: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(digits[at : at + size])
        at += size
    return gap.join(parts)


@given(
    digits=st.from_regex(r"[45][0-9]{14}", fullmatch=True),
    sizes=st.sampled_from([(16,), (4, 4, 4, 4), (8, 8), (2,) * 8, (1,) * 16]),
    gap=st.sampled_from([" ", "-", ".", "\N{NO-BREAK SPACE}", "\u200b"]),
    zero=ZEROS,
    tail=st.sampled_from(["", " 12/28", " 123", " 1228 123", ", thanks"]),
    awaited=st.booleans(),
)
def test_a_card_number_is_seen_in_any_grouping_and_script(  # noqa: PLR0917
    parser: Parser,
    digits: str,
    sizes: tuple[int, ...],
    gap: str,
    zero: str,
    tail: str,
    awaited: bool,
) -> None:
    number = grouped(with_check_digit(digits), sizes, gap)
    typed = "".join(in_script(char, zero) if char.isdigit() else char for char in number)
    masked = Message(mask(f"take it: {typed}{tail}", Masks(KEYS, parser.private), awaited=awaited))
    assert masked.tells_private
    assert len(digits_of(masked.text)) <= 4


@given(
    digits=st.from_regex(r"[1-79][0-9]{7}", fullmatch=True),
    gap=st.sampled_from(["", " ", "-", "\N{NO-BREAK SPACE}"]),
    zero=ZEROS,
)
def test_a_social_insurance_number_is_seen(
    parser: Parser, digits: str, gap: str, zero: str
) -> None:
    number = in_script(with_check_digit(digits), zero)
    masked = mask(f"NAS {grouped(number, (3, 3, 3), gap)}.", Masks(KEYS, parser.private))
    assert masked == "NAS ⟨sin⟩."


@given(typed=st.text(st.characters(codec=None)), digits=CODES)
def test_what_is_sealed_while_a_code_is_awaited_comes_back_as_it_was_typed(
    typed: str, digits: str
) -> None:
    """Whatever it holds: what no UTF-8 has, too."""
    sealed = Message(mask(f"{typed} {digits}", awaited=True)).sealed
    assert sealed is not None
    assert KEYS.open(sealed) == f"{typed} {digits}".translate(str.maketrans("⟨⟩", "<>"))
