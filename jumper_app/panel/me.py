"""Who sits at this browser, for the rail and the settings; and the page's clock."""

import reflex as rx

from jumper_app import clock
from jumper_app.people.sessions import Who

from .access import handler
from .inbox.rows import iso
from .pieces import initials_of, tone_of


class MeState(rx.State):
    """The signed-in person, as far as the screen shows them."""

    name: str = ""
    email: str = ""
    initials: str = ""
    tone: str = "gray"
    is_admin: bool = False
    clock: str = ""
    """The server's time when its clock may have been moved; the browser then asks for it."""

    @handler()
    async def enter(self, who: Who) -> None:
        """Say who is signed in. Every page begins with it."""
        self._show(who)

    def _show(self, who: Who) -> None:
        self.name, self.email, self.is_admin = who.name, who.email, who.is_admin
        self.initials, self.tone = initials_of(who.name), tone_of(who.public_id)
        self._tell_time()

    def _rename(self, name: str) -> None:
        self.name, self.initials = name, initials_of(name)

    def _tell_time(self) -> None:
        """Send the server's time; also after the demo clock was moved."""
        self.clock = iso(clock.now())
