"""Households that are closed; how far an import of a file has come."""

import sqlalchemy as sa
from alembic import op

revision = "0018_closing_and_imports"
down_revision = "0017_passkey_at_a_card"
branch_labels = None
depends_on = None

floor = "0010_services"  # who left with a household counts as deleted, as that program knows it

DELETED = sa.text("deleted_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("household", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_member_deleted",
        "member",
        ["deleted_at"],
        sqlite_where=DELETED,
        postgresql_where=DELETED,
    )
    op.create_table(
        "import_progress",
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("file", name="pk_import_progress"),
    )


def downgrade() -> None:
    op.drop_table("import_progress")
    op.drop_index("ix_member_deleted", "member")
    op.drop_column("household", "closed_at")
