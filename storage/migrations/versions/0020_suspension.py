"""People who are suspended, and access that ends by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0020_suspension"
down_revision = "0019_engine"
branch_labels = None
depends_on = None

# For the program before it a right with an end counts until it is taken away, and whoever is
# suspended is somebody of a status that it has no word for: stop it before anybody is suspended.
floor = "0010_services"

NAME_BEFORE = "ck_member_ck_member_status"  # as 0001 came out
NAME = "ck_member_status"
BEFORE = "status IN ('invited', 'active', 'locked')"
AFTER = "status IN ('invited', 'active', 'locked', 'suspended')"
ENDING = {
    "ix_member_suspended_until": ("member", "suspended_until"),
    "ix_access_right_ends_at": ("access_right", "ends_at"),
}
"""What time ends is looked for again and again; hardly any row has an end."""


def upgrade() -> None:
    op.add_column("member", sa.Column("status_before", sa.String(), nullable=True))
    op.add_column("member", sa.Column("suspended_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("access_right", sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))
    _restate(NAME_BEFORE, NAME, AFTER)
    for name, (table, column) in ENDING.items():
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, table, [column], sqlite_where=there, postgresql_where=there)


def downgrade() -> None:
    """What was suspended is as it was before, and what had an end has it for good."""
    for name, (table, _) in ENDING.items():
        op.drop_index(name, table)
    op.execute("UPDATE member SET status = status_before WHERE status = 'suspended'")
    _restate(NAME, NAME_BEFORE, BEFORE)
    op.drop_column("access_right", "ends_at")
    for name in ("suspended_until", "status_before"):
        op.drop_column("member", name)


def _restate(old: str, new: str, check: str) -> None:
    """SQLite builds the table anew for it: no number of who was erased is given again."""
    connection = op.get_bind()
    counted = "SELECT seq FROM sqlite_sequence WHERE name = 'member'"
    is_sqlite = connection.dialect.name == "sqlite"
    number = connection.exec_driver_sql(counted).scalar() if is_sqlite else None
    with op.batch_alter_table("member", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_constraint(op.f(old), type_="check")
        table.create_check_constraint(op.f(new), check)
    if number is not None:
        connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = 'member'")
        connection.exec_driver_sql("INSERT INTO sqlite_sequence VALUES ('member', ?)", (number,))
