"""The append-only log: what happened, never what was said."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from .base import Json, Table, UtcTime


class Event(Table, table=True):
    """One thing that happened in a conversation, numbered there without gaps.

    ``data`` holds ids and kinds only, so that erasing a customer breaks nothing.
    """

    __table_args__ = (UniqueConstraint("conversation_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id")
    number: int
    kind: str = Field(max_length=40)
    actor: str = Field(default="", max_length=40)
    """``agent:<id>``, ``customer``, ``bot`` or ``system``."""
    at: datetime = Field(sa_type=UtcTime)
    data: Any = Field(default=None, sa_type=Json, nullable=True)


class Mark(Table, table=True):
    """A fact about this installation, for instance that it was seeded as a demo."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=40)
    value: str = Field(default="", max_length=200)
