"""What was done, by whom, to whom: append-only, one chain per household."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from storage.table_base import Base, Moment


class Audit(Base, table=True):
    """One entry. Nothing personal stands here, so that it can stay when details are erased."""

    __tablename__ = "audit"
    __table_args__ = (
        UniqueConstraint("household_id", "seq", name="uq_audit_seq"),
        CheckConstraint("outcome IN ('done', 'refused')", name="outcome"),
    )

    id: int | None = Field(default=None, primary_key=True)
    household_id: int = Field(foreign_key="household.id")
    seq: int
    receipt: str = Field(unique=True)
    actor_kind: str
    actor_member_id: int | None = None
    session_id: int | None = None
    action: str
    target_member_id: int | None = None
    outcome: str
    reason: str | None = None
    request_id: int | None = None
    """The inbox row that asked for it."""
    digest: str | None = None
    """Salted digest of the personal values in `audit_detail`."""
    at: datetime = Field(sa_type=Moment)
    prev_mac: str
    mac: str
    key_id: str | None = None
    """The secret key of `mac` and `digest`, which prove it; None: the one called "0"."""


class AuditDetail(Base, table=True):
    __tablename__ = "audit_detail"

    audit_id: int = Field(foreign_key="audit.id", primary_key=True)
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    salt: str


class AuditLink(Base, table=True):
    """A link of the chain over all households: to an entry of one of them, by id, seq and MAC."""

    __tablename__ = "audit_link"
    __table_args__ = (
        Index("ix_audit_link_household", "household_id", "seq"),
        Index("ix_audit_link_entry", "entry_id"),
    )

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    household_id: int
    entry_id: int
    seq: int
    entry_mac: str
    at: datetime = Field(sa_type=Moment)
    key_id: str
    prev_mac: str
    mac: str


class AuditCheck(Base, table=True):
    """What the last daily look at all chains came to: one row."""

    __tablename__ = "audit_check"

    at: datetime = Field(sa_type=Moment, primary_key=True)
    flaws: int
    unlinked: int
    """Entries that no link reached."""
    links: int


audit = Base.metadata.tables["audit"]
audit_detail = Base.metadata.tables["audit_detail"]
audit_link = Base.metadata.tables["audit_link"]
audit_check = Base.metadata.tables["audit_check"]
