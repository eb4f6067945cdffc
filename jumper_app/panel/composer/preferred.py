"""How the agent at this browser likes to work."""

import reflex as rx

from jumper_app.db import database
from jumper_app.panel.access import handler
from jumper_app.panel.put import put
from jumper_app.people.preferences import Preferences, prefer
from jumper_app.people.sessions import Who


class PreferredState(rx.State):
    """The agent's preferences, as far as keys go."""

    send_key: str = "enter"
    single_keys: bool = False
    """Is a sign alone a key? Not before it is known that this agent wants it."""

    @handler(rate="60/minute")
    async def let_single_keys(self, who: Who, on: bool) -> None:
        """Turn keys that are one sign on or off, on every page of this agent."""
        self.single_keys = on
        await database().run(prefer, agent_id=who.id, single_keys="on" if on else "off")

    def _show(self, chosen: Preferences) -> None:
        put(self, send_key=chosen.send_key, single_keys=chosen.single_keys == "on")
