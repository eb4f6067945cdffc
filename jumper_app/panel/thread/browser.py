"""What of a conversation lives in the browser; the other half is ``assets/thread.js``."""

from typing import Any

import reflex as rx
from reflex.vars import VarData
from reflex_base.utils.imports import ImportVar

from .rows import MessageRow

LIBRARY = "$/public/thread.js"


def _seen(event: rx.Var[dict[str, str]]) -> tuple[rx.Var[str]]:
    given: Any = event
    return (given["conversation"].to(str),)


class Feed(rx.Component):
    """Scrolls the messages: stays at the end, or keeps still what the reader looks at.

    Attributes:
        newer: What is shown ends before the conversation does.
        waiting: How many messages came since then.
        target: Where the reader is to be taken: ``kind``, ``id`` and a growing ``turn``.
        on_seen: The newest message of the customer was on a visible screen.
        on_newer: The reader comes near the end of what is shown.
        on_latest: The reader wants to be at the end of the conversation.
        on_beginning: The reader wants to be at its beginning.
    """

    library = LIBRARY
    tag = "Feed"
    conversation: rx.Var[str]
    divider: rx.Var[str]
    label: rx.Var[str]
    jump_label: rx.Var[str]
    newer_label: rx.Var[str]
    newer: rx.Var[bool]
    waiting: rx.Var[int]
    target: rx.Var[dict[str, Any]]
    on_seen: rx.EventHandler[_seen]
    on_newer: rx.EventHandler[rx.event.no_args_event_spec]
    on_latest: rx.EventHandler[rx.event.no_args_event_spec]
    on_beginning: rx.EventHandler[rx.event.no_args_event_spec]


class SpeakerIcon(rx.Component):
    """The small profile icon, a button that tells name, date and time."""

    library = LIBRARY
    tag = "SpeakerIcon"
    author: rx.Var[str]
    at: rx.Var[str]
    zone: rx.Var[str]
    zone_words: rx.Var[str]
    at_end: rx.Var[bool]
    after: rx.Var[dict[str, int]]
    states: rx.Var[dict[str, str]]


class Tick(rx.Component):
    """How far a message of ours has come; pointing at it tells when.

    ``after``: seconds after ``at``, by state. ``states``: their words.
    """

    library = LIBRARY
    tag = "Tick"
    delivery: rx.Var[str]
    at: rx.Var[str]
    after: rx.Var[dict[str, int]]
    states: rx.Var[dict[str, str]]


class Clock(rx.Component):
    """The time of day in the reader's zone."""

    library = LIBRARY
    tag = "Clock"
    at: rx.Var[str]


class Held(rx.Component):
    """A reply that waits to leave: for how long, and its author's way to take it back."""

    library = LIBRARY
    tag = "Held"
    message: rx.Var[str]
    until: rx.Var[str]
    by: rx.Var[str]
    words: rx.Var[dict[str, str]]


class DayLine(rx.Component):
    """The day that begins here: ``Today``, ``Sat 21 Nov``."""

    library = LIBRARY
    tag = "DayLine"
    at: rx.Var[str]
    today: rx.Var[str]
    yesterday: rx.Var[str]


class Picture(rx.Component):
    """A picture that opens large."""

    library = LIBRARY
    tag = "Picture"
    src: rx.Var[str]
    name: rx.Var[str]
    width: rx.Var[int]
    height: rx.Var[int]
    words: rx.Var[dict[str, str]]


class Sound(rx.Component):
    """A sound with a button for its speed."""

    library = LIBRARY
    tag = "Sound"
    src: rx.Var[str]
    label: rx.Var[str]
    speed_label: rx.Var[str]


def joined(
    history: rx.Var[Any],
    recent: rx.Var[Any],
    tail: rx.Var[Any],
    ticks: rx.Var[Any],
    divider: rx.Var[Any],
) -> rx.Var[list[MessageRow]]:
    """One list of rows, joined in the browser, which knows where the reader's days begin."""
    parts = (history, recent, tail, ticks, divider)
    return rx.Var(
        _js_expr=f"joinRows({', '.join(str(part) for part in parts)})",
        _var_type=list[MessageRow],
        _var_data=VarData.merge(
            *(part._get_all_var_data() for part in parts),
            VarData(imports={LIBRARY: [ImportVar(tag="joinRows", install=False)]}),
        ),
    ).to(list[MessageRow])
