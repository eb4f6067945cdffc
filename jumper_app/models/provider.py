"""What a provider tells that is no message: how far a customer has read, what else was sent."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from .base import Table, UtcTime


class WatermarkRow(Table, table=True):
    """Everything up to a moment has been delivered to a customer, or read by them.

    Kept by the customer's name at the provider, so that it may come before anything of
    theirs is here. All are kept: the earliest that covers a message says when.
    """

    __table_args__ = (UniqueConstraint("account_id", "kind", "value", "state", "up_to"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="channel_account.id")
    kind: str = Field(max_length=20)
    value: str = Field(max_length=300)
    state: str = Field(max_length=10)
    up_to: datetime = Field(sa_type=UtcTime)


class Echoed(Table, table=True):
    """A message to a customer that came back to us, dated by the provider. Told once.

    Ours, or of another tool that speaks in our name (``outside``), shown or not.
    """

    __table_args__ = (
        UniqueConstraint("account_id", "external_id"),
        Index("ix_echoed_account_id_value_at", "account_id", "value", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="channel_account.id")
    external_id: str = Field(max_length=300)
    kind: str = Field(max_length=20)
    value: str = Field(max_length=300)
    at: datetime = Field(sa_type=UtcTime)
    outside: bool = False


class OptInRow(Table, table=True):
    """A customer lets us write later, or no longer. The latest of a kind and title counts."""

    __table_args__ = (UniqueConstraint("account_id", "external_id"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="channel_account.id")
    contact_id: int = Field(foreign_key="contact.id", index=True)
    external_id: str = Field(max_length=300)
    kind: str = Field(max_length=20)
    state: str = Field(max_length=20)
    title: str = Field(default="", max_length=300)
    payload: str = Field(default="", max_length=300)
    sealed: bytes = Field(default=b"", sa_type=LargeBinary, repr=False)
    """The provider's token for writing later, encrypted; empty when there is none."""
    expires_at: datetime | None = Field(default=None, sa_type=UtcTime)
    at: datetime = Field(sa_type=UtcTime)
