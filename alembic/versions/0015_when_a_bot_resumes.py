"""when a paused bot goes on by itself"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("run", schema=None) as table:
        table.add_column(
            sa.Column("resumes_after_s", sa.Integer(), nullable=False, server_default="0")
        )
        table.add_column(sa.Column("resumes_at", sa.DateTime(timezone=True), nullable=True))
        table.create_index("ix_run_status_resumes_at", ["status", "resumes_at"])


def downgrade() -> None:
    with op.batch_alter_table("run", schema=None) as table:
        table.drop_index("ix_run_status_resumes_at")
        table.drop_column("resumes_at")
        table.drop_column("resumes_after_s")
