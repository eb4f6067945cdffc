"""The conversation pane: header, messages, who speaks, and where one writes."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from jumper_app.panel import pieces, words

from . import look
from .browser import Feed, joined
from .bubbles import message_row
from .finding import find_bar
from .header import header
from .rows import MessageRow
from .state import ThreadState

Rows = rx.Var[list[MessageRow]]
State: Any = ThreadState
"""Its vars, which outside of it are Vars."""


def thread(
    *, steps: rx.Component, below: rx.Component, after: Callable[[Rows, rx.Var[str]], rx.Component]
) -> rx.Component:
    """The open conversation; a spinner until it is read.

    Args:
        steps: What can be done with it, for its header.
        below: What stands under the messages.
        after: Draws what follows the last message, given the rows and the conversation.
    """
    opened = rx.el.div(
        header(steps),
        rx.el.div(find_bar(), style=look.FIND),
        _messages(after),
        below,
        display="flex",
        flex_direction="column",
        flex="1",
        min_height="0",
        min_width="0",
    )
    return rx.match(  # pyright: ignore[reportReturnType]
        ThreadState.phase,
        ("open", opened),
        ("missing", _instead("message-circle-off", *words.NOT_FOUND, whole_page=True)),
        rx.el.div(pieces.spinner("2"), style=CENTRE),
    )


def nothing_chosen() -> rx.Component:
    """Where a conversation would stand, before one is chosen."""
    return _instead("messages-square", *words.NOTHING_CHOSEN)


CENTRE = {"flex": "1", "display": "grid", "place_items": "center"}


def _instead(icon: str, title: str, explanation: str, *, whole_page: bool = False) -> rx.Component:
    said = pieces.empty_state(icon, title, explanation, whole_page=whole_page)
    return rx.el.div(said, style=CENTRE)


def _messages(after: Callable[[Rows, rx.Var[str]], rx.Component]) -> rx.Component:
    rows = joined(State.history, State.recent, State.tail, State.ticks, State.divider)
    return Feed.create(
        _top(),
        rx.foreach(
            rows, lambda msg: message_row(msg=msg, contact=ThreadState.contact, key=msg["id"])
        ),
        after(rows, State.conversation),
        conversation=State.conversation,
        divider=State.divider["id"],
        label=words.THREAD,
        jump_label=words.JUMP_TO_LATEST,
        newer_label=words.LOAD_NEXT,
        newer=State.newer,
        waiting=State.waiting,
        target=State.target,
        on_seen=ThreadState.seen,
        on_newer=ThreadState.load_next,
        on_latest=ThreadState.to_latest,
        on_beginning=ThreadState.to_beginning,
        style=look.STYLE,
    )


def _top() -> rx.Component:
    """*Load Previous Conversations*, or the sign that there is nothing before."""
    return rx.cond(
        ThreadState.more,
        pieces.outline_button(
            rx.cond(ThreadState.loading_older, words.LOADING_PREVIOUS, words.LOAD_PREVIOUS),
            test_id="load-previous",
            class_name="load",
            aria_disabled=ThreadState.loading_older,
            on_click=ThreadState.load_previous,
        ),
        rx.el.div(
            words.BEGINNING,
            rx.cond(ThreadState.contact["unshown"], rx.el.small(ThreadState.contact["unshown"])),
            class_name="beginning",
            custom_attrs={"data-testid": "beginning-of-conversation"},
        ),
    )
