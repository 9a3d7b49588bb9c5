"""Sessions of the pages, sign-in links that chats ask for, and who typed a code."""

import sqlalchemy as sa
from alembic import op

revision = "0008_pages"
down_revision = "0007_handoffs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idle_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_page_session_member_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_page_session"),
        sa.UniqueConstraint("token_digest", name="uq_page_session_token_digest"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_page_session_member", "page_session", ["member_id"], unique=False)
    op.create_table(
        "sign_in_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("page_session_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_sign_in_link_conversation_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_sign_in_link_member_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["page_session_id"],
            ["page_session.id"],
            name="fk_sign_in_link_page_session_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_link"),
        sa.UniqueConstraint("reference", name="uq_sign_in_link_reference"),
        sa.UniqueConstraint("token_digest", name="uq_sign_in_link_token_digest"),
    )
    op.create_index(
        "ix_sign_in_link_conversation",
        "sign_in_link",
        ["conversation_id", "created_at"],
        unique=False,
    )
    op.add_column("one_time_code", sa.Column("used_by", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("one_time_code") as table:
        table.drop_column("used_by")
    op.drop_table("sign_in_link")
    op.drop_table("page_session")
