"""Rights that are taken away until a moment, and what people say when they object."""

import sqlalchemy as sa
from alembic import op

revision = "0028_pauses"
down_revision = "0027_follow_ups"
branch_labels = None
depends_on = None

# A program before it would write rights beside what is paused, and that would come back.
floor = "0028_pauses"


def upgrade() -> None:
    op.create_table(
        "paused_right",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("resumes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name="fk_paused_right_member_id_member",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_paused_right_service_id_service"
        ),
        sa.PrimaryKeyConstraint("member_id", "service_id", name="pk_paused_right"),
    )
    op.create_index("ix_paused_right_resumes_at", "paused_right", ["resumes_at"])
    op.add_column("objection", sa.Column("words", sa.String(), nullable=True))


def downgrade() -> None:
    """What is paused stays taken away."""
    op.drop_column("objection", "words")
    op.drop_index("ix_paused_right_resumes_at", "paused_right")
    op.drop_table("paused_right")
