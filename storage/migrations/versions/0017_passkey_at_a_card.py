"""A chat asks for a passkey: the page where it is used, and the session that it confirms."""

import sqlalchemy as sa
from alembic import op

revision = "0017_passkey_at_a_card"
down_revision = "0016_confirmed_addresses"
branch_labels = None
depends_on = None

floor = "0010_services"  # everything here is new; an older program asks for no passkey


def upgrade() -> None:
    op.add_column(
        "verified_session", sa.Column("passkey_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_table(
        "passkey_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["verified_session.id"],
            name="fk_passkey_link_session_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_passkey_link"),
        sa.UniqueConstraint("reference", name="uq_passkey_link_reference"),
        sa.UniqueConstraint("token_digest", name="uq_passkey_link_token_digest"),
    )
    op.create_index("ix_passkey_link_session", "passkey_link", ["session_id"])


def downgrade() -> None:
    op.drop_index("ix_passkey_link_session", "passkey_link")
    op.drop_table("passkey_link")
    op.drop_column("verified_session", "passkey_at")
