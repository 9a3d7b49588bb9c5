"""When an agent last did something in a case, what a customer added to the rating, and where the
agents' group is now."""

import sqlalchemy as sa
from alembic import op

revision = "0025_exits"
down_revision = "0023_objections"
branch_labels = None
depends_on = None

floor = "0010_services"  # everything here is new, and may be empty


def upgrade() -> None:
    op.add_column("handoff", sa.Column("acted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("handoff", sa.Column("first_answer_at", sa.DateTime(timezone=True)))
    op.add_column("handoff", sa.Column("comment", sa.Text(), nullable=True))
    op.add_column("agent", sa.Column("handle", sa.String(), nullable=True))
    op.execute("UPDATE handoff SET acted_at = claimed_at WHERE status = 'claimed'")
    op.create_table(
        "agent_group",
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["desk_id"], ["conversation.id"], name="fk_agent_group_desk_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("desk_id", name="pk_agent_group"),
    )


def downgrade() -> None:
    op.drop_table("agent_group")
    op.drop_column("agent", "handle")
    op.drop_column("handoff", "comment")
    op.drop_column("handoff", "first_answer_at")
    op.drop_column("handoff", "acted_at")
