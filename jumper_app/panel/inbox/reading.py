"""What the list reads from the database, outside of any state."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from jumper_app.conversations import listing
from jumper_app.conversations.accounts import accounts
from jumper_app.conversations.listing import Entry, Tab
from jumper_app.db import Work
from jumper_app.people import agents
from jumper_app.people.agents import Colleague
from jumper_app.people.sessions import Who

Cursor = tuple[datetime, int]
"""Where a page ends: last activity and id of its last entry."""


@dataclass(frozen=True)
class Choice:
    """Which part of all conversations the list shows. ``agent``: a public id, or empty."""

    tab: Tab
    agent: str = ""


@dataclass(frozen=True)
class Opened:
    """The list afresh, with everything around it."""

    choice: Choice
    entries: tuple[Entry, ...]
    more: bool
    counts: dict[str, int]
    colleagues: tuple[Colleague, ...]
    connected: bool


@dataclass(frozen=True)
class Changes:
    """What became of some conversations: their entries, and those that left the list."""

    choice: Choice
    entries: tuple[Entry, ...]
    gone: frozenset[int]
    counts: dict[str, int]


def allowed(who: Who, choice: Choice) -> Choice:
    """What this person's list can show: agents have three tabs, admins one list."""
    if who.is_admin:
        return Choice(Tab.ALL, choice.agent)
    return Choice(Tab.ACTIVE if choice.tab is Tab.ALL else choice.tab)


def open_list(work: Work, who: Who, choice: Choice, now: datetime, limit: int) -> Opened:
    """Read the first ``limit`` rows and everything around them."""
    choice = allowed(who, choice)
    people = tuple(agents.colleagues(work))
    page = listing.entries(
        work, who, choice.tab, now=now, limit=limit, agent_id=_agent_id(people, choice)
    )
    return Opened(
        choice=choice,
        entries=page.entries,
        more=page.more,
        counts=listing.counts(work, who),
        colleagues=people if who.is_admin else (),
        connected=bool(page.entries) or bool(accounts(work)),
    )


def read_more(
    work: Work, who: Who, choice: Choice, before: Cursor, now: datetime
) -> listing.EntryPage:
    """Read the page below ``before``."""
    choice = allowed(who, choice)
    agent_id = _agent_id(agents.colleagues(work), choice) if choice.agent else None
    return listing.entries(work, who, choice.tab, now=now, before=before, agent_id=agent_id)


def read_changes(
    work: Work, who: Who, choice: Choice, conversation_ids: Collection[int], now: datetime
) -> Changes:
    """Read some conversations again, and count the tabs again."""
    choice = allowed(who, choice)
    agent_id = _agent_id(agents.colleagues(work), choice) if choice.agent else None
    found = listing.entries_by_id(work, who, list(conversation_ids), now)
    here = tuple(one for one in found if listing.belongs(one, who, choice.tab, agent_id))
    gone = frozenset(conversation_ids) - {one.id for one in here}
    return Changes(choice, here, gone, listing.counts(work, who))


def _agent_id(people: Collection[Colleague], choice: Choice) -> int | None:
    """The agent of the filter. An unknown one filters everything away."""
    if not choice.agent:
        return None
    return next((one.id for one in people if one.public_id == choice.agent), 0)
