"""The people on the other side."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from .base import Table, UtcTime, new_public_id


class Contact(Table, table=True):
    """A person on one channel account. ``merged_into_id`` leads to the older twin."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=32)
    account_id: int = Field(foreign_key="channel_account.id", index=True)
    name: str = Field(default="", max_length=200)
    named_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """The provider's time of the message that told name, handle, phone and so on."""
    username: str = Field(default="", max_length=100)
    phone: str = Field(default="", max_length=32)
    """E.164 with ``+``, empty when the provider keeps it back."""
    email: str = Field(default="", max_length=254)
    language: str = Field(default="", max_length=20)
    timezone: str = Field(default="", max_length=64)
    picture: str = Field(default="", max_length=32)
    """Public id of the attachment that holds their picture; empty when we have none."""
    profile_due_at: datetime | None = Field(default=None, sa_type=UtcTime, index=True)
    """When the provider is asked for name and picture next; None where messages bring them."""
    consent_at: datetime | None = Field(default=None, sa_type=UtcTime)
    merged_into_id: int | None = Field(default=None, foreign_key="contact.id")
    created_at: datetime = Field(sa_type=UtcTime)


class ContactIdentity(Table, table=True):
    """One name by which a provider knows a contact. Unique: nobody can be two contacts."""

    __table_args__ = (UniqueConstraint("account_id", "kind", "value"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="channel_account.id")
    contact_id: int = Field(foreign_key="contact.id", index=True)
    kind: str = Field(max_length=20)
    value: str = Field(max_length=300)
    seen_at: datetime = Field(sa_type=UtcTime)
