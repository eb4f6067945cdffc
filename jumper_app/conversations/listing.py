"""The Customer List: which conversations stand in which tab, newest activity first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, tuple_
from sqlmodel import col, select

from jumper_app.channels.contract import Channel, Permission
from jumper_app.db import Work
from jumper_app.models import (
    Agent,
    ChannelAccount,
    Contact,
    Conversation,
    Draft,
    Owner,
    ReadMark,
)
from jumper_app.people.sessions import Who

from .accounts import as_set
from .log import stored
from .outgoing import closes_at, permission_at

PAGE = 25
"""Rows that the list loads at once."""


@dataclass(frozen=True)
class Named:
    """An agent as the list names one."""

    name: str = ""
    public_id: str = ""


NOBODY = Named()

_Row = tuple[Conversation, Contact, ReadMark | None, bool]


class Tab(StrEnum):
    """How agents sort their work. ``ALL`` is the one list of an admin."""

    BOT = "bot"
    REQUESTED = "requested"
    ACTIVE = "active"
    ALL = "all"


@dataclass(frozen=True)
class Entry:
    """One row of the list as one agent sees it: ``unread`` and ``draft`` are that agent's own."""

    id: int
    public_id: str
    channel: str
    owner: str
    agent_id: int | None
    agent_name: str
    agent_public_id: str
    contact_name: str
    contact_picture: str
    """Public id of the attachment; empty when we have none."""
    preview: str
    preview_kind: str
    preview_content: str
    preview_agent_id: int | None
    preview_agent_name: str
    last_activity_at: datetime
    closes_at: datetime | None
    permission: Permission
    unread: int
    draft: bool
    version: int


@dataclass(frozen=True)
class EntryPage:
    """A stretch of the list. ``more``: there are older ones."""

    entries: tuple[Entry, ...]
    more: bool


def entries(
    work: Work,
    who: Who,
    tab: Tab,
    *,
    now: datetime,
    before: tuple[datetime, int] | None = None,
    limit: int = PAGE,
    agent_id: int | None = None,
) -> EntryPage:
    """A page of a tab.

    Args:
        before: ``last_activity_at`` and ``id`` of the last row that is shown already.
        agent_id: Only this agent's conversations (an admin's filter).
    """
    place = tuple_(col(Conversation.last_activity_at), col(Conversation.id))
    query = _rows(who).where(*_in_tab(who, tab, agent_id))
    if before is not None:
        query = query.where(place < tuple_(*before))
    query = query.order_by(col(Conversation.last_activity_at).desc(), col(Conversation.id).desc())
    rows = work.exec(query.limit(limit + 1)).all()
    return EntryPage(tuple(_entries(work, rows[:limit], now)), more=len(rows) > limit)


def entry(work: Work, who: Who, conversation_id: int, now: datetime) -> Entry | None:
    """One row as this agent sees it; None when it has been merged into another."""
    found = entries_by_id(work, who, [conversation_id], now)
    return found[0] if found else None


def entries_by_id(
    work: Work, who: Who, conversation_ids: Sequence[int], now: datetime
) -> list[Entry]:
    """These rows as this agent sees them, in no particular order."""
    query = _rows(who).where(col(Conversation.id).in_(conversation_ids))
    return _entries(work, work.exec(query).all(), now)


def belongs(entry: Entry, who: Who, tab: Tab, agent_id: int | None = None) -> bool:
    """Does the row stand in this tab of this agent?"""
    if agent_id is not None and entry.agent_id != agent_id:
        return False
    match tab:
        case Tab.ALL:
            return True
        case Tab.ACTIVE:
            return entry.owner == Owner.AGENT and entry.agent_id == who.id
        case Tab.BOT | Tab.REQUESTED:
            return entry.owner == tab.value


def tab_of(entry: Entry, who: Who) -> Tab | None:
    """The tab of this agent in which the row stands; None if it stands in none."""
    tabs = (Tab.BOT, Tab.REQUESTED, Tab.ACTIVE)
    return next((tab for tab in tabs if belongs(entry, who, tab)), None)


