"""People who take over: their cases, who they are, and what they say in a chat."""

import sqlalchemy as sa
from alembic import op

revision = "0007_handoffs"
down_revision = "0006_access_requests"
branch_labels = None
depends_on = None

_OPEN = sa.text("status <> 'closed'")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("speaker", sa.String(), nullable=False, server_default="bot"))
    op.add_column("outbox", sa.Column("act", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("outbox", sa.Column("source", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("sent_as", sa.String(), nullable=True))
    op.drop_table("handoff")  # nothing has written to it yet
    op.create_table(
        "handoff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("held", sa.JSON(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.Column("agent_name", sa.Text(), nullable=True),
        sa.Column("topic_id", sa.String(), nullable=True),
        sa.Column("card_id", sa.String(), nullable=True),
        sa.Column("awaits_word", sa.Boolean(), nullable=False),
        sa.Column("lent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pinged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.CheckConstraint("status IN ('queued', 'claimed', 'closed')", name="ck_handoff_status"),
        sa.CheckConstraint("satisfaction BETWEEN 1 AND 5", name="ck_handoff_satisfaction"),
        _of_conversation("handoff", "conversation_id"),
        _of_conversation("handoff", "desk_id"),
        sa.PrimaryKeyConstraint("id", name="pk_handoff"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_handoff_open",
        "handoff",
        ["conversation_id"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index("ix_handoff_topic", "handoff", ["desk_id", "topic_id"])
    op.create_table(
        "agent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        _of_conversation("agent", "desk_id"),
        sa.PrimaryKeyConstraint("id", name="pk_agent"),
        sa.UniqueConstraint("desk_id", "person_id", name="uq_agent_person"),
    )


def _of_conversation(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["conversation.id"], name=f"fk_{table}_{column}", ondelete="CASCADE"
    )


def downgrade() -> None:
    raise NotImplementedError("cases and what agents said would be lost")
