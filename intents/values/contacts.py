"""E-mail addresses, typed or dictated, and phone numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Self

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from intents.parse_result import Entity
from intents.values.dictation import Dictation

HOME_REGION = "CA"
_TYPED = re.compile(r"[^\s@<>(),;:\"«»\[\]]+ ?@ ?[^\s@<>(),;:\"«»\[\]!?]+")
_DIGITS_OF_A_PHONE = 10
_MOST_PHONES = 8
_MOST_TRIES = 12
"""Runs of digits that are tried though they are no number: nobody writes more, but an attacker."""


@dataclass(frozen=True, slots=True)
class ContactFinder:
    """Finds what reaches a person: addresses and numbers, checked without any look-up."""

    dictation: Dictation

    @classmethod
    def load(cls, ordinary: frozenset[str]) -> Self:
        return cls(Dictation.load(ordinary))

    def find(self, text: str) -> list[Entity]:
        """Return the addresses and phone numbers of `text` in order."""
        emails = _typed(text) or self._dictated(text)
        return sorted([*emails, *_phones(text, emails)], key=lambda entity: entity.start)

    def _dictated(self, text: str) -> list[Entity]:
        emails = (_email(text, *spoken) for spoken in self.dictation.read(text))
        return [entity for entity in emails if entity]


def _typed(text: str) -> list[Entity]:
    emails: list[Entity | None] = []
    if "@" not in text:
        return []
    for match in _TYPED.finditer(text):
        written = match.group().rstrip(".'’").replace(" ", "")
        end = match.start() + len(match.group().rstrip(".'’"))
        emails.append(_email(text, match.start(), end, written))
    return [entity for entity in emails if entity]


def _email(text: str, start: int, end: int, written: str) -> Entity | None:
    try:
        checked = validate_email(written, check_deliverability=False)
    except EmailNotValidError:
        return None
    return Entity("email", checked.normalized, start, end, text[start:end], 1.0, "email")


def _matches(text: str) -> Iterator[phonenumbers.PhoneNumberMatch]:
    valid = phonenumbers.Leniency.VALID
    return iter(phonenumbers.PhoneNumberMatcher(text, HOME_REGION, valid, _MOST_TRIES))


def _phones(text: str, emails: list[Entity]) -> list[Entity]:
    if sum(map(str.isdigit, text)) < _DIGITS_OF_A_PHONE:
        return []
    return [
        Entity(
            "phone",
            phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164),
            match.start,
            match.end,
            match.raw_string,
            1.0,
            "phone",
        )
        for match in islice(_matches(text), _MOST_PHONES)
        if not any(email.start < match.end and match.start < email.end for email in emails)
    ]
