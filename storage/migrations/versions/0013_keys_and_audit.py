"""Keys that are known by name, links between the chains of the audit, and rows given up."""

import sqlalchemy as sa
from alembic import op

revision = "0013_keys_and_audit"
down_revision = "0012_guesses"
branch_labels = None
depends_on = None

floor = "0010_services"  # everything here is new beside what that program reads and writes

MOMENT = sa.DateTime(timezone=True)
SQLITE_TRIGGER = """
CREATE TRIGGER audit_link_no_{event} BEFORE {event} ON audit_link
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER audit_link_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_link
FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()
"""


def upgrade() -> None:
    op.add_column("outbox", sa.Column("dropped_at", MOMENT, nullable=True))
    op.add_column("audit", sa.Column("key_id", sa.String(), nullable=True))
    op.create_table(
        "secret_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("known_since", MOMENT, nullable=False),
        sa.Column("dropped_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_secret_key"),
    )
    op.create_table(
        "made_for_tests",
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("at", name="pk_made_for_tests"),
    )
    op.create_table(
        "audit_link",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("entry_mac", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("prev_mac", sa.String(), nullable=False),
        sa.Column("mac", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_link"),
    )
    op.create_index("ix_audit_link_household", "audit_link", ["household_id", "seq"])
    op.create_table(
        "audit_check",
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("flaws", sa.Integer(), nullable=False),
        sa.Column("unlinked", sa.Integer(), nullable=False),
        sa.Column("links", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("at", name="pk_audit_check"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_TRIGGER)
    else:
        for event in ("UPDATE", "DELETE"):
            op.execute(SQLITE_TRIGGER.format(event=event))


def downgrade() -> None:
    for name in ("audit_check", "audit_link", "made_for_tests", "secret_key"):
        op.drop_table(name)
    op.drop_column("audit", "key_id")
    op.drop_column("outbox", "dropped_at")
