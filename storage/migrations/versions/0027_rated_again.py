"""When a case was rated: one that is opened again is rated again."""

import sqlalchemy as sa
from alembic import op

revision = "0027_rated_again"
down_revision = "0026_team"
branch_labels = None
depends_on = None

floor = "0010_services"  # an older program rates without it, once


def upgrade() -> None:
    op.add_column("handoff", sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE handoff SET rated_at = closed_at WHERE satisfaction IS NOT NULL")


def downgrade() -> None:
    op.drop_column("handoff", "rated_at")
