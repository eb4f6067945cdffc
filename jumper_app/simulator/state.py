"""The phones of ``/simulator``: which lie on the table, and what is done with them."""

import asyncio
from typing import Annotated, Literal

import reflex as rx
from pydantic import Field

from jumper_app import clock
from jumper_app.errors import NotFound
from jumper_app.panel import access
from jumper_app.panel.access import Who, handler
from jumper_app.simulator import newcomers, shown
from jumper_app.simulator.handset import Handset
from jumper_app.simulator.here import simulator
from jumper_app.simulator.newcomers import NewCustomer
from jumper_app.simulator.shown import NO_PHONE, ContactRow, ScreenRow
from jumper_app.simulator.simulator import Simulator
from jumper_app.simulator.world import WorldState

OFTEN = "600/minute"
"""As often as quick fingers on two phones."""
PAUSE_S = 0.04
"""News that comes within this time is shown together; the first is shown at once."""
LOOK_AGAIN_S = 20.0
"""The clock may have been moved by somebody who told nobody."""

LONGEST_TEXT = 65_536
"""More than any client lets a person type."""

Slot = Literal[0, 1]
"""The left phone and the right one."""


class Written(access.arguments.Form):
    """What was typed on a phone."""

    text: Annotated[str, Field(max_length=LONGEST_TEXT)]


class SimulatorState(rx.State):
    """What one browser shows of the phones."""

    phase: str = "loading"
    """``loading``, ``open``, or ``missing``: there is no simulator here."""
    contacts: list[ContactRow] = []
    search: str = ""
    left: ScreenRow = NO_PHONE
    right: ScreenRow = NO_PHONE
    active: int = 0
    """The phone that the next chosen customer gets: 0 or 1."""
    adding: bool = False
    add_error: str = ""

    _keys: tuple[str, str] = ("", "")
    _quotes: tuple[str, str] = ("", "")

    @handler()
    async def load(self, who: Who) -> None:
        """Show the page, or that there is none."""
        try:
            found = simulator(self)
        except NotFound:
            self.phase = "missing"
            return
        self.phase, self.adding, self.add_error = "open", False, ""
        await self._show_all(found)

    @handler(background=True, supersedes=True)
    async def watch(self, who: Who) -> None:
        """Show whatever happens to the phones and around them. Started by ``on_load`` only."""
        try:
            found = simulator(self)
        except NotFound:
            return
        while True:
            seen = found.news.version
            async with self:
                await self._show_all(found)
                wait = self._until_something_ends(found)
            await asyncio.sleep(PAUSE_S)
            if await found.news.after(seen, wait) > seen:
                await access.signed_in(self)

    # --- the table

    @handler(rate=OFTEN)
    async def look_for(self, who: Who, text: str) -> None:
        """Show the customers of that name or number."""
        self.search = text
        self._show(simulator(self))

    @handler(rate=OFTEN)
    async def pick(self, who: Who, key: str) -> None:
        """Put a customer's phone where the next one goes, or show where it lies."""
        found = simulator(self)
        found.phone(key)
        if key in self._keys:
            self.active = self._keys.index(key)
        else:
            self._lay(self.active, key)
        self._show(found)

    @handler(rate=OFTEN)
    async def activate(self, who: Who, slot: Slot) -> None:
        """The next chosen customer's phone goes here."""
        self.active = slot

    @handler(rate=OFTEN)
    async def put_away(self, who: Who, slot: Slot) -> None:
        """Take a phone off the table; it stays as it is."""
        self._lay(slot, "")
        self._show(simulator(self))

    @handler()
    async def show_adding(self, who: Who, shown: bool) -> None:
        """Open or close the form for a new customer."""
        self.adding, self.add_error = shown, ""

    @handler(rate="60/minute")
    async def add(self, who: Who, form: NewCustomer) -> None:
        """A new customer, whose phone is put on the table."""
        found = simulator(self)
        self.add_error = newcomers.problem(form, found)
        if not self.add_error:
            self._lay(self.active, newcomers.add(form, found).key)
            self.adding, self.search = False, ""
            self._show(found)

    # --- what a customer does

    @handler(rate=OFTEN)
    async def write(self, who: Who, slot: Slot, form: Written) -> None:
        """Type and send."""
        if form.text.strip():
            self._phone(slot).write(form.text.strip(), self._quotes[slot])
            self._quote(slot, "")

    @handler(rate=OFTEN)
    async def send(self, who: Who, slot: Slot, what: str) -> None:
        """Send something that lies ready."""
        self._phone(slot).send(what)

    @handler(rate=OFTEN)
    async def tap(self, who: Who, slot: Slot, message: str, choice: str) -> None:
        """Tap a button or a list row."""
        self._phone(slot).tap(message, choice)

    @handler(rate=OFTEN)
    async def react(self, who: Who, slot: Slot, message: str, emoji: str) -> None:
        """React to a message; an empty emoji takes the reaction back."""
        self._phone(slot).react(message, emoji)

    @handler(rate=OFTEN)
    async def quote(self, who: Who, slot: Slot, message: str) -> None:
        """Answer a certain message with the next text; empty for none."""
        self._quote(slot, message)
        self._show(simulator(self))

    @handler(rate=OFTEN)
    async def hold(self, who: Who, slot: Slot, how: Literal["offline", "pocket", "open"]) -> None:
        """Lose the network, put the phone into the pocket, or look at the chat."""
        phone = self._phone(slot)
        match how:
            case "offline":
                phone.go_offline()
            case "pocket":
                phone.go_online()
                phone.close()
            case "open":
                phone.open()

    # --- behind it

    def _phone(self, slot: int) -> Handset:
        """The phone that lies there. Raises NotFound."""
        return simulator(self).phone(self._keys[slot])

    def _lay(self, slot: int, key: str) -> None:
        left, right = self._keys
        self._keys = (left, key) if slot else (key, right)
        self._quote(slot, "")

    def _quote(self, slot: int, message: str) -> None:
        left, right = self._quotes
        self._quotes = (left, message) if slot else (message, right)

    async def _show_all(self, found: Simulator) -> None:
        self._show(found)
        (await self.get_state(WorldState))._show(found)

    def _show(self, found: Simulator) -> None:
        """Hand the browser what has changed, and only that."""
        for name, value in (
            ("contacts", shown.contacts(found, self.search)),
            ("left", self._screen(found, 0)),
            ("right", self._screen(found, 1)),
        ):
            if getattr(self, name) != value:
                setattr(self, name, value)

    def _screen(self, found: Simulator, slot: int) -> ScreenRow:
        """What lies there; nothing where the phone has vanished."""
        try:
            return shown.screen(found, found.phone(self._keys[slot]), self._quotes[slot])
        except NotFound:
            return NO_PHONE

    def _until_something_ends(self, found: Simulator) -> float:
        """Seconds until the business is shown as typing no more, at most ``LOOK_AGAIN_S``."""
        now = clock.now()
        ends = (phone.typing_until for phone in found.store.phones() if phone.key in self._keys)
        left = [(end - now).total_seconds() for end in ends if end and end > now]
        return min([LOOK_AGAIN_S, *left])
