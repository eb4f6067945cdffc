"""How the agent at this browser likes to write."""

import reflex as rx

from jumper_app.panel.put import put
from jumper_app.people.preferences import Preferences


class PreferredState(rx.State):
    """The agent's preferences, as far as the composer shows them."""

    send_key: str = "enter"

    def _show(self, chosen: Preferences) -> None:
        put(self, send_key=chosen.send_key)
