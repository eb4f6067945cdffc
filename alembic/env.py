"""Runs the migrations. The database's address comes from the caller or the settings."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from jumper_app import models
from jumper_app.db import Database
from jumper_app.models.base import UtcTime
from jumper_app.settings import settings

assert models.Message.__tablename__ in SQLModel.metadata.tables


def render_plainly(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own column types into migrations as the plain types they are stored as."""
    if kind == "type" and isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def migrate(connection: Connection) -> None:
    """Bring the schema to the asked revision inside one transaction."""
    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=on_sqlite,
        transactional_ddl=True,
        compare_type=True,
        render_item=render_plainly,
    )
    with context.begin_transaction():
        if on_sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        context.run_migrations()
        if on_sqlite:
            require_whole_keys(connection)


def require_whole_keys(connection: Connection) -> None:
    """Look for rows that point at nothing.

    SQLite changes a table by making it anew and dropping the old one, which other tables
    point at; so the keys are not watched meanwhile, and looked at once at the end.
    """
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"the migration leaves rows that point at nothing: {broken[:3]}")


def run() -> None:
    url = context.config.get_main_option("sqlalchemy.url") or settings().database_url
    database = Database(url)
    try:
        with database.engine.connect() as connection:
            migrate(connection)
            connection.commit()
    finally:
        database.close()


run()
