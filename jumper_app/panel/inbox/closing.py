"""What closes next: counted live, listed live while one looks, and the way to the next one."""

import reflex as rx

from jumper_app import clock
from jumper_app.conversations.closing import Waiting, after, closing, waiting
from jumper_app.db import database
from jumper_app.panel import words
from jumper_app.panel.access import handler, say
from jumper_app.panel.put import put
from jumper_app.people.sessions import Who

from .rows import Row, draw, iso


class ClosingState(rx.State):
    """One browser's list of what closes next."""

    open: bool = False
    rows: rx.Field[list[Row]] = rx.field(default_factory=list)
    """In their order: what closes next stands first."""
    count: int = 0
    closes_at: str = ""
    """When the first of them closes: then there is one less. Empty: none does."""
    turn: int = 0
    """Grows when something changed while the list is open: it is to be read again."""

    @handler()
    async def show(self, who: Who, shown: bool) -> None:
        """Open the list, read afresh, or close it."""
        if shown:
            found = await database().ask(closing, who, clock.now())
            self.rows = [draw(one, who, with_owner=True) for one in found]
        self.open = shown

    @handler(rate="240/minute")
    async def look(self, who: Who) -> None:
        """A window closed, or somebody wrote: count, and list, afresh."""
        now = clock.now()
        self._count(await database().ask(waiting, who, now))
        if self.open:
            found = await database().ask(closing, who, now)
            put(self, rows=[draw(one, who, with_owner=True) for one in found])

    def _hear(self, found: Waiting) -> None:
        """Something changed; ``found`` is how it is now."""
        self._count(found)
        if self.open:
            self.turn += 1

    def _count(self, found: Waiting) -> None:
        put(self, count=found.count, closes_at=iso(found.closes_at))

    @handler(rate="120/minute")
    async def open_next(self, who: Who, conversation: str) -> rx.event.EventSpec:
        """Open what closes next; from one of those, the one after it.

        ``conversation``: the public id of the open one, empty for none.
        """
        found = await database().ask(closing, who, clock.now())
        there = after(found, conversation)
        self.open = False
        return rx.redirect(f"/c/{there}") if there else say(words.NOTHING_CLOSES[0], "info")
