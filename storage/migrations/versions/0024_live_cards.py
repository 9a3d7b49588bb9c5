"""A case's card that is drawn anew: the words it began with, and how it was drawn last."""

import sqlalchemy as sa
from alembic import op

revision = "0024_live_cards"
down_revision = "0023_objections"
branch_labels = None
depends_on = None

floor = "0010_services"  # everything here may be empty, and an older program leaves it so


def upgrade() -> None:
    op.add_column("handoff", sa.Column("opening", sa.Text(), nullable=True))
    op.add_column("handoff", sa.Column("drawn", sa.String(), nullable=True))


def downgrade() -> None:
    for name in ("drawn", "opening"):
        op.drop_column("handoff", name)
