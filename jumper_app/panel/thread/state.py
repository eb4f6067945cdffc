"""The open conversation's state: its rows, and what stands around them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, TypedDict

import reflex as rx
from pydantic import Field

from jumper_app import clock
from jumper_app.channels import CHANNELS
from jumper_app.channels.contract import Permission
from jumper_app.conversations import replies, seen
from jumper_app.conversations.customer import Card
from jumper_app.db import database
from jumper_app.errors import NotFound
from jumper_app.panel import words
from jumper_app.panel.access import handler
from jumper_app.panel.figures import phone
from jumper_app.panel.pieces import initials_of, picture_at, tone_of
from jumper_app.panel.put import put
from jumper_app.people.sessions import Who

from . import reading
from .reading import Opened, Stretch
from .rows import ContactRow, Divider, MessageRow, Tick
from .scroll import MOST, Place, Scroll
from .text import clean

WRITABLE = (Permission.FREE, Permission.HUMAN_ONLY)
"""What may be sent by a person's own typing."""


class Target(TypedDict):
    """Where the reader is to be taken. ``turn`` grows each time, to the same place too.

    ``kind``: ``message`` or ``hit`` (then ``id`` says which), ``beginning`` or ``latest``.
    """

    kind: str
    id: str
    turn: int


NO_DIVIDER = Divider(id="", words="")
NOBODY = ContactRow(
    name="", initials="", picture="", tone="gray", zone="", channel="", channel_name="", address="",
    unshown="", quotes=False, reactions=[],
)  # fmt: skip


