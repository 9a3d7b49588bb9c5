"""What people say was not agreed, for support."""

import sqlalchemy as sa
from alembic import op

revision = "0023_objections"
down_revision = "0020_suspension"
branch_labels = None
depends_on = None

floor = "0010_services"  # everything here is new; an older program mails no way to object


def upgrade() -> None:
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_objection_member_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_objection"),
        sa.UniqueConstraint("mail_id", name="uq_objection_mail_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_objection_member_id", "objection", ["member_id"])


def downgrade() -> None:
    op.drop_index("ix_objection_member_id", "objection")
    op.drop_table("objection")
