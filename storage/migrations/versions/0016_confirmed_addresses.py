"""A new address has no codes until whoever reads it says so."""

import sqlalchemy as sa
from alembic import op

revision = "0016_confirmed_addresses"
down_revision = "0015_passkeys"
branch_labels = None
depends_on = None

floor = "0010_services"  # for the program before it an address that is on file counts

NAME_BEFORE = "ck_link_ck_link_kind"  # as 0003 came out
NAME = "ck_link_kind"
BEFORE = "kind IN ('activation', 'reset', 'not_me')"
AFTER = "kind IN ('activation', 'reset', 'not_me', 'email_confirmation')"


def upgrade() -> None:
    op.add_column("member", sa.Column("confirmed_email", sa.Text(), nullable=True))
    op.add_column("member", sa.Column("email_counts_at", sa.DateTime(timezone=True), nullable=True))
    _restate(NAME_BEFORE, NAME, AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM link WHERE kind = 'email_confirmation'")
    _restate(NAME, NAME_BEFORE, BEFORE)
    for name in ("email_counts_at", "confirmed_email"):
        op.drop_column("member", name)


def _restate(old: str, new: str, check: str) -> None:
    with op.batch_alter_table("link") as table:
        table.drop_constraint(op.f(old), type_="check")
        table.create_check_constraint(op.f(new), check)
