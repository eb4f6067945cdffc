"""What a customer's message reads and moves: read at once for many, written back at once.

The same names as in the tables, without the tables' machinery: a busy hour has a hundred
of these to move in every commit.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlmodel import SQLModel

from jumper_app.db import Work
from jumper_app.models import Contact, Conversation


@dataclass(slots=True)
class Facts:
    """What a message tells of a contact."""

    id: int
    name: str
    named_at: datetime | None
    username: str
    phone: str
    email: str
    language: str
    timezone: str


@dataclass(slots=True)
class Standing:
    """Where a conversation stands. It is locked as long as this is held."""

    id: int
    account_id: int
    owner: str
    last_heard_at: datetime | None
    window_shut_at: datetime | None
    waiting_since: datetime | None
    last_activity_at: datetime
    preview: str
    preview_kind: str
    preview_content: str
    preview_agent_id: int | None
    heard: int
    version: int
    next_event: int


OF_CONTACT = tuple(field.name for field in fields(Facts))
OF_CONVERSATION = tuple(field.name for field in fields(Standing))
ONLY_READ = frozenset({"id", "account_id", "owner"})
"""What a message does not move."""


def columns(table: type[SQLModel], names: Iterable[str]) -> list[Any]:
    """The columns of these names, in their order."""
    return [getattr(table, name) for name in names]


def keep_facts(work: Work, known: Iterable[Facts]) -> None:
    """Write back what is known of these contacts."""
    work.update(Contact, {one.id: _moved(one, OF_CONTACT) for one in known})


def keep_standings(work: Work, moved: Iterable[Standing]) -> None:
    """Write back where these conversations stand."""
    work.update(Conversation, {one.id: _moved(one, OF_CONVERSATION) for one in moved})


def _moved(one: Facts | Standing, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names if name not in ONLY_READ}
