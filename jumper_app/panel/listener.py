"""One watcher for each open panel: it hears of commits and shows them.

It is started by a page's ``on_load`` only: Reflex then ends it when the tab closes,
reloads or goes elsewhere. It subscribes before it reads, so nothing falls in between.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import reflex as rx

from jumper_app import clock
from jumper_app.conversations import customer, drafts, listing
from jumper_app.conversations.customer import Card
from jumper_app.conversations.drafts import Saved
from jumper_app.db import Work, database
from jumper_app.live import (
    AgentTyping,
    Listener,
    LiveEvent,
    ReadByUs,
    TemplatesWanted,
    VisitorArrived,
    WorkWaiting,
)
from jumper_app.people import agents, sessions
from jumper_app.people.agents import Colleague
from jumper_app.people.sessions import SignedOut, Who

from .access import handler, session_token
from .address import chosen_in, linked_in
from .alerts.state import AlertsState
from .composer.people import PeopleState
from .composer.preferred import PreferredState
from .composer.shortcuts import ShortcutsState
from .composer.state import ComposerState
from .customer.state import CardState
from .inbox import reading as inbox
from .inbox.closing import ClosingState
from .inbox.state import InboxState
from .keeping_up import caught_up, keep_up
from .me import MeState
from .mentions.state import MentionsState
from .news import Batch, Pending
from .own import Own, read_own
from .ownership.state import OwnershipState
from .shared import Shared
from .templates.state import TemplateState
from .thread import reading as thread
from .thread.scroll import Place
from .thread.state import ThreadState, WindowState
from .typing.state import TypingState
from .watchers import Watchers

FOR_OTHERS = (WorkWaiting, TemplatesWanted, AgentTyping, ReadByUs, VisitorArrived)
"""News that changes nothing on an agent's screen."""

shared = Shared()
watchers = Watchers()


@dataclass(frozen=True)
class Asked:
    """What one browser shows, so what is to be read for it.

    ``landing``: the conversation opens now, and not by its row in the list.
    """

    token: str
    conversation: str
    landing: bool
    choice: inbox.Choice
    list_size: int
    reach: thread.Reach


@dataclass(frozen=True)
class Everything:
    """A panel afresh."""

    person: Who
    opened: thread.Opened | None
    listed: inbox.Opened
    colleagues: list[Colleague]
    own: Own


@dataclass(frozen=True)
class Some:
    """What became of some conversations.

    ``afresh``: the open one is another now, or a message of it is gone; read everything.
    """

    person: Who
    places: tuple[Place, ...] = ()
    card: Card | None = None
    changes: inbox.Changes | None = None
    own: Own | None = None
    drafts: dict[str, Saved] | None = None
    afresh: bool = False


