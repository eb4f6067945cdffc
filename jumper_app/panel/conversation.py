"""The middle column, put together from its parts."""

from typing import Any

import reflex as rx

from .composer.view import composer, outgoing
from .ownership.view import band, steps
from .thread.state import WindowState
from .thread.view import nothing_chosen, thread


def conversation(*, chosen: bool) -> rx.Component:
    """The open conversation; where none is chosen, a word about that."""
    if not chosen:
        return nothing_chosen()
    window: Any = WindowState
    writing = composer(window.closes_at, window.bots_until, window.shut)
    return thread(steps=steps(), below=rx.fragment(band(), writing), after=outgoing)
