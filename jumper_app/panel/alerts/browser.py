"""The part that lives in the browser: ``assets/alerts.js``."""

from typing import Any

import reflex as rx

LIBRARY = "$/public/alerts.js"


class Alerts(rx.Component):
    """Tells whoever looks elsewhere. ``mentions``: how many are not looked at."""

    library = LIBRARY
    tag = "Alerts"
    latest: rx.Var[Any]
    mentions: rx.Var[int]
    words: rx.Var[dict[str, str]]
