"""The list of what closes next, read when it is opened, and the way to the next one."""

import reflex as rx

from jumper_app import clock
from jumper_app.conversations.closing import after, closing
from jumper_app.db import database
from jumper_app.panel import words
from jumper_app.panel.access import handler, say
from jumper_app.people.sessions import Who

from .rows import Row, draw


class ClosingState(rx.State):
    """One browser's list of what closes next."""

    open: bool = False
    rows: rx.Field[list[Row]] = rx.field(default_factory=list)
    """In their order: what closes next stands first."""

    @handler()
    async def show(self, who: Who, shown: bool) -> None:
        """Open the list, read afresh, or close it."""
        if shown:
            found = await database().ask(closing, who, clock.now())
            self.rows = [draw(one, who, with_owner=True) for one in found]
        self.open = shown

    @handler(rate="120/minute")
    async def open_next(self, who: Who, conversation: str) -> rx.event.EventSpec:
        """Open what closes next; from one of those, the one after it.

        ``conversation``: the public id of the open one, empty for none.
        """
        found = await database().ask(closing, who, clock.now())
        there = after(found, conversation)
        self.open = False
        return rx.redirect(f"/c/{there}") if there else say(words.NOTHING_CLOSES[0], "info")
