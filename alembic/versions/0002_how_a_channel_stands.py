"""how a channel stands: options, pause, removal, rotation, health"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("channel_account", schema=None) as table:
        table.add_column(sa.Column("options", JSON, nullable=True))
        table.add_column(
            sa.Column("paused", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.add_column(sa.Column("removed_at", TIME, nullable=True))
        table.add_column(sa.Column("secret_changed_at", TIME, nullable=True))
        table.add_column(sa.Column("heard_at", TIME, nullable=True))
        table.add_column(sa.Column("report", JSON, nullable=True))
        table.add_column(sa.Column("checked_at", TIME, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("channel_account", schema=None) as table:
        table.drop_column("checked_at")
        table.drop_column("report")
        table.drop_column("heard_at")
        table.drop_column("secret_changed_at")
        table.drop_column("removed_at")
        table.drop_column("paused")
        table.drop_column("options")
