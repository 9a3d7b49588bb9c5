"""Names of services by language in rows; languages are plain codes; which programs fit."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0010_services"
down_revision = "0009_request_outcomes"
branch_labels = None
depends_on = None

floor = "0010_services"  # the columns that the program before it reads are gone

LANGUAGES = ("en", "fr")
IN_THE_LEXICON = ("view_invoice", "pay_bill", "tv_channels", "data_addons", "usage", "voicemail")
service = sa.table("service", *map(sa.column, ("id", "code", "name_en", "name_fr")))
service_name = sa.table("service_name", *map(sa.column, ("service_id", "language", "name")))
service_word = sa.table("service_word", *map(sa.column, ("service_id", "word")))

CHECKED = ("household", "member")
SEQUENCES = "SELECT name, seq FROM sqlite_sequence WHERE name IN ('household', 'member')"


def upgrade() -> None:
    op.create_table("schema_floor", sa.Column("revision", sa.String(), nullable=False),
                    sa.PrimaryKeyConstraint("revision", name="pk_schema_floor"))  # fmt: skip
    op.create_table(
        "service_name",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name="fk_service_name_service_id"),
        sa.PrimaryKeyConstraint("service_id", "language", name="pk_service_name"),
    )
    op.create_table(
        "service_word",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name="fk_service_word_service_id"),
        sa.PrimaryKeyConstraint("service_id", "word", name="pk_service_word"),
    )
    for language in LANGUAGES:
        named = sa.select(service.c.id, sa.literal(language), service.c[f"name_{language}"])
        op.execute(service_name.insert().from_select(["service_id", "language", "name"], named))
    # What an operator had added is called by its names; the others' words are in the lexicon.
    added = sa.select(service.c.id).where(service.c.code.not_in(IN_THE_LEXICON))
    words = sa.select(service_name.c.service_id, service_name.c.name).distinct()
    words = words.where(service_name.c.service_id.in_(added))
    op.execute(service_word.insert().from_select(["service_id", "word"], words))
    with op.batch_alter_table("service") as table:
        for language in LANGUAGES:
            table.drop_column(f"name_{language}")
        table.add_column(sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))
    _keeping_numbers(_drop_checks)


def downgrade() -> None:
    with op.batch_alter_table("service") as table:
        table.drop_column("retired_at")
        for language in LANGUAGES:
            table.add_column(
                sa.Column(f"name_{language}", sa.String(), nullable=False, server_default="")
            )
    for language in LANGUAGES:
        named = sa.select(service_name.c.name).where(
            service_name.c.service_id == service.c.id, service_name.c.language == language
        )
        op.execute(service.update().values({f"name_{language}": named.scalar_subquery()}))
    for name in ("service_word", "service_name", "schema_floor"):
        op.drop_table(name)
    _keeping_numbers(_restore_checks)


def _drop_checks() -> None:
    """A language is whatever code the program knows. (SQLite builds both tables anew for it.)"""
    for name in CHECKED:
        with op.batch_alter_table(name, table_kwargs={"sqlite_autoincrement": True}) as table:
            table.drop_constraint(op.f(f"ck_{name}_ck_{name}_language"), type_="check")


def _restore_checks() -> None:
    for name in CHECKED:
        with op.batch_alter_table(name, table_kwargs={"sqlite_autoincrement": True}) as table:
            check = op.f(f"ck_{name}_ck_{name}_language")
            table.create_check_constraint(check, "language IN ('en', 'fr')")


def _keeping_numbers(change: Callable[[], None]) -> None:
    """The number of who was erased is never given again: the audit names people by it."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        change()
        return
    counted = connection.exec_driver_sql(SEQUENCES).all()
    change()
    for name, number in counted:
        connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
        connection.exec_driver_sql("INSERT INTO sqlite_sequence VALUES (?, ?)", (name, number))
