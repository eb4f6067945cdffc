"""The settings pages: where they are, how they are drawn, what they begin with."""

from collections.abc import Callable

import reflex as rx
from reflex.event import EventType

from .account import AccountState
from .account_view import account_page
from .agents_view import agents_page
from .channels_view import channels_page
from .door import DoorState

PAGES: tuple[tuple[str, Callable[[], rx.Component], tuple[EventType[()], ...]], ...] = (
    ("/settings/channels", channels_page, (DoorState.enter("channels"),)),
    ("/settings/agents", agents_page, (DoorState.enter("agents"),)),
    ("/settings/account", account_page, (AccountState.load,)),
)
