"""The people who work here, and how they come in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from .base import Table, UtcTime, new_public_id


class Role(StrEnum):
    """What an agent may do: admins everything, agents all but administer."""

    ADMIN = "admin"
    AGENT = "agent"


class LinkPurpose(StrEnum):
    """What a one-time link lets its holder do."""

    FIRST_ADMIN = "first_admin"
    INVITE = "invite"
    RESET = "reset"


class Agent(Table, table=True):
    """Someone who signs in. Without a password hash the invitation is still open."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=32)
    email: str = Field(unique=True, max_length=254)
    """Folded to lower case: the same address twice is the same person."""
    name: str = Field(max_length=80)
    role: str = Field(max_length=10)
    password_hash: str | None = None
    active: bool = True
    demo: bool = False
    created_at: datetime = Field(sa_type=UtcTime)


class SignInSession(Table, table=True):
    """One browser that is signed in. Only the hash of its cookie is kept."""

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    agent_id: int = Field(foreign_key="agent.id", index=True)
    created_at: datetime = Field(sa_type=UtcTime)
    last_seen_at: datetime = Field(sa_type=UtcTime)
    browser: str = Field(default="", max_length=200)


class OneTimeLink(Table, table=True):
    """A way in that works once: first admin, invitation, password reset."""

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    purpose: str = Field(max_length=20)
    email: str = Field(default="", max_length=254)
    role: str = Field(default=Role.AGENT, max_length=10)
    agent_id: int | None = Field(default=None, foreign_key="agent.id")
    invited_by: int | None = Field(default=None, foreign_key="agent.id")
    created_at: datetime = Field(sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Preference(Table, table=True):
    """One setting of one agent, for instance which key sends."""

    __table_args__ = (UniqueConstraint("agent_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="agent.id")
    name: str = Field(max_length=40)
    value: str = Field(max_length=200)
