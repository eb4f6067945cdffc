"""The settings pages: where they are, how they are drawn, what they begin with."""

from collections.abc import Callable

import reflex as rx
from reflex.event import EventType

from .account import AccountState
from .account_view import account_page
from .agents_view import agents_page
from .channels.account_view import account_page as channel_page
from .channels.connect_view import connect_page
from .channels.list_view import channels_page
from .door import DoorState
from .privacy.customer_view import customer_page
from .privacy.view import privacy_page
from .shortcuts import ShortcutPageState
from .shortcuts_view import shortcuts_page

PAGES: tuple[tuple[str, Callable[[], rx.Component], tuple[EventType[()], ...]], ...] = (
    ("/settings/channels", channels_page, (DoorState.enter("channels"),)),
    ("/settings/channels/connect/[channel_key]", connect_page, (DoorState.enter("connect"),)),
    ("/settings/channels/[channel_id]", channel_page, (DoorState.enter("channel"),)),
    ("/settings/agents", agents_page, (DoorState.enter("agents"),)),
    ("/settings/privacy", privacy_page, (DoorState.enter("privacy"),)),
    ("/settings/privacy/[customer_id]", customer_page, (DoorState.enter("customer"),)),
    ("/settings/shortcuts", shortcuts_page, (ShortcutPageState.load,)),
    ("/settings/account", account_page, (AccountState.load,)),
)
