"""Mails know their cause and receiver; browsers that are known; new passwords asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0014_mail_and_browsers"
down_revision = "0013_keys_and_audit"
branch_labels = None
depends_on = None

floor = "0010_services"  # everything here is new, and the program before it writes none of it

MAILED = sa.text("receiver IS NOT NULL")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("cause", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("receiver", sa.String(), nullable=True))
    op.add_column(
        "outbox", sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index(
        "ix_outbox_receiver",
        "outbox",
        ["receiver", "created_at"],
        sqlite_where=MAILED,
        postgresql_where=MAILED,
    )
    op.create_index("ix_outbox_member", "outbox", ["member_id"])
    op.add_column("link", sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "known_browser",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_known_browser_member_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_known_browser"),
        sa.UniqueConstraint("token_digest", "member_id", name="uq_known_browser_pair"),
    )
    op.create_index("ix_known_browser_member", "known_browser", ["member_id"])
    op.create_table(
        "reset_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reset_request"),
    )


def downgrade() -> None:
    op.drop_table("reset_request")
    op.drop_table("known_browser")
    with op.batch_alter_table("link") as table:
        table.drop_column("tries")
    op.drop_index("ix_outbox_member", "outbox")
    op.drop_index("ix_outbox_receiver", "outbox")
    for name in ("held", "receiver", "cause"):
        op.drop_column("outbox", name)
