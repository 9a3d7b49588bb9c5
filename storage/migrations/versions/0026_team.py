"""Who may call no agent for a while, who of the agents is on duty, and their own canned replies."""

import sqlalchemy as sa
from alembic import op

revision = "0026_team"
down_revision = "0025_exits"
branch_labels = None
depends_on = None

floor = "0010_services"  # everything here is new; an older program knows nothing of it


def upgrade() -> None:
    op.create_table(
        "ban",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("agent_name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_ban_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ban"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ban_conversation_id", "ban", ["conversation_id"])
    op.create_table(
        "on_call",
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["desk_id"],
            ["conversation.id"],
            name="fk_on_call_desk_id_conversation",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("desk_id", "person_id", name="pk_on_call"),
    )
    op.create_table(
        "canned_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_canned_reply"),
        sa.UniqueConstraint("name", "language", name="uq_canned_reply_name"),
    )


def downgrade() -> None:
    for table in ("canned_reply", "on_call", "ban"):
        op.drop_table(table)
