"""Many processes on one PostgreSQL: who does what, and what each of them must know of the others.

The engine's tables are procrastinate's own, in a schema of their own. What it ships is kept here as
it was, so that this migration builds the same for ever; what a newer one changes is a migration.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from storage.statements import hold_tables

revision = "0019_engine"
down_revision = "0018_closing_and_imports"
branch_labels = None
depends_on = None

floor = "0010_services"

ENGINE = Path(__file__).parents[1] / "engine" / "procrastinate_3_10.sql"
OWN_PATH = """
DO $$
DECLARE
    name regprocedure;
BEGIN
    FOR name IN SELECT oid FROM pg_proc WHERE pronamespace = 'procrastinate'::regnamespace LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = procrastinate, pg_temp', name);
    END LOOP;
END $$;
"""
"""Its functions and triggers then find its tables, whatever path the caller has."""

PARKED = sa.text("done_at IS NULL AND parked_at IS NOT NULL")
DEAD = sa.text("sent_at IS NULL AND dead_at IS NOT NULL AND dropped_at IS NULL")


def upgrade() -> None:
    hold_tables(op.get_bind(), "inbox", "outbox", "conversation", "audit_link")
    op.create_table(
        "flooded_chat",
        sa.Column("conversation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_flooded_chat_conversation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_flooded_chat"),
    )
    op.create_table(
        "alarm",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_alarm"),
    )
    op.create_index(
        "ix_inbox_parked", "inbox", ["id"], sqlite_where=PARKED, postgresql_where=PARKED
    )
    op.create_index("ix_outbox_dead", "outbox", ["id"], sqlite_where=DEAD, postgresql_where=DEAD)
    op.create_index("ix_audit_link_entry", "audit_link", ["entry_id"])
    if op.get_bind().dialect.name == "postgresql":
        _create_engine()


def _create_engine() -> None:
    """Past SQLAlchemy, which would look for parameters in it."""
    path = op.get_bind().exec_driver_sql("SHOW search_path").scalar()
    connection = op.get_bind().connection.driver_connection
    assert connection is not None, "it is open"
    connection.execute("CREATE SCHEMA procrastinate")
    connection.execute("SET LOCAL search_path = procrastinate")
    connection.execute(ENGINE.read_text("utf-8"))
    connection.execute(OWN_PATH)
    connection.execute("SELECT set_config('search_path', %s, true)", [path])


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP SCHEMA procrastinate CASCADE")
    op.drop_index("ix_audit_link_entry", "audit_link")
    op.drop_index("ix_outbox_dead", "outbox")
    op.drop_index("ix_inbox_parked", "inbox")
    op.drop_table("alarm")
    op.drop_table("flooded_chat")
