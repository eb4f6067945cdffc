"""what a provider tells: watermarks, echoes, opt-ins, profiles"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "watermark_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("up_to", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["channel_account.id"], name=op.f("fk_watermark_row_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watermark_row")),
        sa.UniqueConstraint(
            "account_id",
            "kind",
            "value",
            "state",
            "up_to",
            name=op.f("uq_watermark_row_account_id_kind_value_state_up_to"),
        ),
    )
    op.create_table(
        "echoed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=300), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["channel_account.id"], name=op.f("fk_echoed_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_echoed")),
        sa.UniqueConstraint(
            "account_id", "external_id", name=op.f("uq_echoed_account_id_external_id")
        ),
    )
    op.create_index("ix_echoed_account_id_value_at", "echoed", ["account_id", "value", "at"])
    op.create_table(
        "opt_in_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("payload", sa.String(length=300), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", TIME, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["channel_account.id"], name=op.f("fk_opt_in_row_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_opt_in_row_contact_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opt_in_row")),
        sa.UniqueConstraint(
            "account_id", "external_id", name=op.f("uq_opt_in_row_account_id_external_id")
        ),
    )
    op.create_index(op.f("ix_opt_in_row_contact_id"), "opt_in_row", ["contact_id"])
    with op.batch_alter_table("contact", schema=None) as table:
        table.add_column(
            sa.Column("picture", sa.String(length=32), nullable=False, server_default="")
        )
        table.add_column(sa.Column("profile_due_at", TIME, nullable=True))
        table.create_index(op.f("ix_contact_profile_due_at"), ["profile_due_at"])


def downgrade() -> None:
    with op.batch_alter_table("contact", schema=None) as table:
        table.drop_index(op.f("ix_contact_profile_due_at"))
        table.drop_column("profile_due_at")
        table.drop_column("picture")
    op.drop_table("opt_in_row")
    op.drop_table("echoed")
    op.drop_table("watermark_row")
