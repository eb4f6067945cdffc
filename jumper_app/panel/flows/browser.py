"""The part that lives in the browser: ``assets/flows.js``."""

from typing import Any

import reflex as rx

LIBRARY = "$/public/flows.js"

Given = rx.Var[dict[str, Any]]


def _asked(event: Given) -> tuple[rx.Var[str], rx.Var[str]]:
    given: Any = event
    return given["conversation"].to(str), given["key"].to(str)


def _started(event: Given) -> tuple[rx.Var[str], rx.Var[str]]:
    given: Any = event
    return given["conversation"].to(str), given["flow"].to(str)


class FlowDialog(rx.Component):
    """Search and choose. ``offered``: the answer to the last ``on_ask``."""

    library = LIBRARY
    tag = "FlowDialog"
    offered: rx.Var[Any]
    words: rx.Var[dict[str, str]]
    on_ask: rx.EventHandler[_asked]
    on_start: rx.EventHandler[_started]
