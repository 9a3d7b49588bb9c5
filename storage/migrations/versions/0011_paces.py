"""Wrong tokens are counted; a chat has a pace.

Nothing that the program before it knows is touched: it may go on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011_paces"
down_revision = "0010_services"
branch_labels = None
depends_on = None

floor = "0010_services"

PACE = ("paced_until", "slowed_at")


def upgrade() -> None:
    op.create_table(
        "refused_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_digest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_refused_token"),
    )
    op.create_index("ix_refused_token_source", "refused_token", ["source_digest", "at"])
    for name in PACE:
        op.add_column("conversation", sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in PACE:
        op.drop_column("conversation", name)
    op.drop_table("refused_token")
