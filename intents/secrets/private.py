"""What in a message is nobody's business here: passwords and PINs, cards, bank accounts, SINs.

A password is known by the words before it (`secret`, `field.password` in the lexicons); the numbers
of cards (ISO/IEC 7812), Canadian social insurance numbers and IBANs by their check digits, other
accounts at a bank by their shape or their name. What is none of these is no secret, and stays.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from intents.secrets.named_numbers import NamedNumbers
from intents.secrets.numbers import Folded, Number
from intents.secrets.secrets_typed import told
from intents.secrets.spoken_numbers import spoken_numbers
from intents.spans.span import Span
from intents.words.tokens import Token

Kind = Literal["password", "card", "sin", "bank"]

_ISSUED = {13: "4", 14: "3[0689]", 15: "3[47]", 16: "[2-6]", 19: "[456]"}
"""With which digits the cards of each length begin."""
_DEVICE = 15
"""Digits of an IMEI: as many as some cards have, and it has the same check digit."""
_LONGEST = max(_ISSUED)
_SIN = {(9,), (3, 3, 3)}
_NEVER_A_SIN = "8"
"""Business numbers begin so. No SIN begins with 0 either, but who types one so means theirs."""
_TEN = 10
_SIGNS_BEFORE = re.compile(r"[^\w\s:=«\"“(]+$")
_SIGNS_BEHIND = re.compile(r"\S+")
"""Signs belong to a password."""


@dataclass(frozen=True, slots=True)
class Private:
    """Where something private was typed, and what it is."""

    start: int
    end: int
    kind: Kind
    is_number: bool
    """Whether there is nothing in it but digits."""


Laid = tuple[Sequence[Token], Sequence[Sequence[Span]]]
"""The words of a text, and what each of them does by the lexicons alone, in every language."""


def find_private(typed: str, lay: Callable[[str], Laid]) -> list[Private]:
    """Return what is private in a text as it was typed, in order."""
    folded = Folded.of(typed)
    places = [*_numbers(folded), *_passwords(folded.text, *lay(folded.text))]
    return _private(folded, places)


def find_numbers(typed: str) -> list[Private]:
    """Return the private numbers alone: of cards, of people, of accounts at a bank."""
    folded = Folded.of(typed)
    return _private(folded, _numbers(folded))


def _private(folded: Folded, places: Iterable[tuple[int, int, Kind]]) -> list[Private]:
    private = [
        Private(*folded.typed(start, end), kind, not _has_letters(folded.text[start:end]))
        for start, end, kind in places
    ]
    return sorted(private, key=lambda span: span.start)


def _passwords(
    text: str, tokens: Sequence[Token], readings: Sequence[Sequence[Span]]
) -> Iterator[tuple[int, int, Kind]]:
    """Return the passwords that are told in every language: "pas" names none, though "pass" may."""
    told_in = [
        {
            (tokens[spans[first].first].start, tokens[spans[end - 1].end - 1].end)
            for first, end in told(spans)
        }
        for spans in readings
    ]
    for start, behind in set.intersection(*told_in):
        before = _SIGNS_BEFORE.search(text, 0, start)
        after = _SIGNS_BEHIND.match(text, behind)
        yield before.start() if before else start, after.end() if after else behind, "password"


def _numbers(folded: Folded) -> Iterator[tuple[int, int, Kind]]:
    named = NamedNumbers.load()
    for start, end in named.at_banks(folded.text):
        yield start, end, "bank"
    for number in (*folded.numbers(loosely=True), *spoken_numbers(folded.text)):
        device = len(number.digits) == _DEVICE and named.is_device(folded.text, number.start)
        if _has_card(number) and not device:
            yield number.start, number.end, "card"
        elif _is_sin(number) and not named.is_harmless(folded.text, number.start):
            yield number.start, number.end, "sin"


def _has_card(number: Number) -> bool:
    """Whether some of its groups, one after another, are the number of a card.

    What else is in it may be the month in which the card ends, or the code on its back.
    """
    return any(_is_card(run) for run in _runs(number.groups))


def _runs(groups: Sequence[str]) -> Iterator[str]:
    """Return what groups make together, one after another, where a card has so many digits."""
    for first in range(len(groups)):
        run = ""
        for group in groups[first : first + _LONGEST]:
            run += group
            if len(run) > _LONGEST:
                break
            yield run


def _is_card(digits: str) -> bool:
    issued = _ISSUED.get(len(digits))
    return bool(issued and re.match(issued, digits)) and fits_check_digit(digits)


def _is_sin(number: Number) -> bool:
    digits = number.digits
    shape = tuple(map(len, number.groups))
    return shape in _SIN and digits[0] not in _NEVER_A_SIN and fits_check_digit(digits)


def fits_check_digit(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (Luhn; ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits)))
    return sum(number // _TEN + number % _TEN for number in doubled) % _TEN == 0


def _has_letters(text: str) -> bool:
    return any(char.isalpha() for char in text)
