"""what was erased: hidden conversations, and messages that must not come back"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "erased_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("erased_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["channel_account.id"], name=op.f("fk_erased_message_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erased_message")),
        sa.UniqueConstraint(
            "account_id", "digest", name=op.f("uq_erased_message_account_id_digest")
        ),
    )
    op.create_index(op.f("ix_erased_message_erased_at"), "erased_message", ["erased_at"])
    with op.batch_alter_table("conversation", schema=None) as table:
        table.add_column(sa.Column("erased_at", TIME, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("conversation", schema=None) as table:
        table.drop_column("erased_at")
    op.drop_index(op.f("ix_erased_message_erased_at"), "erased_message")
    op.drop_table("erased_message")