class ThreadState(rx.State):
    """What one browser shows of one conversation."""

    phase: str = "none"
    """``none`` (nothing chosen), ``loading``, ``open`` or ``missing``."""
    conversation: str = ""
    """The open conversation's public id."""
    contact: ContactRow = NOBODY
    history: list[MessageRow] = []
    recent: list[MessageRow] = []
    tail: list[MessageRow] = []
    ticks: dict[str, Tick] = {}
    divider: Divider = NO_DIVIDER
    more: bool = False
    loading_older: bool = False
    newer: bool = False
    """What is shown ends before the conversation does."""
    waiting: int = 0
    """Messages that arrived since then."""
    target: Target = Target(kind="", id="", turn=0)

    _conversation_id: int = 0
    _scroll: Scroll = Scroll()
    _unread: int = 0
    """Customer's messages that were new at the opening, until the line stands above them."""
    _newest: int = 0
    """The id of the last message at the opening; what came later is not above the line."""
    _linked: str = ""
    """The message of the address, once the reader was taken there."""

    @handler(rate="240/minute")
    async def load_previous(self, who: Who):
        """Add the page above. The row under the eye stays where it is."""
        oldest, conversation_id = self._scroll.oldest, self._conversation_id
        if oldest is None or not self._scroll.more:
            return
        self.loading_older = True
        yield
        older = await database().ask(reading.read_before, conversation_id, oldest)
        self._scroll.put_before(older.places, more=older.more)
        self.loading_older = False
        self._send()
        self._divide()

    @handler(rate="240/minute")
    async def load_next(self, who: Who) -> None:
        """Add the page below, where what is shown ends before the conversation does."""
        if between := self._scroll.between:
            page = await database().ask(reading.read_after, self._conversation_id, between[1])
            self._scroll.put_after(page.places, newer=page.newer)
            self._send()

    @handler()
    async def to_latest(self, who: Who) -> None:
        """Take the reader to the end of the conversation."""
        if self._scroll.newer:
            self._start(await database().ask(reading.read_end, self._conversation_id))
            self._divide()
        self._take_to("latest")

    @handler()
    async def to_beginning(self, who: Who) -> None:
        """Take the reader to the first message of the conversation."""
        if self._scroll.more:
            self._start(await database().ask(reading.read_beginning, self._conversation_id))
        self._take_to("beginning")

    @handler()
    async def go_to(self, who: Who, message: Annotated[str, Field(max_length=64)]) -> None:
        """Take the reader to a message, loaded or not. Raises NotFound."""
        await self._load(message)
        self._take_to("message", message)

    @handler(rate="240/minute")
    async def show(self, who: Who, message: Annotated[str, Field(max_length=64)]) -> None:
        """Show a message that was searched for, without taking the focus. Raises NotFound."""
        await self._load(message)
        self._take_to("hit", message)

    async def _load(self, message: str) -> None:
        """See that a message of the open conversation is among the rows. Raises NotFound."""
        if self._scroll.find(message) is None:
            around = await database().ask(reading.read_around, self._conversation_id, message)
            if around is None:
                raise NotFound
            self._start(around)

    @handler()
    async def retry(self, who: Who, message: str) -> None:
        """Send a failed message again."""
        await database().run(
            replies.retry, message_id=self._known(message), agent_id=who.id, now=clock.now()
        )

    @handler()
    async def settle(self, who: Who, message: str, arrived: bool) -> None:
        """Say what became of a message that nobody answered for."""
        await database().run(
            replies.settle_unknown,
            message_id=self._known(message),
            agent_id=who.id,
            arrived=arrived,
            now=clock.now(),
        )

    @handler(rate="240/minute")
    async def seen(self, who: Who, conversation: str) -> None:
        """The newest message was on a visible screen."""
        if conversation == self.conversation and self._conversation_id:
            await database().run(
                seen.mark_seen,
                conversation_id=self._conversation_id,
                agent_id=who.id,
            )

    def _known(self, message: str) -> int:
        """The id of a message of the open conversation. Raises NotFound."""
        place = self._scroll.find(message)
        if place is None:
            raise NotFound
        return place.id

    def _open(self, opened: Opened, linked: str = "") -> None:
        """Show a conversation, or show it afresh after a gap.

        Args:
            linked: The message that the address names.
        """
        anew = opened.card.conversation_public_id != self.conversation
        self.phase, self.conversation = "open", opened.card.conversation_public_id
        self._conversation_id = opened.conversation_id
        if anew:
            self.divider, self._unread = NO_DIVIDER, opened.unread
        self._start(opened.stretch)
        if anew:
            self._newest = self._scroll.end
        self._divide()
        self._linked = linked
        if opened.found:
            self._take_to("message", linked)
        self._show_card(opened.card)

    def _leave(self, phase: str) -> None:
        """Show no conversation: none was chosen, or there is none at this address."""
        self.phase, self.conversation, self._conversation_id = phase, "", 0
        self.contact, self.divider, self._unread, self._linked = NOBODY, NO_DIVIDER, 0, ""
        self._start(reading.NOTHING)

    def _reach(self, conversation: str, linked: str) -> reading.Reach:
        """The stretch to read when a page is opened or there was a gap."""
        here = conversation == self.conversation
        if linked and not (here and linked == self._linked):
            return reading.Reach(message=linked)
        if not here:
            return reading.Reach()
        size = min(MOST, max(reading.PAGE, len(self._scroll)))
        return reading.Reach(size, between=self._scroll.between)

    def _start(self, stretch: Stretch) -> None:
        self._scroll.start(stretch.places, more=stretch.more, newer=stretch.newer, end=stretch.end)
        self._send()

    def _divide(self) -> None:
        """Draw the line above what is new, as soon as its first message is here."""
        if self._scroll.newer or not self._unread:
            return
        heard = self._scroll.heard_until(self._newest)
        if len(heard) < self._unread and self._scroll.more:
            return
        first = heard[-self._unread :][:1]
        self.divider = Divider(id="".join(first), words=words.new_messages(self._unread))
        self._unread = 0

    def _take_to(self, kind: str, message: str = "") -> None:
        self.target = Target(kind=kind, id=message, turn=self.target["turn"] + 1)

    def _fold(self, conversation_id: int, places: Iterable[Place]) -> None:
        """Show messages that are new or drawn otherwise now, if their conversation is open."""
        if conversation_id == self._conversation_id:
            for place in places:
                self._scroll.put(place)
            self._send()

    def _shows(self, conversation: str) -> bool:
        """Does it show messages of this conversation?"""
        return conversation == self.conversation and len(self._scroll) > 0

    def _show_card(self, card: Card) -> None:
        put(self, contact=_contact(card))

    def _sent(self) -> None:
        """The agent answered: nothing above is new any more."""
        self._unread = 0
        put(self, divider=NO_DIVIDER)

    def _send(self) -> None:
        """Hand the browser the lists that have changed, and only those."""
        scroll = self._scroll
        for name in ("history", "recent", "tail", "ticks"):
            if name in scroll.changed:
                setattr(self, name, getattr(scroll, name))
        scroll.changed.clear()
        put(self, more=scroll.more, newer=scroll.newer, waiting=scroll.waiting)


class WindowState(rx.State):
    """Until when one may answer. It moves with every message, and so stands apart from them."""

    closes_at: str = ""
    bots_until: str = ""
    """Until when bots may write, too; empty where they may as long as people."""
    shut: bool = False
    """Closed, whatever ``closes_at`` says."""
    shut_to_bots: bool = False

    def _show(self, card: Card) -> None:
        put(
            self,
            closes_at=_iso(card.closes_at),
            bots_until=_iso(card.bots_until),
            shut=card.permission not in WRITABLE,
            shut_to_bots=card.permission is not Permission.FREE,
        )


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _contact(card: Card) -> ContactRow:
    name = clean(card.name)
    return ContactRow(
        name=name,
        initials=initials_of(name),
        picture=picture_at(card.picture),
        tone=tone_of(card.conversation_public_id),
        zone=card.timezone,
        channel=card.channel,
        channel_name=card.channel_name,
        address=clean(phone(card.phone) or card.username),
        unshown=card.unshown,
        quotes=CHANNELS[card.channel].quotes,
        reactions=list(CHANNELS[card.channel].reactions),
    )
