"""Templates as their provider last told of them, when it is asked next, and who used which."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from .base import Json, Table, UtcTime, new_public_id


class Template(Table, table=True):
    """A message that the provider approves beforehand. A name is not unique; this key is."""

    __table_args__ = (UniqueConstraint("channel", "business", "name", "language"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=32)
    channel: str = Field(max_length=20)
    business: str = Field(max_length=64)
    """The provider's id of whose it is: the WABA, ``ChannelAccount.parent_id``."""
    name: str = Field(max_length=512)
    language: str = Field(max_length=20)
    external_id: str = Field(default="", max_length=64)
    category: str = Field(default="", max_length=40)
    status: str = Field(default="", max_length=40)
    """The provider's own word, known to us or not."""
    quality: str = Field(default="", max_length=20)
    reason: str = Field(default="", max_length=300)
    """Why it was rejected, in the provider's own word."""
    form: Any = Field(sa_type=Json)
    """Its components: a ``contract.TemplateForm`` as JSON."""
    told_at: datetime = Field(sa_type=UtcTime)
    """When the provider last told of it."""
    gone_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """Since when the provider tells of it no more; it may come back."""
    created_at: datetime = Field(sa_type=UtcTime)


class TemplateSync(Table, table=True):
    """When a business's templates were last fetched, and when they are fetched next."""

    __table_args__ = (UniqueConstraint("channel", "business"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=20)
    business: str = Field(max_length=64)
    due_at: datetime = Field(sa_type=UtcTime)
    synced_at: datetime | None = Field(default=None, sa_type=UtcTime)
    failure: str = Field(default="", max_length=300)
    """Why the last attempt failed, for agents; empty when it did not."""


class TemplateUse(Table, table=True):
    """When an agent last sent a template: it stands higher next time."""

    __table_args__ = (UniqueConstraint("agent_id", "template_id"),)

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="agent.id")
    template_id: int = Field(foreign_key="template.id", index=True)
    used_at: datetime = Field(sa_type=UtcTime)
