"""Message shortcuts: words that agents keep ready, and the files that go with them."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from .base import Table, UtcTime, new_public_id

_SHARED = text("agent_id IS NULL AND archived_at IS NULL")
_PERSONAL = text("agent_id IS NOT NULL AND archived_at IS NULL")


class Shortcut(Table, table=True):
    """A text behind a code. ``agent_id`` is whose it is; None: everyone's.

    A code is taken once among everyone's and once among each agent's own; archived ones
    take none.
    """

    __table_args__ = (
        Index(
            "uq_shortcut_shared",
            "code",
            unique=True,
            sqlite_where=_SHARED,
            postgresql_where=_SHARED,
        ),
        Index(
            "uq_shortcut_personal",
            "agent_id",
            "code",
            unique=True,
            sqlite_where=_PERSONAL,
            postgresql_where=_PERSONAL,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=32)
    agent_id: int | None = Field(default=None, foreign_key="agent.id")
    code: str = Field(max_length=32)
    title: str = Field(default="", max_length=80)
    body: str
    revision: int = 1
    """Grows with every change."""
    uses: int = 0
    last_used_at: datetime | None = Field(default=None, sa_type=UtcTime)
    created_by_id: int = Field(foreign_key="agent.id")
    edited_by_id: int = Field(foreign_key="agent.id")
    created_at: datetime = Field(sa_type=UtcTime)
    edited_at: datetime = Field(sa_type=UtcTime)
    archived_at: datetime | None = Field(default=None, sa_type=UtcTime)


class ShortcutVersion(Table, table=True):
    """What a shortcut said from one edit to the next. Never changed."""

    __table_args__ = (UniqueConstraint("shortcut_id", "revision"),)

    id: int | None = Field(default=None, primary_key=True)
    shortcut_id: int = Field(foreign_key="shortcut.id")
    revision: int
    code: str = Field(max_length=32)
    title: str = Field(default="", max_length=80)
    body: str
    edited_by_id: int = Field(foreign_key="agent.id")
    edited_at: datetime = Field(sa_type=UtcTime)


class ShortcutUse(Table, table=True):
    """When an agent last used a shortcut on a channel: it stands higher there next time."""

    __table_args__ = (UniqueConstraint("agent_id", "shortcut_id", "channel"),)

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="agent.id")
    shortcut_id: int = Field(foreign_key="shortcut.id", index=True)
    channel: str = Field(max_length=20)
    used_at: datetime = Field(sa_type=UtcTime)


class ShortcutFile(Table, table=True):
    """A file that goes with a shortcut, or that waits for one to be saved. Never changed.

    The bytes lie where those of attachments do, under ``kept_as``; copies of a shortcut
    share them. A message gets a copy of its own.
    """

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=32)
    shortcut_id: int | None = Field(default=None, foreign_key="shortcut.id", index=True)
    place: int = 0
    """Where it stands among the files of its shortcut."""
    kept_as: str = Field(max_length=32, index=True)
    added_by_id: int = Field(foreign_key="agent.id", index=True)
    mime: str = Field(max_length=100)
    filename: str = Field(max_length=200)
    size: int
    sha256: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UtcTime)
