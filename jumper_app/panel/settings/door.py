"""What a settings page begins with: an admin's is filled, anyone else reads why it is not."""

from typing import Literal

import reflex as rx
from reflex.event import EventType

from jumper_app.panel.access import handler
from jumper_app.people.sessions import Who

from .agents import AgentsState
from .channels.account_state import ChannelState
from .channels.connect_state import ConnectState
from .channels.state import ChannelsState
from .privacy.customer_state import CustomerDataState
from .privacy.state import PrivacyState

Page = Literal["agents", "channel", "channels", "connect", "customer", "privacy"]

FILLED_BY: dict[Page, EventType[()]] = {
    "agents": AgentsState.load,
    "channel": ChannelState.watch,
    "channels": ChannelsState.load,
    "connect": ConnectState.load,
    "customer": CustomerDataState.load,
    "privacy": PrivacyState.load,
}


class DoorState(rx.State):
    """The door to the pages that are for admins."""

    @handler()
    async def enter(self, who: Who, page: Page) -> EventType[()] | None:
        """Fill the page for an admin."""
        return FILLED_BY[page] if who.is_admin else None