class PanelState(rx.State):
    """The watcher of one open panel."""

    @handler(background=True, supersedes=True)
    async def watch(self, who: Who) -> None:
        """Show everything, then whatever changes, until the tab closes or moves on."""
        token, conversation = session_token(self), chosen_in(self.router.url.path)
        with watchers.one_more(who.session_id), database().hub.listening(_concerns) as ear:
            await keep_up(self, partial(self._follow, who.id, ear, token, conversation))

    async def _follow(self, agent_id: int, ear: Listener, token: str, conversation: str) -> None:
        pending = Pending(agent_id, await self._show_all(token, conversation))
        while True:
            await _hear(ear, pending)
            batch = pending.take(_seconds())
            if batch is None:
                continue
            if batch.afresh or await self._show(token, conversation, batch, pending):
                pending.conversation_id = await self._show_all(token, conversation)

    async def _show_all(self, token: str, conversation: str) -> int:
        """Read and show everything; returns the id of the open conversation, or 0."""
        async with self:
            asked = await self._asked(token, conversation)
        while True:
            found = await database().ask(read_everything, asked, clock.now())
            async with self:
                chosen = (await self.get_state(InboxState))._choice()
                if chosen == asked.choice:
                    await self._put_all(found, conversation)
                    await caught_up(self)
                    return found.opened.conversation_id if found.opened else 0
            asked = replace(asked, choice=chosen, landing=False)  # another tab, meanwhile

    async def _asked(self, token: str, conversation: str) -> Asked:
        listed, open_thread = await self.get_state(InboxState), await self.get_state(ThreadState)
        return Asked(
            token=token,
            conversation=conversation,
            landing=not (open_thread._shows(conversation) or listed._lists(conversation)),
            choice=listed._choice(),
            list_size=listed._size(),
            reach=open_thread._reach(conversation, linked_in(self.router.url.query)),
        )

    async def _put_all(self, found: Everything, conversation: str) -> None:
        (await self.get_state(MeState))._show(found.person)
        (await self.get_state(InboxState))._open(found.person, found.listed)
        (await self.get_state(ClosingState))._hear(found.listed.closing)
        await self._put_own(found.own)
        (await self.get_state(TypingState))._stop()
        open_thread = await self.get_state(ThreadState)
        if found.opened is None:
            open_thread._leave("missing" if conversation else "none")
            (await self.get_state(CardState))._close()
            (await self.get_state(OwnershipState))._close()
            (await self.get_state(ComposerState))._close()
            return
        open_thread._open(found.opened, linked_in(self.router.url.query))
        (await self.get_state(ComposerState))._open(found.person, found.opened)
        (await self.get_state(PeopleState))._show(found.person, found.colleagues)
        await self._put_card(found.person, found.opened.card, found.colleagues)

    async def _show(self, token: str, conversation: str, batch: Batch, pending: Pending) -> bool:
        """Read and show what changed. True if everything has to be read afresh."""
        async with self:
            choice = (await self.get_state(InboxState))._choice()
        found = await database().ask(
            read_some, token, conversation, pending.conversation_id, choice, batch, clock.now()
        )
        if found.afresh:
            return True
        async with self:
            if found.places:
                (await self.get_state(ThreadState))._fold(pending.conversation_id, found.places)
            if found.changes:
                (await self.get_state(InboxState))._fold(found.person, found.changes)
                (await self.get_state(ClosingState))._hear(found.changes.closing)
                (await self.get_state(AlertsState))._hear(found.person, found.changes.calling)
            if found.card:
                await self._put_card(found.person, found.card, None)
            if found.own:
                await self._put_own(found.own)
            if batch.templates:
                (await self.get_state(TemplateState))._hear()
            if batch.typing:
                (await self.get_state(TypingState))._hear(batch.typing)
            if found.drafts:
                (await self.get_state(ComposerState))._redraft(conversation, found.drafts)
        return False

    async def _put_own(self, own: Own) -> None:
        (await self.get_state(ShortcutsState))._list(own.shortcuts)
        (await self.get_state(MentionsState))._ring(own.mentions)
        (await self.get_state(PreferredState))._show(own.preferences)

    async def _put_card(self, person: Who, card: Card, colleagues: list[Colleague] | None) -> None:
        (await self.get_state(CardState))._open(person, card)
        (await self.get_state(ThreadState))._show_card(card)
        (await self.get_state(WindowState))._show(card)
        (await self.get_state(OwnershipState))._show(person, card, colleagues)
        (await self.get_state(ComposerState))._show(person, card)
        (await self.get_state(ShortcutsState))._show(person, card)


def read_everything(work: Work, asked: Asked, now: datetime) -> Everything:
    """Read a whole panel for whoever is signed in. Raises SignedOut."""
    person = _signed_in(work, asked.token)
    opened = None
    if asked.conversation:
        opened = thread.open_conversation(work, person, asked.conversation, now, asked.reach)
    return Everything(
        person=person,
        opened=opened,
        listed=inbox.open_list(
            work,
            person,
            asked.choice,
            now,
            asked.list_size,
            open_id=opened.conversation_id if opened else 0,
            landing=asked.landing,
        ),
        colleagues=agents.colleagues(work),
        own=read_own(work, person),
    )


def read_some(
    work: Work,
    token: str,
    conversation: str,
    conversation_id: int,
    choice: inbox.Choice,
    batch: Batch,
    now: datetime,
) -> Some:
    """Read what a batch speaks of, for whoever is signed in still. Raises SignedOut."""
    person = _signed_in(work, token)
    if batch.typing:
        return Some(person)
    if batch.messages:
        key = ("messages", conversation, batch.version, batch.messages)
        places = shared.once(
            key, lambda: thread.read_messages(work, conversation_id, batch.messages)
        )
        return Some(person, places=places, afresh=len(places) < len(batch.messages))
    changes = inbox.read_changes(work, person, choice, batch.listed, now, conversation_id)
    own = read_own(work, person) if batch.own else None
    drafted = drafts.load(work, conversation_id, person.id) if batch.drafts else None
    if not batch.around:
        return Some(person, changes=changes, own=own, drafts=drafted)
    if listing.find(work, conversation) != conversation_id:
        return Some(person, afresh=True)
    key = ("card", conversation, batch.version)
    card = shared.once(key, lambda: customer.card(work, conversation_id, now))
    return Some(person, changes=changes, card=card, own=own, drafts=drafted)


def _signed_in(work: Work, token: str) -> Who:
    person = sessions.who(work, token, clock.machine())
    if person is None:
        raise SignedOut
    return person


def _concerns(event: LiveEvent) -> bool:
    return not isinstance(event, FOR_OTHERS)


async def _hear(ear: Listener, pending: Pending) -> None:
    """Wait until there is news, or until what was heard before is due."""
    try:
        async with asyncio.timeout(pending.wait(_seconds())):
            news = await ear.drain()
    except TimeoutError:
        news = ear.take()
    missed, ear.missed = ear.missed, False
    pending.hear(news, _seconds(), missed=missed)


def _seconds() -> float:
    return asyncio.get_running_loop().time()
