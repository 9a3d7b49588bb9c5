"""What an import file says, and how it differs from what is there (pure)."""

from dataclasses import dataclass
from typing import Literal

from storage.audit.chain import Signature
from storage.households.members import Member
from storage.names import folded

OVERWRITABLE = frozenset({"email", "rights", "status", "role", "household", "password"})
"""Fields of existing people that follow the file only on demand."""


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """A person as the file has them; None where the file says nothing."""

    role: str
    username: str
    first_name: str
    last_name: str
    email: str
    language: str | None = None
    status: str | None = None
    rights: tuple[str, ...] | None = None
    password_hash: str | None = None


@dataclass(frozen=True, slots=True)
class HouseholdRecord:
    account_number: str
    language: str
    members: tuple[MemberRecord, ...]

    def concerns(self, subject: str) -> bool:
        """Is it what was refused: this household, or somebody of it?"""
        names = {folded(person.username) for person in self.members}
        return subject == self.account_number or folded(subject) in names


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a household (by account number), a person (by user name), or a field.

    "left": it differs and was not touched; "kept": all was as in the file; "reopened" is a closed
    household.
    """

    kind: Literal["created", "reopened", "changed", "left", "kept"]
    subject: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One person of the file beside the one who is there, and the fields that are to follow."""

    household_id: int
    household_language: str
    signature: Signature
    record: MemberRecord
    existing: Member | None
    accepted: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    is_deleted: bool = False
    """The holder has deleted them within the day: an import brings nobody back."""

    @property
    def moves(self) -> bool:
        return bool(self.accepted & {"role", "household"})

    @property
    def is_as_listed(self) -> bool:
        return self.existing is not None and not self.accepted and not self.left

    @property
    def language(self) -> str:
        return self.record.language or self.household_language

    def changes(self) -> list[Outcome]:
        name = self.record.username
        if self.is_deleted:
            return [Outcome("left", name, "deleted")]
        if self.existing is None:
            return [Outcome("created", name)]
        changed = [Outcome("changed", name, field) for field in sorted(self.accepted)]
        left = [Outcome("left", name, field) for field in sorted(self.left)]
        return [*changed, *left] or [Outcome("kept", name)]


def differing(
    existing: Member, record: MemberRecord, *, household_id: int, has_password: bool
) -> frozenset[str]:
    """The fields about which the file says something else.

    What is paused is a right that the file may list. A password counts where there is none yet; of
    one that exists nobody can tell.
    """
    rights = {*existing.services, *(code for code, _ in existing.pauses)}
    pairs = {
        "first_name": (existing.first_name, record.first_name),
        "last_name": (existing.last_name, record.last_name),
        "language": (existing.language, record.language or existing.language),
        "email": (folded(existing.email), folded(record.email)),
        "rights": (rights, rights if record.rights is None else set(record.rights)),
        "status": (existing.status, record.status or existing.status),
        "role": (existing.role, record.role),
        "household": (existing.household_id, household_id),
    }
    fields = {field for field, (now, wanted) in pairs.items() if now != wanted}
    if record.password_hash is not None and not has_password:
        fields.add("password")
    return frozenset(fields)
