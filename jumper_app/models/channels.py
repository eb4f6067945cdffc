"""Our accounts at the channels, and what their providers posted."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from .base import Json, Table, UtcTime, new_public_id


class ChannelAccount(Table, table=True):
    """One number or page of the business. Its secrets are encrypted in ``sealed``."""

    __table_args__ = (UniqueConstraint("channel", "external_id"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=32)
    channel: str = Field(max_length=20)
    external_id: str = Field(max_length=64)
    """The provider's id: phone number id, page id."""
    parent_id: str = Field(default="", max_length=64, index=True)
    """The provider's id one level up: the WABA."""
    name: str = Field(max_length=120)
    address: str = Field(default="", max_length=64)
    """What customers see: the phone number."""
    sealed: bytes = Field(sa_type=LargeBinary, repr=False)
    active: bool = True
    demo: bool = False
    alarm: str = Field(default="", max_length=300)
    """What an admin has to see to, in their words; empty when all is well."""
    alarm_stays: bool = False
    """An accepted send proves nothing about it: only a test or new secrets end it."""
    waits_until: datetime | None = Field(default=None, sa_type=UtcTime)
    """Nothing leaves before: the provider asked us to slow down, or see ``stopped_at``."""
    stopped_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """Since when somebody has to act before anything can leave. One message is tried at
    ``waits_until``; None: nothing is the matter."""
    stopped_because: str = Field(default="", max_length=300)
    """Why, in the words that agents read."""
    flow_id: int | None = Field(default=None, foreign_key="flow.id")
    """The flow that answers first; None sends new customers straight to Requested."""
    options: Any = Field(default=None, sa_type=Json, nullable=True)
    """What an admin set of the channel's options, by name. See ``accounts.option``."""
    paused: bool = False
    """Nothing leaves; what comes in is stored."""
    removed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """Its secrets are forgotten, its history stays. ``active`` is False from then on."""
    secret_changed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """When the app secret was replaced; the one before it counts for a while."""
    heard_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """When the provider last posted something for it."""
    report: Any = Field(default=None, sa_type=Json, nullable=True)
    """What the provider said about it when last asked, a ``contract.Report`` as JSON."""
    checked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    created_at: datetime = Field(sa_type=UtcTime)


class WebhookDelivery(Table, table=True):
    """The raw bytes of one accepted delivery. The same bytes again only count up ``repeats``."""

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=20)
    digest: str = Field(unique=True, max_length=64)
    """SHA-256 of the body, hex."""
    body: bytes = Field(sa_type=LargeBinary)
    received_at: datetime = Field(sa_type=UtcTime, index=True)
    repeats: int = 0


class ParkedItem(Table, table=True):
    """An item that was kept but not understood, or that failed to be stored."""

    __table_args__ = (UniqueConstraint("delivery_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    delivery_id: int = Field(foreign_key="webhook_delivery.id")
    position: int
    account: str = Field(default="", max_length=64)
    kind: str = Field(max_length=80, index=True)
    raw: Any = Field(default=None, sa_type=Json, nullable=True)


class AccountNews(Table, table=True):
    """News about one of our accounts: quality, templates, restrictions, calls, preferences."""

    __table_args__ = (
        UniqueConstraint("delivery_id", "position"),
        Index("ix_account_news_account_kind", "account", "kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    delivery_id: int = Field(foreign_key="webhook_delivery.id")
    position: int
    account: str = Field(max_length=64)
    kind: str = Field(max_length=80)
    at: datetime | None = Field(default=None, sa_type=UtcTime)
    raw: Any = Field(default=None, sa_type=Json, nullable=True)
