"""what bots keep: triggers, timers, answers, marks, codes, and why they spoke"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("message", schema=None) as table:
        table.add_column(sa.Column("why", sa.JSON(), nullable=True))
    with op.batch_alter_table("run", schema=None) as table:
        table.add_column(sa.Column("begun_by", sa.JSON(), nullable=True))
        table.add_column(sa.Column("due_at", TIME, nullable=True))
        table.add_column(sa.Column("left_s", sa.Float(), nullable=False, server_default="0"))
        table.add_column(sa.Column("held", sa.String(10), nullable=False, server_default=""))
    op.create_index("ix_run_status_due_at", "run", ["status", "due_at"])
    _make_triggers()
    _make_marks()
    _make_answers()
    _make_pools()
    op.create_table(
        "service_setting",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_service_setting")),
    )


def _make_triggers() -> None:
    op.create_table(
        "flow_trigger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("flow_id", sa.Integer(), nullable=False),
        sa.Column("trigger", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["flow_id"], ["flow.id"], name=op.f("fk_flow_trigger_flow_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flow_trigger")),
    )
    op.create_index(op.f("ix_flow_trigger_flow_id"), "flow_trigger", ["flow_id"])


def _make_marks() -> None:
    op.create_table(
        "contact_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", sa.String(length=4096), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_mark_contact_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_mark")),
        sa.UniqueConstraint(
            "contact_id", "kind", "name", name=op.f("uq_contact_mark_contact_id_kind_name")
        ),
    )


def _make_answers() -> None:
    op.create_table(
        "survey_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("flow_version_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("node", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=4096), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_survey_answer_run_id")),
        sa.ForeignKeyConstraint(
            ["flow_version_id"], ["flow_version.id"], name=op.f("fk_survey_answer_flow_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_survey_answer_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
        sa.UniqueConstraint("run_id", "node", "key", name=op.f("uq_survey_answer_run_id_node_key")),
    )
    for column in ("flow_version_id", "conversation_id"):
        op.create_index(op.f(f"ix_survey_answer_{column}"), "survey_answer", [column])


def _make_pools() -> None:
    op.create_table(
        "discount_pool",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("expires_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discount_pool")),
        sa.UniqueConstraint("public_id", name=op.f("uq_discount_pool_public_id")),
        sa.UniqueConstraint("name", name=op.f("uq_discount_pool_name")),
    )
    op.create_table(
        "discount_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("given_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["pool_id"], ["discount_pool.id"], name=op.f("fk_discount_code_pool_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_discount_code_contact_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discount_code")),
        sa.UniqueConstraint("pool_id", "code", name=op.f("uq_discount_code_pool_id_code")),
        sa.UniqueConstraint(
            "pool_id", "contact_id", name=op.f("uq_discount_code_pool_id_contact_id")
        ),
    )
    op.create_index(op.f("ix_discount_code_contact_id"), "discount_code", ["contact_id"])


def downgrade() -> None:
    for table in (
        *("service_setting", "discount_code", "discount_pool"),
        *("survey_answer", "contact_mark", "flow_trigger"),
    ):
        op.drop_table(table)
    op.drop_index("ix_run_status_due_at", table_name="run")
    with op.batch_alter_table("run", schema=None) as table:
        for column in ("held", "left_s", "due_at", "begun_by"):
            table.drop_column(column)
    with op.batch_alter_table("message", schema=None) as table:
        table.drop_column("why")
