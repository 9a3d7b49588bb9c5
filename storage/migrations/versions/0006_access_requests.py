"""A request for access may name several services."""

import sqlalchemy as sa
from alembic import op

revision = "0006_access_requests"
down_revision = "0005_messengers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("access_request")  # nothing has written to it before this version
    _create_requests()
    op.create_table(
        "requested_service",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["access_request.id"],
            name="fk_requested_service_request_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_requested_service_service_id"
        ),
        sa.PrimaryKeyConstraint("request_id", "service_id", name="pk_requested_service"),
    )


def downgrade() -> None:
    op.drop_table("requested_service")
    op.drop_table("access_request")
    _create_requests(
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_access_request_service_id"
        ),
    )


def _create_requests(*more: sa.schema.SchemaItem) -> None:
    op.create_table(
        "access_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        *more,
        sa.CheckConstraint(
            "status IN ('open', 'approved', 'declined', 'expired')", name="ck_access_request_status"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_access_request_member_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_access_request"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_access_request_open",
        "access_request",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
