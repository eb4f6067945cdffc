"""The Customer List's state: which tab, which rows, told as patches."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypedDict

import reflex as rx

from jumper_app import clock
from jumper_app.conversations.listing import PAGE, Entry, Tab
from jumper_app.db import database
from jumper_app.panel.access import handler
from jumper_app.people.agents import Colleague
from jumper_app.people.sessions import Who

from . import reading
from .reading import Changes, Choice, Cursor, Opened
from .rows import Row, draw
from .shown import Base, Patch, Shown, kept

MOST_ROWS = 200
"""Rows that are read afresh at once, however many were loaded before."""


class AgentOption(TypedDict):
    """One agent in the filter."""

    id: str
    name: str


class InboxState(rx.State):
    """What one browser shows of the Customer List."""

    loaded: bool = False
    connected: bool = True
    """A channel is connected, or was once."""
    is_admin: bool = False
    tab: str = Tab.ACTIVE
    agent: str = ""
    """The filter: an agent's public id, empty for everyone."""
    agents: rx.Field[list[AgentOption]] = rx.field(default_factory=list)
    counts: rx.Field[dict[str, int]] = rx.field(default_factory=lambda: dict.fromkeys(Tab, 0))
    base: rx.Field[Base] = rx.field(default_factory=lambda: Base(number=0, rows=[]))
    patches: rx.Field[list[Patch]] = rx.field(default_factory=list)
    more: bool = False

    _shown: rx.Field[Shown] = rx.field(default_factory=Shown)
    _last: Cursor | None = None
    _kept: int = 0
    """The open conversation's id, if it is listed though it stands elsewhere by now."""

    @handler()
    async def show_tab(self, who: Who, tab: Tab) -> None:
        """Change to another tab."""
        await self._read(who, Choice(tab), PAGE)

    @handler()
    async def filter_by(self, who: Who, agent: str) -> None:
        """Show one agent's conversations only, or everyone's."""
        await self._read(who, replace(self._choice(), agent=_known(agent)), PAGE)

    @handler(rate="30/minute")
    async def read_again(self, who: Who) -> None:
        """Send the whole list: the browser missed a change."""
        await self._read(who, self._choice(), self._size(), self._kept)

    @handler()
    async def show_more(self, who: Who) -> None:
        """Add the page below."""
        if self._last is None:
            return
        page = await database().ask(reading.read_more, who, self._choice(), self._last, clock.now())
        patch = self._shown.add_older(self._rows(who, page.entries), more=page.more)
        self._reached(page.entries, page.more)
        self._send(patch)

    async def _read(self, who: Who, choice: Choice, size: int, open_id: int = 0) -> None:
        opened = await database().ask(
            reading.open_list, who, choice, clock.now(), size, open_id=open_id
        )
        self._open(who, opened)

    def _choice(self) -> Choice:
        """Which part of the list is shown; what a watcher reads changes for."""
        return Choice(Tab(self.tab), self.agent)

    def _size(self) -> int:
        """How many rows to read when the list is read afresh."""
        return min(MOST_ROWS, max(PAGE, len(self._shown.keys)))

    def _lists(self, conversation: str) -> bool:
        """Is this conversation (a public id) in the list?"""
        return any(listed == conversation for listed, _ in self._shown.keys.values())

    def _open(self, who: Who, opened: Opened) -> None:
        """Show what ``reading.open_list`` has read."""
        self.is_admin = who.is_admin
        self.tab, self.agent = opened.choice.tab, opened.choice.agent
        self.agents = [_option(one) for one in opened.colleagues if one.active]
        self.counts, self.connected = opened.counts, opened.connected
        self._last, self._kept = None, 0
        rows = [*self._rows(who, opened.entries), *self._kept_row(who, opened.kept)]
        self.base = self._shown.start(rows, more=opened.more)
        self._reached(opened.entries, opened.more)
        self.patches, self.loaded = [], True

    def _fold(self, who: Who, changes: Changes) -> None:
        """Show what ``reading.read_changes`` has read, unless the tab was changed meanwhile."""
        if changes.counts != self.counts:
            self.counts = changes.counts
        if changes.choice == self._choice():
            kept = self._kept_row(who, changes.kept)
            rows = [*self._rows(who, changes.entries), *kept]
            self._send(self._shown.change(rows, changes.gone - {each for each, _ in kept}))

    def _kept_row(self, who: Who, kept: Entry | None) -> list[tuple[int, Row]]:
        """The row of the open conversation, where it was listed; it says who answers now."""
        if kept is None or kept.id not in self._shown.keys:
            return []
        self._kept = kept.id
        return [(kept.id, draw(kept, who, with_owner=True))]

    def _rows(self, who: Who, entries: Iterable[Entry]) -> list[tuple[int, Row]]:
        with_owner = self.tab == Tab.ALL
        return [(one.id, draw(one, who, with_owner=with_owner)) for one in entries]

    def _reached(self, entries: tuple[Entry, ...], more: bool) -> None:
        self.more = more
        if entries:
            self._last = (entries[-1].last_activity_at, entries[-1].id)

    def _send(self, patch: Patch | None) -> None:
        if patch is not None:
            self.patches = kept(self.patches, patch)


def _option(agent: Colleague) -> AgentOption:
    return AgentOption(id=agent.public_id, name=agent.name)


EVERYONE = "everyone"
"""The filter's first option; a select cannot hold an empty value."""


def _known(agent: str) -> str:
    return "" if agent == EVERYONE else agent
