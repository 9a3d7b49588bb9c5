"""When a case was rated, since one that is opened again is rated again; and when an agent is to be
reminded of one."""

import sqlalchemy as sa
from alembic import op

revision = "0027_follow_ups"
down_revision = "0026_team"
branch_labels = None
depends_on = None

floor = "0010_services"  # everything here is new, and may be empty


def upgrade() -> None:
    op.add_column("handoff", sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("handoff", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("handoff", sa.Column("due_for", sa.Text(), nullable=True))
    is_due = sa.text("due_at IS NOT NULL")
    op.create_index(
        "ix_handoff_due", "handoff", ["due_at"], sqlite_where=is_due, postgresql_where=is_due
    )
    op.execute("UPDATE handoff SET rated_at = closed_at WHERE satisfaction IS NOT NULL")


def downgrade() -> None:
    op.drop_index("ix_handoff_due", "handoff")
    for column in ("due_for", "due_at", "rated_at"):
        op.drop_column("handoff", column)
