"""What messengers need: replies that may not be forwarded, and messages to be deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0005_messengers"
down_revision = "0004_audit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "outbox",
        sa.Column("protected", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("outbox", sa.Column("removes", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outbox") as table:
        table.drop_column("removes")
        table.drop_column("protected")
