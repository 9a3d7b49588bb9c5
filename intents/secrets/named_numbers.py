"""What a number is said to be by the words before it: an order's, a device's, a bank account's."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Self

from intents.secrets.numbers import ascii_digits
from intents.words.lexicon import merged
from intents.words.tokens import fold

_BEFORE = 32
"""Characters before a number that can name it, within its sentence."""
_SENTENCE = re.compile(r"[.!?\n](?=\s|$)")
_DIGIT = re.compile(r"\d")
_TRANSIT = re.compile(r"(?<!\d)\d{5}\s?[-‐-―−]\s?\d{3}\s?[-‐-―−]\s?\d{7,12}(?!\d)")
"""A Canadian account at a bank: its branch, the institution, and the number."""
_FEW, _MANY = 5, 17
_IBAN = re.compile(r"(?<![^\W_])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}(?![^\W_])")
_CHECKED, _LEFT_OVER = 97, 1
_LETTERS_FROM = 36
_AT_BANK = re.compile(r"\d(?:[\s\-‐-―−.]{0,3}\d)*")


@dataclass(frozen=True, slots=True)
class NamedNumbers:
    """The words for numbers, of all languages."""

    harmless: re.Pattern[str]
    device: re.Pattern[str]
    bank: re.Pattern[str]
    person: re.Pattern[str]

    @classmethod
    @cache
    def load(cls) -> Self:
        words = merged("numbers.yml")
        return cls(*(_any_of(words[kind]) for kind in ("harmless", "device", "bank", "person")))

    def is_harmless(self, text: str, start: int) -> bool:
        """Whether the number that begins there is said to be an order's, a ticket's."""
        before = _before(text, start)
        return bool(self.harmless.search(before)) and not self.person.search(before)

    def is_device(self, text: str, start: int) -> bool:
        """Whether the number that begins there is said to be that of a telephone, a modem, …."""
        return self.device.search(_before(text, start)) is not None

    def at_banks(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where accounts at a bank stand: by their shape, or by what they are called."""
        yield from (match.span() for match in _TRANSIT.finditer(text))
        yield from (match.span() for match in _IBAN.finditer(text) if _is_iban(match[0]))
        for match in _AT_BANK.finditer(text):
            fits = _FEW <= len(ascii_digits(match[0])) <= _MANY
            if fits and self._is_at_bank(_before(text, match.start())):
                yield match.span()

    def _is_at_bank(self, before: str) -> bool:
        """Whether nothing nearer to the number says what it is: "transit was late, order 55"."""
        return 0 < _last_end(self.bank, before) >= _last_end(self.harmless, before)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    listed = "|".join(sorted((re.escape(fold(word)) for word in words), key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{listed})s?(?![^\W_])")


def _last_end(words: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in words.finditer(text)), default=0)


def _before(text: str, start: int) -> str:
    """Return what may name the number that begins at `start`: no other number stands between."""
    near = text[max(0, start - _BEFORE) : start]
    for mark in (_SENTENCE, _DIGIT):
        near = mark.split(near)[-1]
    return fold(near).replace("'", " ")


def _is_iban(text: str) -> bool:
    """Whether its check digits fit (ISO 13616: the number, turned round, leaves 1 over 97)."""
    plain = "".join(char for char in text if char.isalnum())
    turned = "".join(str(int(char, _LETTERS_FROM)) for char in plain[4:] + plain[:4])
    return int(turned) % _CHECKED == _LEFT_OVER
