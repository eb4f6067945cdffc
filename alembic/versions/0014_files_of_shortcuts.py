"""files that go with message shortcuts"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "shortcut_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("shortcut_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kept_as", sa.String(length=32), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("mime", sa.String(length=100), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["shortcut_id"], ["shortcut.id"], name=op.f("fk_shortcut_file_shortcut_id")
        ),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["agent.id"], name=op.f("fk_shortcut_file_added_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortcut_file")),
        sa.UniqueConstraint("public_id", name=op.f("uq_shortcut_file_public_id")),
    )
    for column in ("shortcut_id", "kept_as", "added_by_id"):
        op.create_index(op.f(f"ix_shortcut_file_{column}"), "shortcut_file", [column])


def downgrade() -> None:
    op.drop_table("shortcut_file")
