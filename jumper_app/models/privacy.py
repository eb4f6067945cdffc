"""What is remembered of what was erased: nothing that says anything about anyone."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from .base import Table, UtcTime


class ErasedMessage(Table, table=True):
    """A message that was erased and must not come back when its provider repeats it."""

    __table_args__ = (UniqueConstraint("account_id", "digest"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="channel_account.id")
    digest: str = Field(max_length=64)
    """Of the provider's id, under this installation's secret key, hex."""
    erased_at: datetime = Field(sa_type=UtcTime, index=True)
