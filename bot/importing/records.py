"""From checked entries to what storage takes, with passwords hashed where they will be stored."""

import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from bot.importing.format import HouseholdEntry, Person
from bot.web.passwords import normalised
from storage.households.importing.records import HouseholdRecord, MemberRecord, Outcome
from storage.identity.credentials import hash_password

_TO_BE_HASHED = "to be hashed"
"""In the place of a password in a dry run; it never reaches a transaction that commits."""


def planned(entries: Sequence[HouseholdEntry]) -> list[HouseholdRecord]:
    """As they are without hashing anything: for finding out what will be stored."""
    return records(entries, dict.fromkeys(passwords(entries), _TO_BE_HASHED))


def passwords(entries: Iterable[HouseholdEntry]) -> dict[str, str]:
    """Passwords in clear, in the form that is hashed, by user name."""
    return {
        person.username: normalised(person.password.get_secret_value())
        for entry in entries
        for person in entry.members
        if person.password is not None
    }


def hashes(entries: Iterable[HouseholdEntry], plan: Iterable[Outcome]) -> dict[str, str]:
    """Of those that will be stored, by user name; only they are worth a hash.

    They are made side by side: argon2 frees the interpreter while it works.
    """
    stored = {
        outcome.subject
        for outcome in plan
        if outcome.kind == "created" or (outcome.kind == "changed" and outcome.field == "password")
    }
    wanted = {name: text for name, text in passwords(entries).items() if name in stored}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(wanted, pool.map(hash_password, wanted.values()), strict=True))


def records(entries: Iterable[HouseholdEntry], hashed: Mapping[str, str]) -> list[HouseholdRecord]:
    return [
        HouseholdRecord(
            account_number=entry.account_number,
            language=entry.language,
            members=tuple(_member(person, hashed) for person in entry.members),
        )
        for entry in entries
    ]


def _member(person: Person, hashed: Mapping[str, str]) -> MemberRecord:
    given = person.password_hash
    return MemberRecord(
        role=person.role,
        username=person.username,
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
        language=person.language,
        status=person.status,
        rights=None if person.rights is None else tuple(person.rights),
        password_hash=hashed.get(person.username) if given is None else given.get_secret_value(),
    )
