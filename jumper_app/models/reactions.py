"""What agents say of customers' messages with an emoji."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from .base import Table, UtcTime, new_public_id
from .conversations import OutboxState


class Reaction(Table, table=True):
    """One reaction on its way to a customer. Of each message the newest counts."""

    __table_args__ = (Index("ix_reaction_state_due_at", "state", "due_at"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=32)
    """Our reference at the provider: it may come back in receipts."""
    message_id: int = Field(foreign_key="message.id", index=True)
    account_id: int = Field(foreign_key="channel_account.id")
    agent_id: int = Field(foreign_key="agent.id")
    emoji: str = Field(default="", max_length=16)
    """Empty takes back what we said before."""
    state: str = Field(default=OutboxState.QUEUED, max_length=10)
    attempts: int = 0
    due_at: datetime = Field(sa_type=UtcTime)
    """When it may leave; while it is being sent, when its claim is over."""
    failure: str = Field(default="", max_length=300)
    created_at: datetime = Field(sa_type=UtcTime)