def counts(work: Work, who: Who) -> dict[str, int]:
    """How many conversations stand in each tab of this agent."""
    query = (
        select(col(Conversation.owner), col(Conversation.agent_id), func.count())
        .where(*alive())
        .group_by(col(Conversation.owner), col(Conversation.agent_id))
    )
    rows = work.exec(query).all()
    return {
        Tab.BOT: sum(number for owner, _, number in rows if owner == Owner.BOT),
        Tab.REQUESTED: sum(number for owner, _, number in rows if owner == Owner.REQUESTED),
        Tab.ACTIVE: sum(number for _, agent_id, number in rows if agent_id == who.id),
        Tab.ALL: sum(number for _, _, number in rows),
    }


def find(work: Work, public_id: str) -> int | None:
    """The conversation behind a public id; of a merged one, the conversation it went into.

    None for an unknown one, and for one that was erased.
    """
    row = work.exec(select(Conversation).where(col(Conversation.public_id) == public_id)).first()
    while row is not None and row.merged_into_id is not None:
        row = work.get(Conversation, row.merged_into_id)
    return stored(row.id) if row and row.erased_at is None else None


def alive() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Conversations that are there: not gone into another one, and not erased."""
    return col(Conversation.merged_into_id).is_(None), col(Conversation.erased_at).is_(None)


def _rows(who: Who):
    return (
        select(Conversation, Contact, ReadMark, _has_draft(who))
        .join(Contact, col(Contact.id) == col(Conversation.contact_id))
        .outerjoin(
            ReadMark,
            (col(ReadMark.conversation_id) == col(Conversation.id))
            & (col(ReadMark.agent_id) == who.id),
        )
        .where(*alive())
    )


def _has_draft(who: Who) -> ColumnElement[bool]:
    return (
        select(col(Draft.id))
        .where(
            col(Draft.conversation_id) == col(Conversation.id),
            col(Draft.agent_id) == who.id,
            col(Draft.text) != "",
        )
        .exists()
    )


def _in_tab(who: Who, tab: Tab, agent_id: int | None) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if agent_id is not None:
        wanted.append(col(Conversation.agent_id) == agent_id)
    if tab == Tab.ACTIVE:
        wanted.append(col(Conversation.agent_id) == who.id)
    elif tab != Tab.ALL:
        wanted.append(col(Conversation.owner) == tab.value)
    return wanted


def _entries(work: Work, rows: Sequence[_Row], now: datetime) -> list[Entry]:
    agents = _named(work) if rows else {}
    channels = _channels(work) if rows else {}
    return [_entry(row, agents, channels, now) for row in rows]


def _named(work: Work) -> dict[int | None, Named]:
    rows = work.exec(select(col(Agent.id), col(Agent.name), col(Agent.public_id)))
    return {key: Named(name, public_id) for key, name, public_id in rows}


def _channels(work: Work) -> dict[int | None, Channel]:
    """By account: each may use its channel as it is set."""
    return {row.id: as_set(row) for row in work.exec(select(ChannelAccount))}


def name_of(contact: Contact, channel: Channel) -> str:
    """What to call a customer: the best name that we were told, or the channel's word."""
    known = contact.name or contact.username or contact.phone or contact.email
    return known or f"{channel.wording.nobody} {int(contact.public_id[:8], 16) % 10000:04}"


def _agent(agent: Named) -> dict[str, str]:
    return {"agent_name": agent.name, "agent_public_id": agent.public_id}


def _entry(
    row: _Row,
    agents: Mapping[int | None, Named],
    channels: Mapping[int | None, Channel],
    now: datetime,
) -> Entry:
    conversation, contact, mark, draft = row
    agent = agents.get(conversation.agent_id, NOBODY)
    channel = channels[conversation.account_id]
    return Entry(
        id=stored(conversation.id),
        public_id=conversation.public_id,
        channel=conversation.channel,
        owner=conversation.owner,
        agent_id=conversation.agent_id,
        **_agent(agent),
        contact_name=name_of(contact, channel),
        contact_picture=contact.picture,
        preview=conversation.preview,
        preview_kind=conversation.preview_kind,
        preview_content=conversation.preview_content,
        preview_agent_id=conversation.preview_agent_id,
        preview_agent_name=agents.get(conversation.preview_agent_id, NOBODY).name,
        last_activity_at=conversation.last_activity_at,
        closes_at=closes_at(channel, conversation),
        permission=permission_at(channel, conversation, now),
        unread=conversation.heard - (mark.heard if mark else 0),
        draft=draft,
        version=conversation.version,
    )
