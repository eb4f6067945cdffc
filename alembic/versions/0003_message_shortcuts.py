"""message shortcuts"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
SHARED = sa.text("agent_id IS NULL AND archived_at IS NULL")
PERSONAL = sa.text("agent_id IS NOT NULL AND archived_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "shortcut",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("last_used_at", TIME, nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("edited_at", TIME, nullable=False),
        sa.Column("archived_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_shortcut_agent_id")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["agent.id"], name=op.f("fk_shortcut_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["edited_by_id"], ["agent.id"], name=op.f("fk_shortcut_edited_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortcut")),
        sa.UniqueConstraint("public_id", name=op.f("uq_shortcut_public_id")),
    )
    for name, columns, which in (
        ("uq_shortcut_shared", ["code"], SHARED),
        ("uq_shortcut_personal", ["agent_id", "code"], PERSONAL),
    ):
        op.create_index(
            name, "shortcut", columns, unique=True, sqlite_where=which, postgresql_where=which
        )
    op.create_table(
        "shortcut_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shortcut_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=False),
        sa.Column("edited_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["shortcut_id"], ["shortcut.id"], name=op.f("fk_shortcut_version_shortcut_id")
        ),
        sa.ForeignKeyConstraint(
            ["edited_by_id"], ["agent.id"], name=op.f("fk_shortcut_version_edited_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortcut_version")),
        sa.UniqueConstraint(
            "shortcut_id", "revision", name=op.f("uq_shortcut_version_shortcut_id_revision")
        ),
    )
    op.create_table(
        "shortcut_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("shortcut_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("used_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_shortcut_use_agent_id")),
        sa.ForeignKeyConstraint(
            ["shortcut_id"], ["shortcut.id"], name=op.f("fk_shortcut_use_shortcut_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortcut_use")),
        sa.UniqueConstraint(
            "agent_id",
            "shortcut_id",
            "channel",
            name=op.f("uq_shortcut_use_agent_id_shortcut_id_channel"),
        ),
    )
    op.create_index(op.f("ix_shortcut_use_shortcut_id"), "shortcut_use", ["shortcut_id"])


def downgrade() -> None:
    op.drop_table("shortcut_use")
    op.drop_table("shortcut_version")
    op.drop_table("shortcut")
