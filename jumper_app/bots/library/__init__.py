"""Flows that are ready to use. Whoever installs them may change every text."""

from .asking import ASK_THEN_HAND_OVER
from .away import AWAY
from .discount import DISCOUNT
from .survey import SURVEY
from .upsell import UPSELL
from .welcome import WELCOME

__all__ = ["READY_FLOWS", "WELCOME"]

READY_FLOWS = (WELCOME, SURVEY, UPSELL, DISCOUNT, AWAY, ASK_THEN_HAND_OVER)
