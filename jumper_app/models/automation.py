"""Flows, their versions, and the runs that follow them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from .base import Json, Table, UtcTime, new_public_id


class RunStatus(StrEnum):
    """A run lives while it is ``running`` or ``paused``; the others are ends."""

    RUNNING = "running"
    PAUSED = "paused"
    HANDED_OVER = "handed_over"
    COMPLETED = "completed"
    FAILED = "failed"
    REPLACED = "replaced"


class Flow(Table, table=True):
    """A named automation; what it does stands in its versions."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=32)
    name: str = Field(max_length=80)
    created_at: datetime = Field(sa_type=UtcTime)


class FlowVersion(Table, table=True):
    """One published state of a flow. Never changed: runs stay on the one they began with."""

    __table_args__ = (UniqueConstraint("flow_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    flow_id: int = Field(foreign_key="flow.id")
    number: int
    definition: Any = Field(sa_type=Json)
    created_at: datetime = Field(sa_type=UtcTime)


class Run(Table, table=True):
    """One conversation's way through a flow version. At most one is alive."""

    __table_args__ = (
        Index(
            "uq_run_alive",
            "conversation_id",
            unique=True,
            sqlite_where=text("status IN ('running', 'paused')"),
            postgresql_where=text("status IN ('running', 'paused')"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=32)
    conversation_id: int = Field(foreign_key="conversation.id", index=True)
    flow_version_id: int = Field(foreign_key="flow_version.id")
    status: str = Field(default=RunStatus.RUNNING, max_length=12)
    state: Any = Field(sa_type=Json)
    """A ``bots.engine.RunState`` as JSON."""
    asked: str = Field(default="", max_length=200)
    """The open question, shown as "paused at …"."""
    created_at: datetime = Field(sa_type=UtcTime)
    updated_at: datetime = Field(sa_type=UtcTime)
