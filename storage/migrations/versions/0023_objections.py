"""What people say was not agreed, for support; and names for several services at once."""

import sqlalchemy as sa
from alembic import op

revision = "0023_objections"
down_revision = "0022_opened_links"
branch_labels = None
depends_on = None

floor = "0010_services"  # everything here is new; an older program mails no way to object

PRESETS = {
    "bill_helper": (
        {"en": "Bill helper", "fr": "Aide-facture"},
        ("view_invoice", "pay_bill"),
    ),
    "mobile_helper": (
        {"en": "Mobile helper", "fr": "Aide-mobile"},
        ("data_addons", "usage"),
    ),
}
"""Those that Foyer begins with; an operator changes them with `foyer services preset`."""


def upgrade() -> None:
    _add_objections()
    _add_presets()


def downgrade() -> None:
    for table in ("service_preset_service", "service_preset_name", "service_preset"):
        op.drop_table(table)
    op.drop_index("ix_objection_member_id", "objection")
    op.drop_table("objection")


def _add_objections() -> None:
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_objection_member_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_objection"),
        sa.UniqueConstraint("mail_id", name="uq_objection_mail_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_objection_member_id", "objection", ["member_id"])


def _add_presets() -> None:
    preset = op.create_table(
        "service_preset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_service_preset"),
        sa.UniqueConstraint("code", name="uq_service_preset_code"),
    )
    name = op.create_table(
        "service_preset_name",
        sa.Column("preset_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["preset_id"], ["service_preset.id"], name="fk_service_preset_name_preset_id"
        ),
        sa.PrimaryKeyConstraint("preset_id", "language", name="pk_service_preset_name"),
    )
    member = op.create_table(
        "service_preset_service",
        sa.Column("preset_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["preset_id"], ["service_preset.id"], name="fk_service_preset_service_preset_id"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_service_preset_service_service_id"
        ),
        sa.PrimaryKeyConstraint("preset_id", "service_id", name="pk_service_preset_service"),
    )
    service = sa.table("service", sa.column("id"), sa.column("code"))
    connection = op.get_bind()
    for code, (names, services) in PRESETS.items():
        op.bulk_insert(preset, [{"code": code}])
        number = connection.scalar(sa.select(preset.c.id).where(preset.c.code == code))
        op.bulk_insert(
            name,
            [
                {"preset_id": number, "language": language, "name": said}
                for language, said in names.items()
            ],
        )
        numbers = connection.scalars(sa.select(service.c.id).where(service.c.code.in_(services)))
        rows = [{"preset_id": number, "service_id": each} for each in numbers]
        op.bulk_insert(member, rows)
