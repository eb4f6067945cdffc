"""What listens for calls on the panel."""

import reflex as rx

from .browser import Alerts
from .state import AlertsState
from .words import SAID


def alerts(mentions: int | rx.Var[int]) -> rx.Component:
    """Draws nothing. ``mentions``: how many the agent has not looked at."""
    return Alerts.create(latest=AlertsState.latest, mentions=mentions, words=SAID)
