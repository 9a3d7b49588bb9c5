"""From a file to the database: whole, in one transaction, or not at all."""

import os
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

from bot.importing.checking import check, location_of
from bot.importing.format import FIELDS, HouseholdFile, Person
from bot.importing.problems import FileRefused, Problem
from bot.importing.reading import Document, load, read
from bot.web.passwords import normalised
from storage.database import Database
from storage.errors import ImportRefused
from storage.households.actors import Operator
from storage.households.import_records import HouseholdRecord, MemberRecord, Outcome
from storage.identity.credentials import hash_password

_REFUSALS = {
    "household_full": ("role", "no place is left for this role in that household"),
    "email_taken": ("email", "somebody of that household has this address"),
    "username_taken": ("username", "belongs to a person who was deleted"),
    "no_holder": ("role", "a household must keep exactly one holder"),
}
"""What only the database knows, by the field that it is about."""

_TO_BE_HASHED = "to be hashed"
"""In the place of a password in the dry run; it never reaches a transaction that commits."""


def load_file(
    database: Database,
    path: Path,
    *,
    dry_run: bool = False,
    overwrite: Collection[str] = frozenset(),
) -> list[Outcome]:
    """Apply the file and say what became of it; a dry run says the same and writes nothing.

    Raises FileRefused, after which nothing has been written. The dry run also comes before every
    real one: it tells which passwords will be stored, and only those are worth a hash.
    """
    content = load(path)
    document = read(content, FIELDS)
    with database.read() as uow:
        services = frozenset(service.code for service in uow.households.services())
    file = check(document, services)
    operator = Operator(file_digest=sha256(content).hexdigest())
    accepted = frozenset(overwrite)
    try:
        with database.read() as uow:
            plan = uow.importing.apply(operator, _planned(file), accepted)
        if dry_run:
            return plan
        records = _records(file, _hashes(file, plan))
        with database.write() as uow:
            return uow.importing.apply(operator, records, accepted)
    except ImportRefused as refusal:
        raise _refused(document, refusal) from refusal


def _refused(document: Document, refusal: ImportRefused) -> FileRefused:
    field, message = _REFUSALS.get(refusal.reason, ("username", refusal.reason))
    location = (*location_of(document, refusal.subject), field)
    return FileRefused([Problem(message, document.line(location), location)])


def _planned(file: HouseholdFile) -> list[HouseholdRecord]:
    return _records(file, dict.fromkeys(_passwords(file), _TO_BE_HASHED))


def _passwords(file: HouseholdFile) -> dict[str, str]:
    """Passwords in clear, in the form that is hashed, by user name."""
    return {
        person.username: normalised(person.password.get_secret_value())
        for household in file.households
        for person in household.members
        if person.password is not None
    }


def _hashes(file: HouseholdFile, plan: list[Outcome]) -> dict[str, str]:
    """Hash side by side (argon2 frees the interpreter while it works), by user name."""
    stored = {
        change.subject
        for change in plan
        if change.kind == "created" or (change.kind == "changed" and change.field == "password")
    }
    wanted = {name: password for name, password in _passwords(file).items() if name in stored}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(wanted, pool.map(hash_password, wanted.values()), strict=True))


def _records(file: HouseholdFile, hashes: Mapping[str, str]) -> list[HouseholdRecord]:
    return [
        HouseholdRecord(
            account_number=household.account_number,
            language=household.language,
            members=tuple(_member(person, hashes) for person in household.members),
        )
        for household in file.households
    ]


def _member(person: Person, hashes: Mapping[str, str]) -> MemberRecord:
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
        password_hash=hashes.get(person.username) if given is None else given.get_secret_value(),
    )
