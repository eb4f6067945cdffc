"""What the list reads from the database, outside of any state."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from jumper_app.conversations import listing
from jumper_app.conversations.accounts import accounts
from jumper_app.conversations.closing import Waiting, waiting
from jumper_app.conversations.listing import Entry, Tab
from jumper_app.db import Work
from jumper_app.models import MessageKind, Owner
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
    """The list afresh, with everything around it. ``kept``: see ``Changes``."""

    choice: Choice
    entries: tuple[Entry, ...]
    kept: Entry | None
    more: bool
    counts: dict[str, int]
    colleagues: tuple[Colleague, ...]
    connected: bool
    closing: Waiting


@dataclass(frozen=True)
class Changes:
    """What became of some conversations: their entries, and those that left the list.

    ``kept``: the open conversation, if it stands elsewhere now. Where it was listed it
    stays in sight until another one is opened.
    """

    choice: Choice
    entries: tuple[Entry, ...]
    kept: Entry | None
    gone: frozenset[int]
    counts: dict[str, int]
    closing: Waiting
    calling: tuple[Entry, ...] = ()
    """Of what changed, whatever the list shows: where somebody waits for this agent."""


def allowed(who: Who, choice: Choice) -> Choice:
    """What this person's list can show: agents have three tabs, admins one list."""
    if who.is_admin:
        return Choice(Tab.ALL, choice.agent)
    return Choice(Tab.ACTIVE if choice.tab is Tab.ALL else choice.tab)


def open_list(
    work: Work,
    who: Who,
    choice: Choice,
    now: datetime,
    limit: int,
    *,
    open_id: int = 0,
    landing: bool = False,
) -> Opened:
    """Read the first ``limit`` rows and everything around them.

    Args:
        open_id: The open conversation's id, 0 for none.
        landing: It was opened from elsewhere than this list, which then shows its tab.
    """
    choice = allowed(who, choice)
    people = tuple(agents.colleagues(work))
    opened = listing.entry(work, who, open_id, now) if open_id else None
    if opened and landing and not who.is_admin:
        choice = Choice(listing.tab_of(opened, who) or choice.tab)
    page = listing.entries(
        work, who, choice.tab, now=now, limit=limit, agent_id=_agent_id(people, choice)
    )
    return Opened(
        choice=choice,
        entries=page.entries,
        kept=opened if opened and opened not in page.entries else None,
        more=page.more,
        counts=listing.counts(work, who),
        colleagues=people if who.is_admin else (),
        connected=bool(page.entries) or bool(accounts(work)),
        closing=waiting(work, who, now),
    )


def read_more(
    work: Work, who: Who, choice: Choice, before: Cursor, now: datetime
) -> listing.EntryPage:
    """Read the page below ``before``."""
    choice = allowed(who, choice)
    agent_id = _agent_id(agents.colleagues(work), choice) if choice.agent else None
    return listing.entries(work, who, choice.tab, now=now, before=before, agent_id=agent_id)


def read_changes(
    work: Work,
    who: Who,
    choice: Choice,
    conversation_ids: Collection[int],
    now: datetime,
    open_id: int = 0,
) -> Changes:
    """Read some conversations again, and count the tabs again. ``open_id``: the open one."""
    choice = allowed(who, choice)
    agent_id = _agent_id(agents.colleagues(work), choice) if choice.agent else None
    found = listing.entries_by_id(work, who, list(conversation_ids), now)
    here = tuple(one for one in found if listing.belongs(one, who, choice.tab, agent_id))
    kept = next((one for one in found if one.id == open_id and one not in here), None)
    gone = frozenset(conversation_ids) - {one.id for one in here}
    counts = listing.counts(work, who)
    calling = tuple(one for one in found if _calls(one, who))
    return Changes(choice, here, kept, gone, counts, waiting(work, who, now), calling)


def _agent_id(people: Collection[Colleague], choice: Choice) -> int | None:
    """The agent of the filter. An unknown one filters everything away."""
    if not choice.agent:
        return None
    return next((one.id for one in people if one.public_id == choice.agent), 0)


def _calls(entry: Entry, who: Who) -> bool:
    """Does somebody wait there for this agent? The customer wrote last, or nobody answers yet."""
    if entry.owner == Owner.REQUESTED:
        return entry.preview_kind in {MessageKind.CUSTOMER, MessageKind.BOT}
    return entry.agent_id == who.id and entry.preview_kind == MessageKind.CUSTOMER
