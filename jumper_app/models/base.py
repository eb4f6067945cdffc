"""What all tables share: times, public ids, names of constraints."""

import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


Json = JSON(none_as_null=True)
"""JSON on both databases; None is SQL's NULL, not the JSON word."""


NO_ZONE = "a time without a zone cannot be stored"


WITHOUT_OFFSET = len("2026-01-01 00:00:00.000000")


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC time with microseconds, the same on SQLite and Postgres.

    Binding a time without a zone raises ValueError: such a time means nothing.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(NO_ZONE)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def bind_processor(self, dialect: Dialect) -> Callable[..., Any] | None:
        """On SQLite in one step: every commit writes dozens of times."""
        return _to_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _to_text(value: datetime | None) -> str | None:
    """How SQLite keeps a time: as SQLAlchemy itself writes it, so that text sorts like time."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError(NO_ZONE)
    if value.tzinfo is not UTC:
        value = value.astimezone(UTC)
    return value.isoformat(" ", "microseconds")[:WITHOUT_OFFSET]


class Table(SQLModel):
    """A table, named after its class: ``OneTimeLink`` lies in ``one_time_link``."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 # pyright: ignore[reportIncompatibleVariableOverride]
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


def new_public_id() -> str:
    """A random 128-bit id for the world outside, 32 hex digits."""
    return secrets.token_hex(16)
