"""The dialog in which a flow is started: one for the whole panel."""

import reflex as rx

from . import look
from .browser import FlowDialog
from .state import FlowsState
from .words import SAID


def flow_dialog() -> rx.Component:
    """Draws nothing until somebody opens it."""
    return FlowDialog.create(
        offered=FlowsState.offered,
        words=SAID,
        on_ask=FlowsState.ask,
        on_start=FlowsState.start,
        style=look.STYLE,
    )
