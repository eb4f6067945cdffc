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
    EXPIRED = "expired"
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


class FlowTrigger(Table, table=True):
    """One reason for the newest version of a flow to begin."""

    id: int | None = Field(default=None, primary_key=True)
    flow_id: int = Field(foreign_key="flow.id", index=True)
    trigger: Any = Field(sa_type=Json)
    """A ``bots.triggers.Trigger`` as JSON."""


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
        Index("ix_run_status_due_at", "status", "due_at"),
        Index("ix_run_status_resumes_at", "status", "resumes_at"),
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
    begun_by: Any = Field(default=None, sa_type=Json, nullable=True)
    """Why it began: the trigger's sort and phrase, or that an agent or another flow began it."""
    due_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """When a wait, a reminder or a time-out is over; None while nothing is, or it is paused."""
    left_s: float = 0
    """While it is paused: how much of that time was left, in seconds."""
    held: str = Field(default="", max_length=10)
    """Why the bot itself paused, a ``Held``; empty when a person did, or it is not paused."""
    resumes_after_s: int = 0
    """After how much silence of its agent it goes on by itself, in seconds; 0: never."""
    resumes_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """When it does, if it is paused until then; None: a person passes back, or nobody."""
    created_at: datetime = Field(sa_type=UtcTime)
    updated_at: datetime = Field(sa_type=UtcTime)


class Held(StrEnum):
    """Why a bot waits for the customer to write before it says anything more."""

    WINDOW = "window"
    """Its time came when the channel's window for bots was closed."""
    UNSENT = "unsent"
    """What it asked never left, because the window closed first."""


class ContactMark(Table, table=True):
    """What flows and agents write down of a customer: a tag, or a field with its value."""

    __table_args__ = (UniqueConstraint("contact_id", "kind", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id")
    kind: str = Field(max_length=5)
    """``tag`` or ``field``."""
    name: str = Field(max_length=80)
    value: str = Field(default="", max_length=4096)


class SurveyAnswer(Table, table=True):
    """One answer to one question of a survey. Kept as it comes, the survey finished or not."""

    __table_args__ = (UniqueConstraint("run_id", "node", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="run.id")
    flow_version_id: int = Field(foreign_key="flow_version.id", index=True)
    conversation_id: int = Field(foreign_key="conversation.id", index=True)
    node: str = Field(max_length=40)
    key: str = Field(max_length=40)
    value: str = Field(max_length=4096)
    label: str = Field(default="", max_length=80)
    score: float | None = None
    at: datetime = Field(sa_type=UtcTime)


class DiscountPool(Table, table=True):
    """A heap of codes to give away, one for each customer."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=32)
    name: str = Field(unique=True, max_length=80)
    expires_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """From then on nothing more is given."""
    created_at: datetime = Field(sa_type=UtcTime)


class DiscountCode(Table, table=True):
    """One code. The database itself gives no code twice and no customer two."""

    __table_args__ = (
        UniqueConstraint("pool_id", "code"),
        UniqueConstraint("pool_id", "contact_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    pool_id: int = Field(foreign_key="discount_pool.id")
    code: str = Field(max_length=80)
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    given_at: datetime | None = Field(default=None, sa_type=UtcTime)


class ServiceSetting(Table, table=True):
    """What an admin set of the service: office hours, away message. One row for each name."""

    name: str = Field(primary_key=True, max_length=40)
    value: Any = Field(sa_type=Json)
