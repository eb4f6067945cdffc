"""The middle column, put together from its parts."""

from typing import Any

import reflex as rx

from .composer.view import composer, outgoing
from .enclosing.state import EnclosingState
from .enclosing.view import enclosing_dialogs
from .ownership.view import band, steps
from .thread.state import ThreadState, WindowState
from .thread.view import nothing_chosen, thread
from .typing.view import typing_line


def conversation(*, chosen: bool) -> rx.Component:
    """The open conversation; where none is chosen, a word about that."""
    if not chosen:
        return nothing_chosen()
    window: Any = WindowState
    writing = rx.fragment(
        composer(window.closes_at, window.bots_until, window.shut, on_attach=EnclosingState.begin),
        enclosing_dialogs(),
    )
    open_thread: Any = ThreadState
    below = rx.fragment(typing_line(open_thread.contact["name"]), band(), writing)
    return thread(steps=steps(), below=below, after=outgoing)
