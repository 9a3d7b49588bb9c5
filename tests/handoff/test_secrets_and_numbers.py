"""What is relayed hides secrets in whatever form they are typed, and no number that is none."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from secrets import token_urlsafe

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.channels.masking import Masks
from bot.handoff.masking import masked
from intents.parser import Parser
from intents.secrets.numbers import ascii_digits
from intents.secrets.private import fits_check_digit
from storage.keys import Keys
from storage.limits import TOKEN_BYTES

KEYS = Keys("a secret key for the tests alone")
WORDS = (
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
)
CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨"
SIGNS = st.sampled_from([" ", "-", ".", "–", " - ", ", ", "/", "\N{NO-BREAK SPACE}", "*"])
PLAIN_SIGNS = st.sampled_from(["", " ", "-", ".", "–", "_"])
BEFORE = st.sampled_from(["", "here: ", "voici ", "take it, ", "j'ai mis "])
BEHIND = st.sampled_from(["", ".", " thanks", " merci", ", ok?"])
AROUND = st.tuples(BEFORE, BEHIND)
CARDS = st.sampled_from(["4", "51", "55", "2221", "6011", "62"]).flatmap(
    lambda issuer: st.text("0123456789", min_size=15 - len(issuer), max_size=15 - len(issuer)).map(
        lambda rest: with_check_digit(issuer + rest)
    )
)
CODES = st.from_regex(r"[0-9]{8}", fullmatch=True)


def with_check_digit(digits: str) -> str:
    return next(f"{digits}{last}" for last in "0123456789" if fits_check_digit(f"{digits}{last}"))


def relayed(parser: Parser, typed: str, *, may_be_code: bool = False) -> str:
    """Return what the agent who has the case reads of what was typed."""

    def opened(_: str, sealed: str) -> str | None:
        return None if may_be_code else KEYS.open(sealed)

    masks = Masks(KEYS, parser.private)
    return masked(masks.mask(masks.look(typed)), opened)


def in_groups(digits: str, cuts: set[int]) -> list[str]:
    edges = [0, *sorted(cut for cut in cuts if cut < len(digits)), len(digits)]
    return [digits[a:b] for a, b in pairwise(edges)]


def digits_left(text: str) -> str:
    return ascii_digits(unicodedata.normalize("NFKC", text))


def spelled(digits: str, words: Sequence[str], sign: str) -> str:
    return sign.join(words[int(digit)] for digit in digits)


@given(card=CARDS, cuts=st.sets(st.integers(1, 15)), sign=SIGNS, around=AROUND)
def test_no_card_number_passes_in_any_grouping(
    parser: Parser, card: str, cuts: set[int], sign: str, around: tuple[str, str]
) -> None:
    seen = relayed(parser, sign.join(in_groups(card, cuts)).join(around))
    assert not digits_left(seen)
    assert "••••" in seen


@given(card=CARDS, words=st.sampled_from([*WORDS, CIRCLED]), sign=SIGNS, before=BEFORE)
def test_no_card_number_passes_in_words_or_circled_digits(
    parser: Parser, card: str, words: Sequence[str], sign: str, before: str
) -> None:
    seen = relayed(parser, f"{before}{spelled(card, words, sign)} ok")
    assert re.fullmatch(rf"{re.escape(before)}•••• ok", seen)


@given(code=CODES, cuts=st.sets(st.integers(1, 7)), sign=PLAIN_SIGNS, before=BEFORE)
def test_no_code_passes_in_groups_of_any_size(
    parser: Parser, code: str, cuts: set[int], sign: str, before: str
) -> None:
    groups = in_groups(code, cuts)
    assume([*map(len, groups)] not in ([4, 2, 2], [2, 2, 4]))  # as days are written
    seen = relayed(parser, f"{before}{sign.join(groups)} ok", may_be_code=True)
    assert not digits_left(seen)


@given(code=CODES, words=st.sampled_from([*WORDS, CIRCLED]), sign=SIGNS)
def test_no_code_passes_in_words_or_circled_digits(
    parser: Parser, code: str, words: Sequence[str], sign: str
) -> None:
    seen = relayed(parser, f"it is {spelled(code, words, sign)} ok", may_be_code=True)
    assert seen == "it is •••• ok"


@given(
    naming=st.sampled_from(
        ["my password is ", "mdp: ", "mot de passe : ", "password=", "my PIN: "]
    ),
    secret=st.from_regex(r"[a-z]{3,6}[0-9]{2,4}[A-Z!#$%]{1,3}", fullmatch=True),
    behind=BEHIND,
)
def test_no_password_passes(parser: Parser, naming: str, secret: str, behind: str) -> None:
    assert secret not in relayed(parser, f"{naming}{secret}{behind}")


DEVICES = st.from_regex(r"[0-9]{14}", fullmatch=True).map(with_check_digit)
NAMED_DEVICES = st.sampled_from(
    ["IMEI ", "the imei is ", "my device number: ", "le IMEI est ", "appareil no "]
)
NO_SECRETS = st.one_of(
    st.builds(
        "{} {}".format,
        st.sampled_from(["account", "order number", "invoice", "ticket", "commande", "facture no"]),
        st.from_regex(r"[0-9]{4,12}|[0-9]{3} [0-9]{3} [0-9]{3}|[0-9]{4}-[0-9]{4}", fullmatch=True),
    ),
    st.builds("call {}".format, st.from_regex(r"1?[2-9][0-9]{2}[2-9][0-9]{6}", fullmatch=True)),
    st.from_regex(r"\(?[2-9][0-9]{2}\)? ?[2-9][0-9]{2}-[0-9]{4}", fullmatch=True),
    st.from_regex(r"\+1 [2-9][0-9]{2} [2-9][0-9]{2} [0-9]{4}", fullmatch=True),
    st.builds("{}{}".format, NAMED_DEVICES, DEVICES),
    DEVICES.filter(lambda digits: digits[:2] not in {"34", "37"}),
    st.from_regex(r"[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]", fullmatch=True),
    st.dates().map(str),
    st.dates().map(lambda day: f"{day:%d/%m/%Y}"),
    st.from_regex(r"order [179][0-9]{15}", fullmatch=True),
)


@given(number=NO_SECRETS, before=BEFORE, behind=BEHIND)
def test_a_number_that_is_no_secret_passes_as_it_was_typed(
    parser: Parser, number: str, before: str, behind: str
) -> None:
    typed = f"{before}{number}{behind}"
    assert relayed(parser, typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "imei 35-209900-176148-1",
        "two lines, 514 555 1234 and 418 555 9876",
        "I was there from 10 to 12, at 3 Main Street, H2X 1Y4",
        "one two three testing",
        "le un, le deux et le trois",
        "the transit was late, my order is 55820134",
        "I paid 86.40 on 2026-03-02",
        "order 130692544",
        "facture no 130 692 544",
    ],
)
def test_what_people_write_beside_secrets_stays(parser: Parser, typed: str) -> None:
    assert relayed(parser, typed) == typed


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (
            "https://videotron-securite.example/connexion/Videotron-Service-Client-Connexion-2026",
            None,
        ),
        ("https://en.wikipedia.org/wiki/Royal_Canadian_Mounted_Police_Academy_Depot", None),
        ("https://www.example.com/help/Mon-Compte-Videotron-Connexion/index.php?lang=fr", None),
        ("https://example.com/ville/logements-a-louer-h2x1y4-montreal-quebec-2026", None),
        ("https://videotron.com@evil.example/login", None),
        (
            "https://evil.example/login/session/AbCdEfGhIjKlMnOpQrStUvWx/next",
            "https://evil.example/login/session/••••/next",
        ),
        (
            "https://docs.example/d/1AbCdEfGhIjKlMnOpQrStUvWxYz012345/edit?usp=sharing",
            "https://docs.example/d/••••/edit?usp=sharing",
        ),
        (
            "http://evil.example/verify?token=AbCdEfGhIjKlMnOpQrStUv12&u=diane",
            "http://evil.example/verify?token=••••&u=diane",
        ),
        (
            "https://evil.example/r/550e8400-e29b-41d4-a716-446655440000?page=2",
            "https://evil.example/r/••••?page=2",
        ),
        (
            "https://evil.example/#access_token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF1",
            "https://evil.example/#access_token=••••",
        ),
        ("https://diane:hunter2@evil.example/x", "https://diane:••••@evil.example/x"),
        ("https://evil.example/u/zoe@example.com/x", "https://evil.example/u/z•••@•••/x"),
        ("https://evil.example/x?mail=zoe@example.com&a=1", None),
    ],
)
def test_of_a_link_host_and_path_are_read_and_what_opens_it_is_hidden(
    parser: Parser, typed: str, read: str | None
) -> None:
    masks = Masks(KEYS, parser.private)
    expected = (read or typed).replace("zoe@example.com", "z•••@•••")
    assert masked(masks.mask(masks.look(f"look: {typed} , please"))) == f"look: {expected} , please"


def test_what_opens_a_page_of_ours_is_hidden_wherever_it_stands(parser: Parser) -> None:
    masks = Masks(KEYS, parser.private)
    for place in ("/not-me/{}", "/app/{}", "/sign-in?link={}", "?start={}"):
        for _ in range(2000):
            token = token_urlsafe(TOKEN_BYTES)
            typed = f"https://help.example{place.format(token)}"
            assert token not in masks.mask(masks.look(typed)), typed
