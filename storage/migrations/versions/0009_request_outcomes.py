"""A request for access can be withdrawn, or approved in part."""

from alembic import op

revision = "0009_request_outcomes"
down_revision = "0008_pages"
branch_labels = None
depends_on = None

BEFORE = "status IN ('open', 'approved', 'declined', 'expired')"
NOW = "status IN ('open', 'approved', 'partly_approved', 'declined', 'withdrawn', 'expired')"
NAME_BEFORE = "ck_access_request_ck_access_request_status"  # as 0006 came out
NAME = "ck_access_request_status"


def upgrade() -> None:
    _restate(NAME_BEFORE, NAME, NOW)


def downgrade() -> None:
    op.execute("UPDATE access_request SET status = 'approved' WHERE status = 'partly_approved'")
    op.execute("UPDATE access_request SET status = 'expired' WHERE status = 'withdrawn'")
    _restate(NAME, NAME_BEFORE, BEFORE)


def _restate(old: str, new: str, check: str) -> None:
    kept = {"sqlite_autoincrement": True}
    with op.batch_alter_table("access_request", table_kwargs=kept) as table:
        table.drop_constraint(op.f(old), type_="check")
        table.create_check_constraint(op.f(new), check)
