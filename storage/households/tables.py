"""Who lives in a household and what each of them may use."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.table_base import Base, Moment, OutsideText


class Household(Base, table=True):
    __tablename__ = "household"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    account_number: str = Field(unique=True)
    language: str
    audit_head: str | None = None
    """Seals the number of audit entries, so that cutting the newest ones off is noticed too."""
    created_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    """Since then its people are gone, with this moment as their `deleted_at`."""


one_per_seat = UniqueConstraint("household_id", "seat", name="uq_member_seat")
one_per_username = UniqueConstraint("username_key", name="uq_member_username")
one_per_email = Index(
    "uq_member_email",
    "household_id",
    "email_key",
    unique=True,
    sqlite_where=text("deleted_at IS NULL"),
    postgresql_where=text("deleted_at IS NULL"),
)


class Member(Base, table=True):
    """A person of a household. The three seat checks make a seventh one impossible."""

    __tablename__ = "member"
    __table_args__ = (
        one_per_seat,
        one_per_username,
        one_per_email,
        CheckConstraint("seat BETWEEN 1 AND 6", name="seat_range"),
        CheckConstraint("(deleted_at IS NULL) = (seat IS NOT NULL)", name="seat_held"),
        CheckConstraint("seat IS NULL OR (role = 'holder') = (seat = 1)", name="seat_of_holder"),
        CheckConstraint("role IN ('holder', 'secondary')", name="role"),
        CheckConstraint("status IN ('invited', 'active', 'locked', 'suspended')", name="status"),
        Index(
            "ix_member_deleted",
            "deleted_at",
            sqlite_where=text("deleted_at IS NOT NULL"),
            postgresql_where=text("deleted_at IS NOT NULL"),
        ),
        Index(
            "ix_member_suspended_until",
            "suspended_until",
            sqlite_where=text("suspended_until IS NOT NULL"),
            postgresql_where=text("suspended_until IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    household_id: int = Field(foreign_key="household.id")
    role: str
    status: str
    status_before: str | None = None
    """What somebody suspended is again afterwards; None for everybody else."""
    suspended_until: datetime | None = Field(default=None, sa_type=Moment)
    """From then on they are it, whether somebody has entered that yet or not."""
    seat: int | None = None
    first_name: str = Field(sa_type=OutsideText)
    last_name: str = Field(sa_type=OutsideText)
    email: str = Field(sa_type=OutsideText)
    email_key: str = Field(sa_type=OutsideText)
    confirmed_email: str | None = Field(default=None, sa_type=OutsideText)
    """Where codes and resets go as long as nobody has confirmed `email`; None: there."""
    email_counts_at: datetime | None = Field(default=None, sa_type=Moment)
    """From then on they go to `email` unconfirmed: the holder said that the old one is lost."""
    language: str
    username: str | None = Field(default=None, sa_type=OutsideText)
    username_key: str | None = Field(default=None, sa_type=OutsideText)
    created_at: datetime = Field(sa_type=Moment)
    deleted_at: datetime | None = Field(default=None, sa_type=Moment)


class Service(Base, table=True):
    __tablename__ = "service"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    retired_at: datetime | None = Field(default=None, sa_type=Moment)
    """From then on nobody has it, and nobody can be given it; the past still names it."""


class ServiceName(Base, table=True):
    """What texts call a service in a language."""

    __tablename__ = "service_name"

    service_id: int = Field(foreign_key="service.id", primary_key=True)
    language: str = Field(primary_key=True)
    name: str


class ServiceWord(Base, table=True):
    """What people may call a service, beside the names that the lexicon has for it."""

    __tablename__ = "service_word"

    service_id: int = Field(foreign_key="service.id", primary_key=True)
    word: str = Field(primary_key=True)


class ServicePreset(Base, table=True):
    """Several services under one name."""

    __tablename__ = "service_preset"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)


class ServicePresetName(Base, table=True):
    __tablename__ = "service_preset_name"

    preset_id: int = Field(foreign_key="service_preset.id", primary_key=True)
    language: str = Field(primary_key=True)
    name: str


class ServicePresetService(Base, table=True):
    __tablename__ = "service_preset_service"

    preset_id: int = Field(foreign_key="service_preset.id", primary_key=True)
    service_id: int = Field(foreign_key="service.id", primary_key=True)


class AccessRight(Base, table=True):
    __tablename__ = "access_right"
    __table_args__ = (
        Index(
            "ix_access_right_ends_at",
            "ends_at",
            sqlite_where=text("ends_at IS NOT NULL"),
            postgresql_where=text("ends_at IS NOT NULL"),
        ),
    )

    member_id: int = Field(foreign_key="member.id", primary_key=True, ondelete="CASCADE")
    service_id: int = Field(foreign_key="service.id", primary_key=True)
    ends_at: datetime | None = Field(default=None, sa_type=Moment)
    """From then on it is no right any more, whether somebody has entered that yet or not."""


class PausedRight(Base, table=True):
    """A right that the holder has taken away until a moment: none before, and one again from it."""

    __tablename__ = "paused_right"
    __table_args__ = (Index("ix_paused_right_resumes_at", "resumes_at"),)

    member_id: int = Field(foreign_key="member.id", primary_key=True, ondelete="CASCADE")
    service_id: int = Field(foreign_key="service.id", primary_key=True)
    resumes_at: datetime = Field(sa_type=Moment)
    """From then on it is a right again, whether somebody has entered that yet or not."""
    ends_at: datetime | None = Field(default=None, sa_type=Moment)
    """When it ends after that, as before."""


class AccessRequest(Base, table=True):
    """A secondary user's wish for more services; at most one open request per person."""

    __tablename__ = "access_request"
    __table_args__ = (
        CheckConstraint(
            "status IN ('open', 'approved', 'partly_approved', 'declined', 'withdrawn', 'expired')",
            name="status",
        ),
        Index(
            "uq_access_request_open",
            "member_id",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", ondelete="CASCADE")
    status: str
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    note: str | None = None
    """What whoever asks would have the holder know."""
    reason: str | None = None
    """Why the holder declined it, or a part of it."""


class RequestReminder(Base, table=True):
    """That whoever asked has reminded the holder: once a day, counted over these rows."""

    __tablename__ = "request_reminder"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="access_request.id", ondelete="CASCADE", index=True)
    created_at: datetime = Field(sa_type=Moment)


class RequestedService(Base, table=True):
    __tablename__ = "requested_service"

    request_id: int = Field(foreign_key="access_request.id", primary_key=True, ondelete="CASCADE")
    service_id: int = Field(foreign_key="service.id", primary_key=True)


class ImportProgress(Base, table=True):
    """How far the import of a file has come, so that it goes on from there after a crash."""

    __tablename__ = "import_progress"

    file: str = Field(primary_key=True)
    """The digest of the file, and what of existing people it may overwrite."""
    position: int
    """Households of the file that are dealt with, in its order."""
    households: int
    """In the whole file."""
    counts: dict[str, int] = Field(sa_type=JSON)
    refused: list[int] = Field(sa_type=JSON)
    """Which of them did not fit in; they are tried once more at the end."""
    at: datetime = Field(sa_type=Moment)


household = Base.metadata.tables["household"]
member = Base.metadata.tables["member"]
service = Base.metadata.tables["service"]
service_name = Base.metadata.tables["service_name"]
service_word = Base.metadata.tables["service_word"]
access_right = Base.metadata.tables["access_right"]
paused_right = Base.metadata.tables["paused_right"]
access_request = Base.metadata.tables["access_request"]
requested_service = Base.metadata.tables["requested_service"]
request_reminder = Base.metadata.tables["request_reminder"]
import_progress = Base.metadata.tables["import_progress"]
service_preset = Base.metadata.tables["service_preset"]
service_preset_name = Base.metadata.tables["service_preset_name"]
service_preset_service = Base.metadata.tables["service_preset_service"]
