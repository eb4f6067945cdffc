"""The open conversation's state: its rows, and what stands around them."""

from collections.abc import Iterable
from datetime import datetime

import reflex as rx

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
from jumper_app.panel.pieces import initials_of, tone_of
from jumper_app.panel.put import put
from jumper_app.people.sessions import Who

from . import reading
from .reading import Opened
from .rows import ContactRow, Divider, MessageRow
from .scroll import Place, Scroll
from .text import clean

WRITABLE = (Permission.FREE, Permission.HUMAN_ONLY)
"""What may be sent by a person's own typing."""

NO_DIVIDER = Divider(id="", words="")
NOBODY = ContactRow(
    name="", initials="", tone="gray", zone="", channel="", channel_name="", address="",
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
    ticks: dict[str, str] = {}
    divider: Divider = NO_DIVIDER
    more: bool = False
    loading_older: bool = False

    _conversation_id: int = 0
    _scroll: Scroll = Scroll()

    @handler(rate="60/minute")
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

    def _open(self, opened: Opened) -> None:
        """Show a conversation, or show it afresh after a gap."""
        anew = opened.card.conversation_public_id != self.conversation
        self.phase, self.conversation = "open", opened.card.conversation_public_id
        self._conversation_id = opened.conversation_id
        if anew:
            self.divider = _divider(opened)
        self._scroll.start(opened.places, more=opened.more)
        self._send()
        self._show_card(opened.card)

    def _leave(self, phase: str) -> None:
        """Show no conversation: none was chosen, or there is none at this address."""
        self.phase, self.conversation, self._conversation_id = phase, "", 0
        self.contact, self.divider = NOBODY, NO_DIVIDER
        self._scroll.start((), more=False)
        self._send()

    def _fold(self, conversation_id: int, places: Iterable[Place]) -> None:
        """Show messages that are new or drawn otherwise now, if their conversation is open."""
        if conversation_id == self._conversation_id:
            for place in places:
                self._scroll.put(place)
            self._send()

    def _size(self) -> int:
        """How many messages are loaded."""
        return len(self._scroll)

    def _show_card(self, card: Card) -> None:
        put(self, contact=_contact(card))

    def _sent(self) -> None:
        """The agent answered: nothing above is new any more."""
        put(self, divider=NO_DIVIDER)

    def _send(self) -> None:
        """Hand the browser the lists that have changed, and only those."""
        scroll = self._scroll
        for name in ("history", "recent", "tail", "ticks"):
            if name in scroll.changed:
                setattr(self, name, getattr(scroll, name))
        scroll.changed.clear()
        put(self, more=scroll.more)


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


def _divider(opened: Opened) -> Divider:
    heard = [one.row["id"] for one in opened.places if one.row["kind"] == "customer"]
    if opened.unread <= 0 or not heard:
        return NO_DIVIDER
    return Divider(
        id=heard[-min(opened.unread, len(heard))], words=words.new_messages(opened.unread)
    )


def _contact(card: Card) -> ContactRow:
    name = clean(card.name)
    return ContactRow(
        name=name,
        initials=initials_of(name),
        tone=tone_of(card.conversation_public_id),
        zone=card.timezone,
        channel=card.channel,
        channel_name=card.channel_name,
        address=clean(phone(card.phone) or card.username),
        unshown=card.unshown,
        quotes=CHANNELS[card.channel].quotes,
        reactions=list(CHANNELS[card.channel].reactions),
    )
