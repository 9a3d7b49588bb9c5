"""When the page behind a mailed link was first looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0022_opened_links"
down_revision = "0021_words_of_requests"
branch_labels = None
depends_on = None

floor = "0010_services"  # an older program does not note it: what it shows counts as not opened


def upgrade() -> None:
    op.add_column("link", sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("link", "opened_at")
