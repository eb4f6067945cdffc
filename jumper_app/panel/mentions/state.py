"""The bell on the rail, and the list behind it; beside it, how many customers wait."""

from dataclasses import dataclass
from functools import partial
from typing import TypedDict

import reflex as rx

from jumper_app import clock
from jumper_app.conversations import listing, mentions
from jumper_app.conversations.mentions import Entry
from jumper_app.db import Work, database
from jumper_app.live import AgentChanged, ConversationChanged, Listener, LiveEvent, Mentioned
from jumper_app.panel.access import handler, session_token
from jumper_app.panel.composer.preferred import PreferredState
from jumper_app.panel.inbox.rows import iso
from jumper_app.panel.inbox.state import InboxState
from jumper_app.panel.keeping_up import caught_up, keep_up
from jumper_app.panel.pieces import initials_of, tone_of
from jumper_app.panel.put import put
from jumper_app.panel.thread.text import clean
from jumper_app.panel.watchers import Watchers
from jumper_app.people import sessions
from jumper_app.people.preferences import Preferences, preferences
from jumper_app.people.sessions import SignedOut, Who

EXCERPT = 400
"""Characters of a note that the list shows."""

watchers = Watchers()


class MentionRow(TypedDict):
    """One mention, as the list draws it."""

    id: str
    conversation: str
    customer: str
    initials: str
    tone: str
    by: str
    text: str
    at: str
    seen: bool


@dataclass(frozen=True)
class Beside:
    """What the rail tells on a page that watches nothing else.

    Attributes:
        unseen: How many mentions the agent has not looked at.
        counts: How many conversations each tab of the Customer List has.
        preferences: Which keys the agent wants.
    """

    unseen: int
    entries: list[Entry]
    counts: dict[str, int]
    preferences: Preferences


class MentionsState(rx.State):
    """What waits for the agent because a colleague named them."""

    count: int = 0
    loaded: bool = False
    rows: rx.Field[list[MentionRow]] = rx.field(default_factory=list)
    more: bool = False

    _shown: int = mentions.PAGE

    @handler(background=True, supersedes=True)
    async def watch(self, who: Who) -> None:
        """Keep the rail and the bell's list true, on pages that watch nothing else."""
        token = session_token(self)

        def concerns(event: LiveEvent) -> bool:
            if isinstance(event, ConversationChanged):
                return event.listed
            return isinstance(event, Mentioned | AgentChanged) and event.agent_id == who.id

        with watchers.one_more(who.session_id), database().hub.listening(concerns) as ear:
            await keep_up(self, partial(self._follow, token, ear))

    async def _follow(self, token: str, ear: Listener) -> None:
        while True:
            async with self:
                shown = self._shown
            found = await database().ask(_read, token, shown)
            async with self:
                self._ring(found.unseen)
                self._list(found.entries)
                put(await self.get_state(InboxState), counts=found.counts)
                (await self.get_state(PreferredState))._show(found.preferences)
                await caught_up(self)
            await ear.drain()

    @handler()
    async def show_more(self, who: Who) -> None:
        """Add the page below."""
        self._shown += mentions.PAGE
        self._list(await database().ask(mentions.mentions_of, who, self._shown + 1))

    def _list(self, entries: list[Entry]) -> None:
        rows = [_row(one) for one in entries[: self._shown]]
        put(self, rows=rows, more=len(entries) > self._shown, loaded=True)

    def _ring(self, count: int) -> None:
        put(self, count=count)


def _read(work: Work, token: str, shown: int) -> Beside:
    who = sessions.who(work, token, clock.machine())
    if who is None:
        raise SignedOut
    return Beside(
        unseen=mentions.unseen(work, who.id),
        entries=mentions.mentions_of(work, who, shown + 1),
        counts=listing.counts(work, who),
        preferences=preferences(work, who.id),
    )


def _row(entry: Entry) -> MentionRow:
    customer = clean(entry.customer)
    return MentionRow(
        id=str(entry.id),
        conversation=entry.conversation,
        customer=customer,
        initials=initials_of(customer),
        tone=tone_of(entry.conversation),
        by=clean(entry.by),
        text=clean(entry.text)[:EXCERPT],
        at=iso(entry.at),
        seen=entry.seen,
    )
