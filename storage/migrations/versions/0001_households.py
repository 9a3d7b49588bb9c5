"""Households, their members, and the services that members may use."""

import sqlalchemy as sa
from alembic import op

revision = "0001_households"
down_revision = None
branch_labels = None
depends_on = None

SERVICES = (
    ("view_invoice", "View the invoice", "Consulter la facture"),
    ("pay_bill", "Pay the bill", "Payer la facture"),
    (
        "tv_channels",
        "Change illico à la carte channels",
        "Modifier les chaînes à la carte d'illico",
    ),
    ("data_addons", "Add mobile data add-ons", "Ajouter des blocs de données mobiles"),
    ("usage", "See Internet and mobile usage", "Consulter l'utilisation Internet et mobile"),
    (
        "voicemail",
        "Manage voicemail and calling features",
        "Gérer la boîte vocale et les options téléphoniques",
    ),
)
"""What a new database begins with. It stays as it is: `foyer services` changes what there is."""


def upgrade() -> None:
    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_number", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("audit_head", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("language IN ('en', 'fr')", name="ck_household_language"),
        sa.PrimaryKeyConstraint("id", name="pk_household"),
        sa.UniqueConstraint("account_number", name="uq_household_account_number"),
        sqlite_autoincrement=True,
    )
    service = op.create_table(
        "service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_service"),
        sa.UniqueConstraint("code", name="uq_service_code"),
    )
    columns = ("code", "name_en", "name_fr")
    op.bulk_insert(service, [dict(zip(columns, row, strict=True)) for row in SERVICES])
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=True),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("username", sa.Text(), nullable=True),
        sa.Column("username_key", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("language IN ('en', 'fr')", name="ck_member_language"),
        sa.CheckConstraint("role IN ('holder', 'secondary')", name="ck_member_role"),
        sa.CheckConstraint(
            "seat IS NULL OR (role = 'holder') = (seat = 1)", name="ck_member_seat_of_holder"
        ),
        sa.CheckConstraint("status IN ('invited', 'active', 'locked')", name="ck_member_status"),
        sa.CheckConstraint("(deleted_at IS NULL) = (seat IS NOT NULL)", name="ck_member_seat_held"),
        sa.CheckConstraint("seat BETWEEN 1 AND 6", name="ck_member_seat_range"),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name="fk_member_household_id"),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
        sa.UniqueConstraint("household_id", "seat", name="uq_member_seat"),
        sa.UniqueConstraint("username_key", name="uq_member_username"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_member_email",
        "member",
        ["household_id", "email_key"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "access_right",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_access_right_member_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name="fk_access_right_service_id"),
        sa.PrimaryKeyConstraint("member_id", "service_id", name="pk_access_right"),
    )
    op.create_table(
        "access_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('open', 'approved', 'declined', 'expired')", name="ck_access_request_status"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_access_request_member_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_access_request_service_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_access_request"),
    )
    op.create_index(
        "uq_access_request_open",
        "access_request",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )


def downgrade() -> None:
    op.drop_table("access_request")
    op.drop_table("access_right")
    op.drop_table("member")
    op.drop_table("service")
    op.drop_table("household")
