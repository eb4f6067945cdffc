"""The migrations make exactly what the models say, and can be undone, on both databases."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from jumper_app.db import Database
from jumper_app.demo import workspace
from jumper_app.settings import Settings
from jumper_app.start.database import alembic_config, migrate

FIRST = "0001"
"""The oldest version that anybody may have in use."""


@pytest.fixture
def empty(empty_database_url):
    database = Database(empty_database_url)
    yield database
    database.close()


def shape(database):
    """Tables, columns, keys, indexes and checks as the database itself tells them."""
    found = inspect(database.engine)
    return {
        table: (
            sorted((each["name"], str(each["type"]), each["nullable"]) for each in columns),
            sorted(
                (tuple(each["constrained_columns"]), each["referred_table"])
                for each in found.get_foreign_keys(table)
            ),
            sorted(tuple(each["column_names"]) for each in found.get_unique_constraints(table)),
            sorted(
                (tuple(each["column_names"]), bool(each["unique"]), partial(each))
                for each in found.get_indexes(table)
            ),
            sorted(each["name"] or "" for each in found.get_check_constraints(table)),
        )
        for table in sorted(set(found.get_table_names()) - {"alembic_version"})
        for columns in [found.get_columns(table)]
    }


def partial(index):
    options = index.get("dialect_options", {})
    return any(name.endswith("_where") for name in options)


def test_up_and_down_and_up_again(empty, empty_database_url):
    migrate(empty_database_url)
    first = shape(empty)
    command.downgrade(alembic_config(empty_database_url), "base")
    assert shape(empty) == {}
    migrate(empty_database_url)
    assert shape(empty) == first != {}


def test_a_database_in_use_is_taken_down_and_up_without_losing_a_row(
    empty, empty_database_url, tmp_path
):
    migrate(empty_database_url)
    workspace.prepare(empty, Settings.read({"JUMPER_DATA_DIR": str(tmp_path)}))
    before = rows(empty)
    empty.engine.dispose()
    command.downgrade(alembic_config(empty_database_url), FIRST)
    migrate(empty_database_url)
    assert rows(empty) == before
    assert before["message"] > 100


def rows(database):
    """How many there are in each table that every version has."""
    tables = ("agent", "channel_account", "contact", "conversation", "message", "outbox", "event")
    with database.engine.connect() as connection:
        count = "SELECT count(*) FROM {}".format
        return {one: connection.execute(text(count(one))).scalar() for one in tables}


def test_migrations_and_models_do_not_differ(empty, empty_database_url):
    migrate(empty_database_url)
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_every_constraint_of_the_models_is_in_the_database(empty, empty_database_url):
    """Autogenerate looks at no check and at no partial index: the whole shape is compared."""
    migrate(empty_database_url)
    migrated = shape(empty)
    command.downgrade(alembic_config(empty_database_url), "base")
    with empty.engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
    assert shape(empty) == migrated


def test_the_keys_that_carry_the_guarantees_are_there(empty, empty_database_url):
    migrate(empty_database_url)
    made = shape(empty)

    def unique(table):
        keys = set(made[table][2])
        return keys | {columns for columns, is_unique, _ in made[table][3] if is_unique}

    assert ("account_id", "external_id") in unique("message")
    assert ("account_id", "kind", "value") in unique("contact_identity")
    assert ("contact_id",) in unique("conversation")
    assert ("conversation_id", "number") in unique("event")
    assert ("digest",) in unique("webhook_delivery")
    assert ("message_id",) in unique("outbox")
    assert ("client_key",) in unique("message")
    assert ("conversation_id",) in unique("run")
    assert any("never_a_note" in name for name in made["outbox"][4])
    assert any("agent_owns" in name for name in made["conversation"][4])


def test_a_second_run_changes_nothing(empty, empty_database_url):
    migrate(empty_database_url)
    first = shape(empty)
    migrate(empty_database_url)
    assert shape(empty) == first
    with empty.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1
