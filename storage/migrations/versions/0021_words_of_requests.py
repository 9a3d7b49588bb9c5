"""Requests for access carry words: a note, a reason; and their reminders are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0021_words_of_requests"
down_revision = "0020_suspension"
branch_labels = None
depends_on = None

# The program before it decides requests as before; it passes no words on, and reminds nobody.
floor = "0010_services"


def upgrade() -> None:
    for name in ("note", "reason"):
        op.add_column("access_request", sa.Column(name, sa.String(), nullable=True))
    op.create_table(
        "request_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["access_request.id"],
            name="fk_request_reminder_request_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_request_reminder"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_request_reminder_request_id", "request_reminder", ["request_id"])


def downgrade() -> None:
    op.drop_index("ix_request_reminder_request_id", table_name="request_reminder")
    op.drop_table("request_reminder")
    for name in ("reason", "note"):
        op.drop_column("access_request", name)
