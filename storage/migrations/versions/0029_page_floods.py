"""Floods of page requests are counted where every process sees them.

Nothing that the program before it knows is touched: it may go on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029_page_floods"
down_revision = "0028_pauses"
branch_labels = None
depends_on = None

floor = "0028_pauses"


def upgrade() -> None:
    op.create_table(
        "page_flood",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_digest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_page_flood"),
    )
    op.create_index("ix_page_flood_source", "page_flood", ["source_digest", "at"])


def downgrade() -> None:
    op.drop_table("page_flood")
