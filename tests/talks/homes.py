"""The households of `homes.yml`, of which every talk has a copy with its own number in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from storage.households.importing.records import HouseholdRecord, MemberRecord
from storage.identity.credentials import hash_password
from tests.fakes.yaml_files import read_yaml

FILE = Path(__file__).with_name("homes.yml")

People = Mapping[str, Mapping[str, Any]]


@cache
def homes() -> Mapping[str, People]:
    known: Mapping[str, People] = read_yaml(FILE)
    return known


@cache
def _password() -> str:
    """The digest of everybody's password; making one is slow on purpose."""
    return hash_password("correct horse 7")


@dataclass(frozen=True, slots=True)
class Copy:
    """The copy of a household that the talk of this number has for itself."""

    home: str
    number: int
    language: str

    @property
    def account(self) -> str:
        return f"T{self.number:05d}"

    @property
    def mark(self) -> str:
        """What stands behind every user name of this copy, and of no other."""
        return f"{self.number:03d}"

    @property
    def holder(self) -> str:
        return next(iter(homes()[self.home]))

    def username(self, who: str) -> str:
        return f"{who}{self.mark}"

    def who(self, username: str) -> str | None:
        """The name that the talk has for a user name; None for somebody who was added."""
        return username.removesuffix(self.mark) if username.endswith(self.mark) else None

    def chat(self, who: str) -> str:
        return f"t{self.number}-{who}"

    def numbered(self, words: str) -> str:
        return words.replace("{n}", str(self.number))

    def owns(self, address: str) -> bool:
        return f"{self.mark}@" in address

    def record(self) -> HouseholdRecord:
        people = homes()[self.home]
        members = tuple(self._member(who, one) for who, one in people.items())
        return HouseholdRecord(self.account, self.language, members)

    def _member(self, who: str, person: Mapping[str, Any]) -> MemberRecord:
        first, last = person["name"]
        rights, status = person.get("rights"), person.get("status", "active")
        return MemberRecord(
            role="holder" if who == self.holder else "secondary",
            username=self.username(who),
            first_name=first,
            last_name=last,
            email=f"{self.username(who)}@example.com",
            language=person.get("language", self.language),
            status=status,
            rights=None if rights is None else tuple(rights),
            password_hash=None if status == "invited" else _password(),
        )
