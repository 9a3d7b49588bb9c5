"""Wrong codes are counted over time, and digits are looked up among the codes that were mailed."""

from alembic import op

revision = "0012_guesses"
down_revision = "0011_paces"
branch_labels = None
depends_on = None

floor = "0010_services"

INDEXES = {
    "ix_one_time_code_created": "created_at",
    "ix_one_time_code_digest": "code_digest",
}


def upgrade() -> None:
    for name, column in INDEXES.items():
        op.create_index(name, "one_time_code", [column])


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "one_time_code")
