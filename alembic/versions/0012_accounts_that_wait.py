"""accounts that wait, and until when"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("channel_account") as batch:
        batch.add_column(sa.Column("waits_until", TIME, nullable=True))
        batch.add_column(sa.Column("stopped_at", TIME, nullable=True))
        batch.add_column(
            sa.Column("stopped_because", sa.String(300), nullable=False, server_default="")
        )
        batch.add_column(
            sa.Column("alarm_stays", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("channel_account") as batch:
        batch.alter_column("stopped_because", server_default=None)
        batch.alter_column("alarm_stays", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("channel_account") as batch:
        for name in ("alarm_stays", "stopped_because", "stopped_at", "waits_until"):
            batch.drop_column(name)
